"""The end of an account, from the space."""

from typing import Any

import pytest
from django.test import Client

from passavant.accounts.rules.limits import CURRENT_PASSWORD
from passavant.authentication.models.sessions import Session
from tests.people import PASSWORD, person
from tests.rooms.space.inside import browser, facts, is_inside, mails, text

pytestmark = pytest.mark.django_db
PAGE, FAREWELL = "/espace/fermer/", "/espace/compte-ferme/"


def close(client: Client, current: str = PASSWORD) -> Any:
    return client.post(PAGE, {"current": current})


def test_the_page_says_what_closing_means() -> None:
    page = text(browser(person()).get(PAGE))
    for said in (
        "immédiate et définitive",
        "effacés tout de suite",
        "Votre identifiant n’est donné à personne",
        "copie",
    ):
        assert said in page


def test_closing_erases_signs_out_and_says_goodbye_to_nobody_in_particular() -> None:
    account = person(phone="+33235123456")
    client, elsewhere = browser(account), browser(account)
    answer = close(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, FAREWELL)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert (is_inside(client), is_inside(elsewhere)) == (False, False)
    account.refresh_from_db()
    assert (account.state, account.last_name, account.email, account.phone, account.password) == ("closed", *[""] * 4)
    assert facts("account.closed") == [{"account": account.pk, "by": "person"}]
    assert [recipient for recipient, _filling in mails("account_closed")] == ["lea.durand@example.org"]
    assert Session.objects.of(account).count() == 1, "of the other browser, dead by its epoch"
    assert len(facts("session.ended")) == 1
    goodbye = client.get(FAREWELL)
    assert "Votre compte est fermé" in text(goodbye)
    assert "Durand" not in goodbye.content.decode()
    assert text(goodbye) == text(Client().get(FAREWELL))


@pytest.mark.parametrize(
    ("current", "told"),
    [
        ("", "Saisissez votre mot de passe actuel."),
        ("Tempête&Sextant9", "Ce mot de passe n’est pas celui de votre compte. Il vous reste 4 essais."),
    ],
)
def test_without_the_password_nothing_is_closed(current: str, told: str) -> None:
    account = person()
    client = browser(account)
    answer = close(client, current)
    assert answer.status_code == 422
    assert text(answer).count(told) == 2
    account.refresh_from_db()
    assert account.is_active
    assert is_inside(client)


def test_d1_the_current_password_is_not_guessed_here() -> None:
    client = browser(person())
    assert {close(client, "Tempête&Sextant9").status_code for _ in range(CURRENT_PASSWORD.allow)} == {422}
    assert close(client).status_code == 429


def test_j6_closing_twice_closes_once() -> None:
    client = browser(person())
    assert close(client).status_code == 303
    again = close(client)
    assert again.status_code == 302
    assert again.headers["Location"].startswith("/connexion/")
    assert len(facts("account.closed")) == 1


def test_another_account_is_not_touched() -> None:
    account, other = person(), person()
    close(browser(account))
    other.refresh_from_db()
    assert other.is_active
    assert is_inside(browser(other))
