"""The change of the e-mail address, as the space shows it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.limits import EMAIL_CHANGES
from tests.people import PASSWORD, person
from tests.rooms.space.inside import browser, facts, mails, text

pytestmark = pytest.mark.django_db
PAGE, WITHDRAW = "/espace/adresse-electronique/", "/espace/adresse-electronique/annuler/"
NEW = "lea@negoce.example"
SENT = f"Un lien de confirmation est parti à {NEW}. Votre adresse ne changera qu’après ce clic."


def ask(client: Client, email: str = NEW, current: str = PASSWORD) -> Any:
    return client.post(PAGE, {"email": email, "current": current})


def link(account: Account) -> str:
    """Where the mail to the new address leads."""
    (_recipient, filling) = mails("confirm_address")[-1]
    return str(filling["link"]).removeprefix("http://localhost:8000")


def test_the_address_changes_once_the_new_one_is_proved() -> None:
    account = person()
    client = browser(account)
    assert "Votre adresse actuelle est lea.durand@example.org." in text(client.get(PAGE))
    answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert SENT in text(client.get(PAGE))
    account.refresh_from_db()
    assert account.email == "lea.durand@example.org"
    assert [mails(name)[0][0] for name in ("confirm_address", "address_changing")] == [NEW, account.email]
    reader = Client()
    reader.get(link(account), follow=True)
    reader.post("/adresse-electronique/confirmer/")
    account.refresh_from_db()
    assert account.email == NEW
    assert SENT not in text(browser(account).get(PAGE))


def test_one_may_think_better_of_it() -> None:
    account = person()
    client = browser(account)
    ask(client)
    answer = client.post(WITHDRAW)
    assert answer.headers["Location"] == "/espace/adresse-electronique/?fait=adresse"
    page = text(client.get(answer.headers["Location"]))
    assert "Le changement est annulé. Votre adresse électronique reste la même." in page
    assert SENT not in page
    reader = Client()
    reader.get(link(account), follow=True)
    reader.post("/adresse-electronique/confirmer/")
    account.refresh_from_db()
    assert account.email == "lea.durand@example.org"


def test_a_change_that_nobody_confirmed_is_forgotten() -> None:
    client = browser(person())
    ask(client)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert SENT not in text(browser(Account.objects.get()).get(PAGE))


def test_a5_the_page_does_not_tell_whether_somebody_has_the_address() -> None:
    person(identifier="other.person", email=NEW)
    client = browser(person())
    assert ask(client).headers["Location"] == PAGE
    assert SENT in text(client.get(PAGE))
    assert mails("confirm_address") == []


@pytest.mark.parametrize(
    ("email", "current", "told"),
    [
        ("", PASSWORD, "Saisissez votre adresse électronique."),
        ("lea@", PASSWORD, "Saisissez une adresse complète, avec un @ et un nom de domaine."),
        ("LEA.Durand@example.org", PASSWORD, "Saisissez une adresse différente de l’actuelle."),
        (NEW, "", "Saisissez votre mot de passe actuel."),
        (NEW, "Tempête&Sextant9", "Ce mot de passe n’est pas celui de votre compte. Il vous reste 4 essais."),
    ],
)
def test_a_refusal_says_why_and_sends_nothing(email: str, current: str, told: str) -> None:
    answer = ask(browser(person()), email, current)
    assert answer.status_code == 422
    assert text(answer).count(told) == 2
    assert "Sextant9" not in answer.content.decode()
    assert not email or email in answer.content.decode()
    assert mails("confirm_address") == []


def test_an_address_that_changed_lately_says_when_it_may_change_again() -> None:
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        answer = ask(browser(person(email_changed_at=timezone.now())))
    assert answer.status_code == 422
    assert "Vous pourrez en changer de nouveau le 29 novembre 2026." in text(answer)


def test_b13_an_address_is_not_flooded() -> None:
    client = browser(person())
    assert {ask(client).status_code for _ in range(EMAIL_CHANGES.allow)} == {303}
    late = ask(client)
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) >= 1


def test_h1_nobody_else_s_change_is_shown_or_withdrawn() -> None:
    account, other = person(), person()
    ask(browser(account))
    client = browser(other)
    assert SENT not in text(client.get(PAGE))
    client.post(WITHDRAW)
    assert SENT in text(browser(account).get(PAGE))


def test_j6_asking_and_withdrawing_twice_leads_to_the_same_page() -> None:
    client = browser(person())
    assert {ask(client).headers["Location"] for _ in range(2)} == {PAGE}
    assert {client.post(WITHDRAW).status_code for _ in range(2)} == {303}
    assert len(facts("account.email_change_asked")) == 2
