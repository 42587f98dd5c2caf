"""There and back, with a provider that does as it should."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.federation.models import Arrival, ExternalIdentity
from tests.providers.running import Honest, Hostile
from tests.rooms.accounts.samples import facts
from tests.rooms.federation.traveller import HERS, Traveller, nothing_is_open, offer, published, refusals, registered

pytestmark = pytest.mark.django_db


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_what_is_asked_of_the_provider(portailpro: Honest, lea: Traveller) -> None:
    asked = query_of(lea.departs())
    assert asked["redirect_uri"] == "http://localhost:8000/connexion/portailpro/retour/"
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid profile email", "S256")
    assert min(len(asked["state"]), len(asked["nonce"]), len(asked["code_challenge"])) >= 43
    (cookie,) = [cookie for name, cookie in lea.client.cookies.items() if name.startswith("trajet-")]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 600)
    assert asked["state"] not in cookie.value
    again = query_of(lea.departs())
    assert {again[name] for name in ("state", "nonce", "code_challenge")}.isdisjoint(asked.values())


def test_a_first_arrival_opens_an_account_without_password(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses(wanted="/espace/profil/")
    assert (lea.url, lea.page.title) == ("/connexion/arrivee/adresse/", "Confirmez votre adresse électronique")
    lea.proves_address()
    assert (lea.url, lea.page.title) == ("/connexion/arrivee/compte/", "Confirmez vos informations")
    assert lea.page.form("Créer mon compte").values["last_name"] == "Durand"
    lea.confirms()
    assert lea.url == "/espace/profil/"
    account = Account.objects.get()
    assert (account.identifier, account.email, account.password) == (HERS, HERS, "")
    assert (account.state, account.level, account.born_of) == ("active", "password", "portailpro")
    assert account.full_name == "Léa Durand"
    identity = ExternalIdentity.objects.get()
    assert (identity.issuer, identity.subject, identity.account) == (portailpro.issuer, "sub-of-lea", account)
    assert [f["how"] for f in facts("identity.linked")] == ["created"]


def test_who_is_known_comes_in_at_once(believed: Honest, lea: Traveller) -> None:
    lea.crosses().confirms()
    lea.sends("Me déconnecter")
    lea.crosses(wanted="/espace/sessions/")
    assert lea.url == "/espace/sessions/"
    assert Account.objects.count() == 1
    assert ExternalIdentity.objects.get().used_at is not None


def test_a_believed_address_is_not_asked_for_a_code(believed: Honest, lea: Traveller) -> None:
    assert lea.crosses().url == "/connexion/arrivee/compte/"


@pytest.mark.parametrize(
    ("told", "page"), [(True, "compte"), (False, "adresse"), ("true", "adresse"), (None, "adresse")]
)
def test_claimed_means_what_the_provider_says_of_each(
    honest: Honest, settings: Settings, lea: Traveller, told: object, page: str
) -> None:
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=(honest, {"emails": "claimed"}))
    honest.set(person={"login": "lea", "claims": {"email_verified": told}})
    assert lea.crosses().url == f"/connexion/arrivee/{page}/"


@pytest.mark.parametrize("emails", ["verified", "claimed", "unproved"])
def test_an_address_that_is_none_is_asked_for(honest: Honest, settings: Settings, lea: Traveller, emails: str) -> None:
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=(honest, {"emails": emails}))
    honest.set(person={"login": "lea", "claims": {"email": "lea@@example"}})
    assert lea.crosses().url == "/connexion/arrivee/adresse/"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"client_auth": "client_secret_basic"}, {"token_endpoint_auth_method": "client_secret_basic"}),
        ({"client_auth": "client_secret_post"}, {"token_endpoint_auth_method": "client_secret_post"}),
        ({"pkce": False}, {}),
        ({"signatures": ("ES256",)}, {"id_token_signed_response_alg": "ES256"}),
        ({}, {"userinfo_signed_response_alg": "RS256"}),
        ({}, {"userinfo_signed_response_alg": "ES256"}),
    ],
)
def test_ways_to_speak(
    honest: Honest, settings: Settings, lea: Traveller, ours: dict[str, object], theirs: dict[str, str]
) -> None:
    honest.set(client=registered("portailpro", **theirs))
    offer(settings, portailpro=(honest, {"emails": "verified", **ours}))
    assert lea.crosses().url == "/connexion/arrivee/compte/"
    assert lea.page.form("Créer mon compte").values["first_name"] == "Léa", "told by userinfo"


def test_without_pkce_no_unknown_parameter_leaves(portailpro: Honest, settings: Settings, lea: Traveller) -> None:
    offer(settings, portailpro=(portailpro, {"pkce": False}))
    assert {name for name in query_of(lea.departs()) if name.startswith("code_")} == set()


def test_an_algorithm_that_the_operator_did_not_choose_is_refused(
    honest: Honest, settings: Settings, lea: Traveller
) -> None:
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=(honest, {"signatures": ("ES256",)}))
    assert lea.crosses().status == 400
    assert refusals() == ["algorithm"]


def test_proconnect_by_its_profile(proconnect: Honest, settings: Settings, lea: Traveller) -> None:
    proconnect.set(client=registered("proconnect", userinfo_signed_response_alg="RS256"))
    scopes = ("openid", "given_name", "usual_name", "email", "siret")
    profile = {"pkce": False, "scopes": scopes, "acr_values": ("eidas1", "eidas1-mfa"), "emails": "verified"}
    offer(settings, proconnect=(proconnect, profile))
    lea.crosses("proconnect", "marc").confirms()
    (arrived,) = facts("federation.arrived")
    assert (arrived["acr"], arrived["amr"]) == ("eidas1-mfa", "pwd otp mfa")
    account = Account.objects.get()
    assert (account.last_name, account.company_number) == ("Petit", "73282932000074")


@pytest.mark.parametrize("how", ["keep", "drop"])
def test_g1_a_key_drawn_anew_just_before_signing(
    believed: Honest, lea: Traveller, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lea.crosses().confirms()
    lea.sends("Me déconnecter")
    monkeypatch.setattr(published, "KEYS_AGAIN_SECONDS", 0.0)  # an unknown key is asked for at most every ten seconds
    back = lea.signs_in_there(lea.departs())
    believed.set(rotate=how)
    assert lea.opens(back).url == "/espace/"
    assert lea.is_inside()


def test_g1_an_unknown_key_does_not_make_us_ask_and_ask(liar: Hostile, lea: Traveller) -> None:
    liar.set(modes=["unknown-kid"])
    for _ in range(3):
        assert lea.crosses("liar").status == 400
    assert liar.hits()["jwks"] == 1


def test_metadata_and_keys_are_asked_once_an_hour(believed: Honest, lea: Traveller) -> None:
    for _ in range(3):
        assert lea.crosses().url == "/connexion/arrivee/compte/"
    assert (believed.hits()["discovery"], believed.hits()["jwks"], believed.hits()["token"]) == (1, 1, 3)


def test_who_gives_up_there_is_told_so(portailpro: Honest, lea: Traveller) -> None:
    lea.opens(lea.refuses_there(lea.departs()))
    assert (lea.status, lea.page.title) == (200, "La connexion n’a pas abouti")
    assert lea.why == "denied"
    assert "/connexion/" in lea.page.links.values()
    assert lea.page.links["Réessayer avec Portailpro.gouv.fr"] == "/connexion/portailpro/"
    assert refusals() == ["access_denied"]
    assert nothing_is_open(lea.client)


def test_any_other_error_is_one_page(portailpro: Honest, lea: Traveller) -> None:
    state = query_of(lea.departs())["state"]
    lea.opens(f"/connexion/portailpro/retour/?{urlencode({'state': state, 'error': '<script>alert(1)</script>'})}")
    assert (lea.status, lea.page.title) == (400, "La connexion n’a pas abouti")
    assert "alert(1)" not in lea.html
    assert refusals() == ["error"]


def lost(lea: Traveller) -> bool:
    return (lea.status, lea.why, nothing_is_open(lea.client)) == (400, "lost", True)


def test_g1_a_return_in_another_browser(believed: Honest, lea: Traveller) -> None:
    back = lea.signs_in_there(lea.departs())
    thief = Traveller("203.0.113.9")
    assert lost(thief.opens(back))
    assert not Arrival.objects.exists()
    assert believed.hits().get("token", 0) == 0, "the code is not even redeemed"
    assert refusals() == ["state"]
    assert lea.opens(back).url == "/connexion/arrivee/compte/", "hers still is"


def test_g1_a_return_serves_once(believed: Honest, lea: Traveller) -> None:
    back = lea.signs_in_there(lea.departs())
    kept = {name: cookie.value for name, cookie in lea.client.cookies.items() if name.startswith("trajet-")}
    lea.opens(back)
    assert lost(lea.opens(back))
    lea.client.cookies.load(kept)
    assert lea.opens(back).status == 400, "a cookie put back does not bring the code back"
    assert refusals() == ["state", "code"]


@pytest.mark.parametrize("minutes", [9, 11])
def test_g1_a_crossing_lasts_ten_minutes(believed: Honest, lea: Traveller, minutes: int) -> None:
    back = lea.signs_in_there(lea.departs())
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        lea.opens(back)
        assert believed.hits().get("token", 0) == (1 if minutes == 9 else 0)


def test_g1_the_answer_of_another_provider_is_mixed_up(
    believed: Honest, hostile: Hostile, settings: Settings, lea: Traveller
) -> None:
    offer(settings, portailpro=(believed, {}), liar=(hostile, {}))
    back = lea.signs_in_there(lea.departs("liar"))
    assert lost(lea.opens(back.replace("/liar/", "/portailpro/")))
    mixed = lea.signs_in_there(lea.departs("portailpro"))
    named = mixed.replace(urlencode({"iss": believed.issuer}), urlencode({"iss": hostile.issuer}))
    assert mixed != named
    assert lea.opens(named).status == 400
    assert refusals() == ["state", "issuer of the answer"]


def test_a_portal_that_nobody_declared_is_nowhere(portailpro: Honest, lea: Traveller) -> None:
    for path in ("/connexion/inconnu/", "/connexion/inconnu/retour/"):
        assert lea.client.get(path).status_code == 404
    assert lea.client.post("/connexion/inconnu/deconnexion/").status_code == 404
