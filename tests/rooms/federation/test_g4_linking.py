"""An account exists already: nothing is linked without its owner (G4)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from passavant.federation.models import Arrival, ExternalIdentity
from tests.people import PASSWORD, person
from tests.providers.running import Honest, Hostile
from tests.rooms.accounts.samples import facts
from tests.rooms.accounts.visitor import subjects
from tests.rooms.authentication.people_at_the_door import codes_sent
from tests.rooms.federation.traveller import HERS, Traveller, linked, offer, provider, registered

pytestmark = pytest.mark.django_db
LINK, LINK_PAGE, SECURITY = "Rattacher Portailpro.gouv.fr", "/connexion/arrivee/rattachement/", "/espace/securite/"


def signs_in(lea: Traveller, login: str = "lea.durand") -> None:
    lea.fills("Me connecter", {"Identifiant": login, "Mot de passe": PASSWORD})


def presses_anyway(lea: Traveller) -> int:
    """The button that the page does not show."""
    token = lea.page.form("English").values["csrfmiddlewaretoken"]
    return lea.client.post(LINK_PAGE, {"csrfmiddlewaretoken": token}).status_code


@pytest.mark.parametrize("emails", ["verified", "claimed", "unproved"])
def test_g4_the_same_address_is_never_linked_silently(
    honest: Honest, settings: Settings, lea: Traveller, emails: str
) -> None:
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=(honest, {"emails": emails}))
    person(email=HERS)
    lea.crosses()
    if emails == "unproved":
        lea.proves_address()
    assert (lea.url, lea.page.title) == (LINK_PAGE, "Vous avez déjà un compte")
    assert HERS in lea.page.text
    assert not ExternalIdentity.objects.exists()
    assert not Session.objects.exclude(account=None).exists()
    assert (presses_anyway(lea), lea.is_inside()) == (200, False)
    assert not ExternalIdentity.objects.exists()


def test_g4_she_proves_her_account_and_then_decides(believed: Honest, lea: Traveller) -> None:
    account = person(email=HERS)
    lea.crosses().clicks("Me connecter à ce compte")
    signs_in(lea)
    assert (lea.url, lea.page.title) == (LINK_PAGE, "Rattacher Portailpro.gouv.fr à votre compte")
    assert "lea.durand" in lea.page.text
    assert not ExternalIdentity.objects.exists(), "not yet"
    assert lea.sends(LINK).url == SECURITY
    identity = ExternalIdentity.objects.get()
    assert (identity.account, identity.issuer, identity.subject) == (account, believed.issuer, "sub-of-lea")
    account.refresh_from_db()
    assert (account.level, account.born_of, bool(account.password)) == ("password", "", True)
    assert [(f["how"], f["account"]) for f in facts("identity.linked")] == [("added", account.id)]
    assert subjects(HERS) == ["Un moyen de connexion a été ajouté : Portailpro.gouv.fr"]
    lea.sends("Me déconnecter")
    assert lea.crosses().url == "/espace/"
    assert lea.session.account == account


def test_e6_a_session_left_open_is_not_enough_to_add_a_portal(believed: Honest, lea: Traveller) -> None:
    person(email=HERS)
    lea.crosses().clicks("Me connecter à ce compte")
    signs_in(lea)
    Session.objects.update(authenticated_at=timezone.now() - timedelta(minutes=16))
    assert lea.sends(LINK).url.startswith("/connexion/confirmation/")
    assert not ExternalIdentity.objects.exists()
    lea.fills("Confirmer mon identité", {"Mot de passe": PASSWORD})
    assert lea.url == LINK_PAGE
    assert lea.sends(LINK).url == SECURITY
    assert ExternalIdentity.objects.exists()


def test_g4_at_level_sms_she_proves_it_with_the_sms_too(believed: Honest, lea: Traveller) -> None:
    account = person(email=HERS, sms=True)
    lea.crosses().clicks("Me connecter à ce compte")
    signs_in(lea)
    assert lea.url == "/connexion/code/"
    lea.opens(LINK_PAGE)
    assert lea.page.title == "Vous avez déjà un compte", "half a proof is none"
    assert presses_anyway(lea) == 200
    assert not ExternalIdentity.objects.exists()
    lea.opens("/connexion/code/").fills("Valider", {"Code à 6 chiffres": codes_sent()[-1]})
    assert lea.url == LINK_PAGE
    lea.sends(LINK)
    assert ExternalIdentity.objects.get().account == account


def test_g4_who_is_signed_in_links_whatever_the_address(portailpro: Honest, lea: Traveller) -> None:
    person(email=HERS)
    mine = person(identifier="claude.petit", email="claude@example.org")
    lea.opens("/connexion/")
    signs_in(lea, "claude.petit")
    lea.crosses(wanted="/espace/profil/")
    assert lea.url == LINK_PAGE, "no code: she proved an account, hers"
    assert lea.sends(LINK).url == "/espace/profil/"
    identity = ExternalIdentity.objects.get()
    assert (identity.account, identity.email) == (mine, HERS)
    mine.refresh_from_db()
    assert mine.email == "claude@example.org"


def test_g4_the_same_number_at_another_portal_is_another_person(
    believed: Honest, hostile: Hostile, settings: Settings, lea: Traveller
) -> None:
    lea.crosses().confirms().sends("Me déconnecter")
    hostile.set(sub="sub-of-lea")
    both = settings.PASSAVANT.federation | {"liar": provider(hostile.issuer, emails="verified")}
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": both})
    lea.crosses("liar")
    assert lea.url == "/connexion/arrivee/compte/"
    assert not lea.is_inside()
    lea.confirms()
    assert Account.objects.count() == 2
    assert {i.account_id for i in ExternalIdentity.objects.filter(subject="sub-of-lea")} == {
        account.pk for account in Account.objects.all()
    }


def test_g4_an_identity_of_another_account_is_not_taken_over(portailpro: Honest, lea: Traveller) -> None:
    theirs = person()
    linked(theirs, portailpro.issuer)
    person(identifier="claude.petit", email="claude@example.org")
    lea.opens("/connexion/")
    signs_in(lea, "claude.petit")
    lea.crosses()
    assert (lea.status, lea.why, lea.page.title) == (403, "other", "Vous êtes connecté à un autre compte")
    assert ExternalIdentity.objects.get().account == theirs
    assert lea.session.account.identifier == "claude.petit"  # type: ignore[union-attr]


def test_c1_who_is_signed_in_already_by_this_identity_has_confirmed_it(believed: Honest, lea: Traveller) -> None:
    lea.crosses().confirms()
    before = lea.session
    assert lea.crosses(wanted="/espace/profil/").url == "/espace/profil/"
    assert lea.session.pk != before.pk
    assert lea.session.through == before.through
    assert str(lea.session.authenticated_at) > str(before.authenticated_at)
    assert not Session.objects.filter(pk=before.pk).exists()


def test_an_arrival_serves_once(believed: Honest, lea: Traveller) -> None:
    person(email=HERS)
    lea.crosses().clicks("Me connecter à ce compte")
    signs_in(lea)
    kept = lea.client.cookies["arrivee"].value
    form = lea.page.form(LINK)
    lea.sends(LINK)
    lea.client.cookies["arrivee"] = kept
    assert lea.client.post(LINK_PAGE, form.values).status_code == 400
    assert len(facts("identity.linked")) == 1


@pytest.mark.parametrize("page", ["", "adresse/", "compte/", "rattachement/"])
def test_an_arrival_is_of_one_browser_for_an_hour(believed: Honest, lea: Traveller, page: str) -> None:
    path = f"/connexion/arrivee/{page}"
    lea.crosses()
    for thief in (Traveller(), Traveller()):
        assert (thief.opens(path).status, thief.why) == (400, "lost")
    assert lea.opens(path).status == 200
    Arrival.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (lea.opens(path).status, lea.why) == (400, "lost")


def test_steps_are_not_jumped(portailpro: Honest, lea: Traveller) -> None:
    lea.crosses()
    for page in ("compte/", "rattachement/"):
        assert lea.opens(f"/connexion/arrivee/{page}").url == "/connexion/arrivee/adresse/"
    token = lea.page.form("Recevoir un code").values["csrfmiddlewaretoken"]
    answer = {"csrfmiddlewaretoken": token, "last_name": "Durand", "first_name": "Léa", "terms": "on"}
    assert lea.client.post("/connexion/arrivee/compte/", answer).status_code == 302
    assert not Account.objects.exists()


def test_a_portal_may_not_open_accounts(honest: Honest, settings: Settings, lea: Traveller) -> None:
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=(honest, {"emails": "verified", "newcomers": False}))
    lea.crosses()
    if lea.url == "/connexion/arrivee/compte/":
        lea.confirms()
    assert (lea.status, lea.why, lea.page.title) == (403, "closed", "Aucun compte ne correspond encore")
    assert not Account.objects.exists()


def test_terms_are_accepted_or_there_is_no_account(believed: Honest, lea: Traveller) -> None:
    lea.crosses().sends("Créer mon compte")
    assert lea.status == 422
    assert "Acceptez les conditions générales d’utilisation pour créer votre compte." in lea.page.text
    assert not Account.objects.exists()
    lea.confirms(last_name="Durand-Petit", company_number="732 829 320")
    account = Account.objects.get()
    assert (account.last_name, account.company_number) == ("Durand-Petit", "732829320")
    assert account.terms_accepted_at is not None
