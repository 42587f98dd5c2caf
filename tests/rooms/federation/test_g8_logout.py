"""Signing out there ends what was opened here, and signing out here offers to sign out there (G8)."""

from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pytest_django.fixtures import Settings

from passavant.authentication.models import Session
from tests.people import PASSWORD, person
from tests.providers.lies import LOGOUT_MODES
from tests.providers.running import CLIENT, Honest, Hostile, sign_out_at
from tests.providers.state import SID, SUB
from tests.rooms.accounts.samples import facts
from tests.rooms.federation.traveller import SITE, Traveller, forget_providers, linked, provider, refusals, registered

pytestmark = pytest.mark.django_db
TOLD = "/connexion/liar/deconnexion/"
TAKEN = {"good", "kid-absent", "kid-absent-several-keys"}  # one key is published
LIES = [mode for mode in LOGOUT_MODES if mode not in TAKEN]


@pytest.fixture
def inside(liar: Hostile, lea: Traveller) -> Traveller:
    """Hugo, signed in through the portal; and somebody else, by password."""
    hugo = person(email="hugo@negoce-durand.example")
    linked(hugo, liar.issuer, SUB, "liar").save()
    lea.crosses("liar")
    assert lea.session.through == "liar"
    other = Traveller("198.51.100.4")
    person(identifier="claude.petit", email="claude@example.org")
    other.opens("/connexion/").fills("Me connecter", {"Identifiant": "claude.petit", "Mot de passe": PASSWORD})
    return lea


def tell(token: object) -> int:
    """The provider's own post: without cookie nor CSRF token. The status, of an answer kept by no cache."""
    machine = Traveller("203.0.113.77").client
    answer = machine.post(TOLD, {} if token is None else {"logout_token": token})
    assert answer.headers["Cache-Control"].startswith("no-store")
    assert "Location" not in answer.headers
    return answer.status_code


def still_open() -> list[str]:
    """Who is signed in."""
    return sorted(s.account.identifier for s in Session.objects.exclude(account=None).select_related("account"))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "claims", [{"sid": SID}, {"sub": None, "sid": SID}, {"sub": SUB, "sid": None}, {"sub": SUB, "sid": SID}]
)
def test_g8_a_session_ended_there_is_ended_here(inside: Traveller, liar: Hostile, claims: Any) -> None:
    assert tell(liar.logout_token(**claims)) == 200
    assert not inside.is_inside()
    assert still_open() == ["claude.petit"]
    (ended,) = facts("federation.signed_out")
    assert (ended["provider"], ended["count"], ended["account"] is not None) == ("liar", 1, True)


def test_g8_all_the_sessions_of_a_person_or_the_one_named(inside: Traveller, liar: Hostile) -> None:
    liar.set(id_token={"sid": "another"})
    second = Traveller("198.51.100.9")
    second.crosses("liar")
    assert tell(liar.logout_token(sid="another")) == 200
    assert (inside.is_inside(), second.is_inside()) == (True, False)
    second.crosses("liar")
    assert tell(liar.logout_token(sub=SUB, sid=None)) == 200
    assert (inside.is_inside(), second.is_inside()) == (False, False)
    assert tell(liar.logout_token(sub=SUB, sid=None)) == 200, "told twice, it is as well"
    assert [fact["count"] for fact in facts("federation.signed_out")] == [1, 2]


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "somebody-else", "sid": None},
        {"sub": "somebody-else", "sid": SID},
        {"sub": SUB, "sid": "of-another-session"},
        {"sub": None, "sid": "of-another-session"},
    ],
)
def test_g8_of_nobody_known_here(inside: Traveller, liar: Hostile, claims: Any) -> None:
    assert tell(liar.logout_token(**claims)) == 200
    assert inside.is_inside()
    assert facts("federation.signed_out") == []


@pytest.mark.parametrize("mode", LIES)
def test_g8_a_logout_token_that_lies_ends_nothing(inside: Traveller, liar: Hostile, mode: str) -> None:
    assert tell(liar.logout_token(mode)) == 400
    assert inside.is_inside()
    (why,) = refusals()
    assert why.startswith("logout: ")
    assert not [name for name in liar.hits() if name.startswith("canary")]


@pytest.mark.parametrize("mode", sorted(TAKEN))
def test_g8_a_logout_token_that_only_looks_odd(inside: Traveller, liar: Hostile, mode: str) -> None:
    assert (tell(liar.logout_token(mode)), inside.is_inside()) == (200, False)


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "e30.e30.", "x" * 20_000])
def test_g8_what_is_no_token(inside: Traveller, token: str | None) -> None:
    assert (tell(token), inside.is_inside()) == (400, True)


@pytest.mark.parametrize("claims", [{"sub": "a\x00b", "sid": None}, {"sub": ["x"], "sid": 7}, {"sub": "", "sid": ""}])
def test_g8_names_that_nobody_can_have(inside: Traveller, liar: Hostile, claims: Any) -> None:
    assert (tell(liar.logout_token(**claims)), inside.is_inside()) == (400, True)


def test_g8_an_id_token_is_not_a_logout_token(inside: Traveller, liar: Hostile) -> None:
    """With the event in it even: it has a nonce."""
    assert tell(liar.logout_token(nonce="n")) == 400
    assert tell(liar.logout_token(audience="another-client")) == 400
    assert inside.is_inside()


def test_g8_the_token_of_another_provider(inside: Traveller, liar: Hostile, honest: Honest, settings: Settings) -> None:
    both = settings.PASSAVANT.federation | {"portailpro": provider(honest.issuer)}
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": both})
    machine = Traveller().client
    good = liar.logout_token(sid=SID)
    assert machine.post("/connexion/portailpro/deconnexion/", {"logout_token": good}).status_code == 400
    assert inside.is_inside()


def test_g8_it_is_posted_and_nothing_else(inside: Traveller, liar: Hostile) -> None:
    good = liar.logout_token(sid=SID)
    for method in ("get", "head", "put", "delete", "options"):
        assert getattr(inside.client, method)(TOLD, {"logout_token": good}).status_code == 405
    assert inside.is_inside()


def test_g8_when_its_keys_cannot_be_read_it_is_asked_to_come_again(inside: Traveller, liar: Hostile) -> None:
    good = liar.logout_token(sid=SID)
    forget_providers()
    liar.set(modes=["500:jwks"])
    assert (tell(good), inside.is_inside()) == (503, True)
    liar.set(modes=[])
    assert (tell(good), inside.is_inside()) == (200, False)


@pytest.mark.parametrize("one", [True, False])
def test_g8_signing_out_here_offers_to_sign_out_there(believed: Honest, lea: Traveller, one: bool) -> None:
    """And the provider, told so, tells us: of that session, or of all hers when it names none."""
    told = {"backchannel_logout_uri": "http://127.0.0.1:1/nobody-listens", "backchannel_logout_session_required": one}
    believed.set(client=registered("portailpro", **told))
    lea.crosses().confirms().sends("Me déconnecter")
    assert (lea.url, lea.page.title) == ("/deconnexion/suite/", "Vous êtes déconnecté")
    assert "Vous restez connecté à Portailpro.gouv.fr." in lea.page.text
    there = unescape(lea.page.links["Me déconnecter aussi de Portailpro.gouv.fr"])
    asked = dict(parse_qsl(urlsplit(there).query))
    assert asked["id_token_hint"].count(".") == 2
    assert (asked["client_id"], asked["post_logout_redirect_uri"]) == (CLIENT, f"{SITE}/connexion/")
    elsewhere, marc = Traveller(), Traveller()
    elsewhere.crosses()
    marc.crosses(who="marc").confirms()
    assert elsewhere.is_inside()
    assert sign_out_at(lea.walker, there) == f"{SITE}/connexion/"
    (token,) = believed.logout_tokens()
    machine = Traveller("203.0.113.77").client
    assert machine.post("/connexion/portailpro/deconnexion/", {"logout_token": token}).status_code == 200
    assert elsewhere.is_inside() is one
    assert marc.is_inside()


def test_g8_a_provider_that_is_down_does_not_keep_people_in(believed: Honest, lea: Traveller) -> None:
    lea.crosses().confirms()
    forget_providers()
    believed.set(down=True)
    lea.sends("Me déconnecter")
    assert (lea.status, lea.page.title) == (200, "Vous êtes déconnecté")
    assert not [url for url in lea.page.links.values() if url.startswith(believed.issuer)]
    assert not lea.is_inside()


def test_g8_a_provider_that_is_no_longer_offered_either(believed: Honest, lea: Traveller, settings: Settings) -> None:
    lea.crosses().confirms()
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": {}})
    assert (lea.sends("Me déconnecter").status, lea.url) == (200, "/connexion/")
    assert not lea.is_inside()


def test_g8_who_came_by_password_is_not_told_of_portals(portailpro: Honest, lea: Traveller) -> None:
    person()
    lea.opens("/connexion/").fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    assert lea.sends("Me déconnecter").url == "/connexion/?sortie=1"
    assert lea.opens("/deconnexion/suite/").url == "/connexion/"
