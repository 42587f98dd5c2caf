"""B14: a link opened while signed in to another account acts on neither, until the person chooses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules import links
from passavant.accounts.rules.limits import RESET_TRIES
from passavant.authentication.models import Session
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.onetime.models import Ticket
from tests.people import PASSWORD, person
from tests.rooms.accounts.pages import Page
from tests.rooms.accounts.samples import NEW, WRONG, facts
from tests.rooms.accounts.visitor import Visitor
from tests.rooms.authentication.test_paths import EVIL, NOT_OURS

pytestmark = pytest.mark.django_db
CHOICE = "Changer de compte ?"
LEAVE, STAY = "Me déconnecter et continuer", "Rester connecté"
PAGES = {
    links.ACTIVATION: "/activation/",
    links.RESET: "/reinitialisation/",
    links.NOT_ME: "/ce-n-etait-pas-moi/",
    links.EMAIL_CHANGE: "/adresse-electronique/confirmer/",
    links.EMAIL_UNDO: "/adresse-electronique/annuler/",
}
OPENING = {page: page.replace("confirmer/", "") for page in PAGES.values()}  # where the mail leads
BUTTONS = {
    links.ACTIVATION: "Activer",
    links.RESET: "Réinitialiser",
    links.NOT_ME: "Sécuriser mon compte",
    links.EMAIL_CHANGE: "Confirmer cette adresse",
    links.EMAIL_UNDO: "Annuler ce changement",
}
TYPED = {"identifier": "jean.petit", "password": NEW, "confirmation": NEW}


def link_of(account: Account, purpose: str) -> str:
    """A live link of that kind, as the mail to this account holds it."""
    undo = purpose in {links.NOT_ME, links.EMAIL_UNDO}
    subject = account.email_subject if purpose == links.ACTIVATION else account.subject
    note = {"account": account.subject, "email": account.email_key, "old": account.email, "new": "neuf@negoce.example"}
    life = timedelta(hours=1)
    token = issue_link(purpose, account.undo_subject if undo else subject, lifetime=life, note=note)
    return f"{OPENING[PAGES[purpose]]}{token}/"


@pytest.fixture
def lea() -> Visitor:
    """Signed in to her own account."""
    person()
    visitor = Visitor().opens("/connexion/")
    visitor.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    assert visitor.url == "/espace/"
    return visitor


@pytest.fixture
def jean() -> Account:
    return person(identifier="jean.petit", first_name="Jean", last_name="Petit", email="jean@negoce.example")


def untouched() -> tuple[object, ...]:
    """All that a link could change."""
    accounts = Account.objects.order_by("pk").values_list("pk", "password", "email", "state", "security_epoch")
    return (*accounts, *Ticket.objects.order_by("pk").values_list("pk", "spent_at", "superseded_at"))


@pytest.mark.parametrize("purpose", PAGES)
def test_b14_a_link_of_another_account_asks_first_and_touches_neither(
    purpose: str, lea: Visitor, jean: Account
) -> None:
    lea.opens(link_of(jean, purpose))
    before = untouched()
    assert (lea.status, lea.url, lea.page.title) == (403, PAGES[purpose], CHOICE)
    assert "Vous êtes connecté en tant que Léa Durand. Ce lien concerne un autre compte." in lea.page.text
    assert not {"Jean", "Petit", "jean"} & set(lea.page.text.replace(".", " ").replace("@", " ").split())
    answers = {**lea.page.form(LEAVE).values, **TYPED}
    posted = lea.client.post(PAGES[purpose], answers)
    assert (posted.status_code, Page(posted.content.decode()).title) == (403, CHOICE)
    assert untouched() == before
    assert Session.objects.get().account == Account.objects.get(identifier="lea.durand")


@pytest.mark.parametrize("purpose", PAGES)
def test_b14_signing_out_comes_back_to_the_link(purpose: str, lea: Visitor, jean: Account) -> None:
    lea.opens(link_of(jean, purpose)).sends(LEAVE)
    assert (lea.status, lea.url) == (200, PAGES[purpose])
    assert lea.page.form(BUTTONS[purpose]).action == PAGES[purpose]
    assert not Session.objects.filter(account__isnull=False).exists()
    assert len(facts("session.ended")) == 1


def test_b14_then_the_link_does_what_it_is_for(lea: Visitor, jean: Account) -> None:
    lea.opens(link_of(jean, links.RESET)).sends(LEAVE).sends("Réinitialiser", **TYPED)
    assert lea.url == "/reinitialisation/reussie/"
    assert [fact["account"] for fact in facts("account.password_reset")] == [jean.pk]


def test_b14_staying_leads_to_the_space_and_the_link_waits(lea: Visitor, jean: Account) -> None:
    lea.opens(link_of(jean, links.RESET)).clicks(STAY)
    assert (lea.status, lea.url) == (200, "/espace/")
    assert lea.opens("/reinitialisation/").page.title == CHOICE


@pytest.mark.parametrize("purpose", PAGES)
def test_b14_one_s_own_link_works_as_if_signed_out(purpose: str, lea: Visitor) -> None:
    lea.opens(link_of(Account.objects.get(), purpose))
    assert (lea.status, lea.url) == (200, PAGES[purpose])
    assert BUTTONS[purpose] in lea.page.text


def test_b14_a_registration_of_one_s_own_address_may_be_activated(lea: Visitor) -> None:
    mine = Account.objects.get()
    waiting = person(pending=True, identifier="lea.bis", email=mine.email)
    assert lea.opens(link_of(waiting, links.ACTIVATION)).status == 200


@pytest.mark.parametrize("at", ["expires_at", "spent_at"])
def test_a_link_that_is_over_says_so_whoever_opens_it(at: str, lea: Visitor, jean: Account) -> None:
    link, ago = link_of(jean, links.RESET), timezone.now() - timedelta(hours=1)
    Ticket.objects.update(created_at=ago - timedelta(hours=24), **{at: ago})
    assert lea.opens(link).status == 410


def test_b14_tries_are_not_counted_against_the_link(lea: Visitor, jean: Account) -> None:
    link = link_of(jean, links.RESET)
    lea.opens(link)
    token = lea.page.form(LEAVE).values["csrfmiddlewaretoken"]
    for _ in range(RESET_TRIES.allow + 1):
        lea.client.post("/reinitialisation/", {"csrfmiddlewaretoken": token, **TYPED, "identifier": WRONG})
    assert lea.opens(link).sends(LEAVE).sends("Réinitialiser", **TYPED).url == "/reinitialisation/reussie/"


@pytest.mark.parametrize("text", [*EVIL, *NOT_OURS])
def test_i15_signing_out_leads_nowhere_else(text: str, lea: Visitor) -> None:
    answers = lea.page.form("Me déconnecter").values | {"next": text}
    assert lea.client.post("/deconnexion/", answers)["Location"] == "/connexion/?sortie=1"
