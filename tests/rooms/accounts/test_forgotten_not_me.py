"""« Ce n’était pas moi »: ten days to take the account back, and the letters of this story."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import transaction
from django.utils import timezone

from passavant.accounts import mails as letters
from passavant.accounts.actions import ask_reset, confirm_email_change, disown_reset, reset_password
from passavant.accounts.actions.outcomes import Asked, Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.links import EMAIL_CHANGE, EMAIL_CHANGE_LIFETIME, NOT_ME
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.actions import post
from tests.people import person
from tests.rooms.accounts.samples import HERE, NEW, WRONG, facts
from tests.rooms.accounts.visitor import Visitor, html_of, link_in, mails, subjects, text_of

pytestmark = pytest.mark.django_db
HERS = "lea@negoce.example"
TOKEN = "psv_lnk_" + "A" * 43
LETTERS = {
    "reset": lambda a: letters.reset(a, TOKEN, HERE),
    "reset_not_me": lambda a: letters.reset(a, TOKEN, HERE, because="not_me"),
    "activation_instead": lambda a: letters.activation_instead(a, TOKEN, HERE),
    "reset_suspended": lambda a: letters.reset_suspended(a, HERE),
}


def token_in(mail: EmailMessage) -> str:
    return link_in(mail).rstrip("/").rpartition("/")[2]


@pytest.fixture
def notice() -> EmailMessage:
    """What she reads after somebody reset her password."""
    person(email=HERS, sms=True)
    return after_a_reset()


def after_a_reset() -> EmailMessage:
    ask_reset(HERS, origin=HERE)
    assert isinstance(reset_password(token_in(mails()[-1]), HERS, WRONG, origin=HERE), Done)
    return mails()[-1]


def test_b2_opening_the_link_changes_nothing(notice: EmailMessage) -> None:
    before = Account.objects.get().password
    lea = Visitor().opens(link_in(notice))
    assert (lea.url, lea.page.title) == ("/ce-n-etait-pas-moi/", "Ce n’était pas vous ?")
    assert Account.objects.get().password == before


def test_the_password_dies_every_session_ends_and_another_link_leaves(notice: EmailMessage) -> None:
    epoch = Account.objects.get().security_epoch
    lea = Visitor().opens(link_in(notice)).sends("Sécuriser mon compte")
    assert (lea.url, lea.page.title) == ("/ce-n-etait-pas-moi/fait/", "Votre compte est sécurisé")
    account = Account.objects.get()
    assert (account.password, account.security_epoch, account.level) == ("", epoch + 1, "sms")
    lea.opens("/connexion/").fills("Me connecter", {"Identifiant": HERS, "Mot de passe": WRONG})
    assert lea.status == 422
    assert subjects()[-1] == "Réinitialisation mot de passe"
    assert "Vous avez signalé" in text_of(mails()[-1])
    lea.opens(link_in(mails()[-1]))
    lea.fills("Réinitialiser", {"Identifiant": HERS, "Mot de passe": NEW, "Confirmer le mot de passe": NEW})
    assert lea.url == "/reinitialisation/reussie/"
    assert len(facts("account.password_disowned")) == 1


def test_it_kills_the_links_that_the_other_one_asked_for(notice: EmailMessage) -> None:
    ask_reset(HERS, origin=HERE)
    theirs, account = token_in(mails()[-1]), Account.objects.get()
    elsewhere = issue_link(EMAIL_CHANGE, account.subject, lifetime=EMAIL_CHANGE_LIFETIME)
    assert disown_reset(token_in(notice), origin=HERE) == Asked()
    refused = reset_password(theirs, HERS, WRONG, origin=HERE)
    assert isinstance(refused, Refused)
    assert refused.why == "superseded"
    assert confirm_email_change(elsewhere, origin=HERE) == Refused("unknown")


def test_it_serves_once_for_ten_days(notice: EmailMessage) -> None:
    ticket = Ticket.objects.get(purpose=NOT_ME)
    assert ticket.expires_at - ticket.created_at == timedelta(days=10)
    assert Visitor().opens(link_in(notice)).sends("Sécuriser mon compte").status == 200
    again = Visitor().opens(link_in(notice))
    assert (again.status, again.page.title) == (410, "Ce lien a déjà servi")
    assert again.page.links["Réinitialiser mon mot de passe"] == "/mot-de-passe-oublie/"


def test_it_is_over_after_ten_days(notice: EmailMessage) -> None:
    long_ago = timezone.now() - timedelta(days=11)
    Ticket.objects.filter(purpose=NOT_ME).update(created_at=long_ago, expires_at=long_ago + timedelta(days=10))
    assert Visitor().opens(link_in(notice)).page.title == "Ce lien a expiré"


@pytest.mark.parametrize(
    "changed", [{"state": "suspended"}, {"email": "neuf@negoce.example", "email_key": "neuf@negoce.example"}]
)
def test_it_is_for_the_address_that_was_told_only(notice: EmailMessage, changed: dict[str, str]) -> None:
    Account.objects.update(**changed)
    lea = Visitor().opens(link_in(notice)).sends("Sécuriser mon compte")
    assert (lea.status, lea.page.title) == (410, "Ce lien ne fonctionne pas")
    assert Account.objects.get().password != ""
    assert facts("account.reset_refused")[-1]["link"] == "not_me"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_whole_light_and_loads_nothing(name: str, language: str) -> None:
    account = person(email=HERS, language=language, suspended=name == "reset_suspended")
    with transaction.atomic():
        post(LETTERS[name](account))
    mail = mails()[-1]
    text, html = text_of(mail), html_of(mail)
    assert mail["Content-Language"] == language
    assert 2_000 < len(mail.as_bytes()) < 7_500
    for body in (text, html):
        assert {"fr": "L’équipe Passavant", "en": "The Passavant team"}[language] in body
        assert {"fr": "Bonjour Léa Durand,", "en": "Hello Léa Durand,"}[language] in body
        assert "{{" not in body
        assert "None" not in body
    assert [mark for mark in ("<img", "<script", "src=", "url(", "@import") if mark in html] == []
    assert ("psv_lnk_" in text) == ("psv_lnk_" in html) == (name != "reset_suspended")
