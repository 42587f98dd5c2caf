"""The change of the password, and what becomes of the sessions."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from passavant.accounts.actions.passwords import matches
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import CURRENT_PASSWORD
from passavant.authentication.models.sessions import Session
from tests.people import PASSWORD, person
from tests.rooms.space.inside import browser, facts, is_inside, mails, text

pytestmark = pytest.mark.django_db
PAGE = "/espace/mot-de-passe/"
NEW = "Tempête&Sextant9 !"


def change(client: Client, current: str = PASSWORD, new: str = NEW) -> Any:
    return client.post(PAGE, {"current": current, "new": new})


def test_the_rules_are_listed_and_password_managers_know_whose_it_is() -> None:
    page = browser(person()).get(PAGE)
    assert "Règles pour créer un mot de passe valide : 8 caractères minimum" in text(page)
    for word in ("current-password", "new-password", 'autocomplete="username"', 'value="lea.durand"'):
        assert word in page.content.decode()


def test_c4_this_browser_goes_on_under_a_new_key_and_the_others_are_out() -> None:
    account = person()
    client, second, third = browser(account), browser(account), browser(account)
    former = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer = change(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/espace/mot-de-passe/?fait=mot-de-passe")
    assert "Votre mot de passe est changé. Vos autres sessions sont fermées." in text(
        client.get(answer.headers["Location"])
    )
    assert (is_inside(client), is_inside(second), is_inside(third)) == (True, False, False)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != former
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = former
    assert not is_inside(old)
    account.refresh_from_db()
    assert matches(NEW, account)
    assert account.security_epoch == 1
    assert [recipient for recipient, _filling in mails("password_changed")] == [account.email]
    assert len(facts("account.password_changed")) == 1


def test_c1_how_the_person_had_proved_who_they_are_is_kept() -> None:
    account = person(sms=True)
    change(browser(account))
    account.refresh_from_db()
    kept = Session.objects.of(account).get(epoch=account.security_epoch)
    assert (kept.methods, kept.level) == ("pwd", "sms")


def test_this_browser_stays_a_known_one() -> None:
    account = person()
    client = browser(account)
    change(client)
    client.post("/deconnexion/")
    client.post("/connexion/", {"identifier": "lea.durand", "password": NEW})
    assert facts("sign_in.completed")[-1]["known_device"] is True


@pytest.mark.parametrize(
    ("current", "new", "told"),
    [
        ("", NEW, "Saisissez votre mot de passe actuel."),
        (PASSWORD, "", "Saisissez un mot de passe."),
        ("Autre&Chose12", NEW, "Ce mot de passe n’est pas celui de votre compte. Il vous reste 4 essais."),
        (PASSWORD, PASSWORD, "Choisissez un mot de passe différent de l’actuel."),
        (PASSWORD, "court", "Ajoutez à votre mot de passe : "),
        (PASSWORD, "Lea.Durand1!", "Ce mot de passe ressemble trop à"),
        (PASSWORD, "x" * 300, "Le mot de passe doit comporter 256 caractères au maximum."),
    ],
)
def test_a_refusal_says_why_and_keeps_no_password(current: str, new: str, told: str) -> None:
    account = person()
    client, elsewhere = browser(account), browser(account)
    answer = change(client, current, new)
    assert answer.status_code == 422
    assert text(answer).count(told) == 2
    assert 'value="' not in "".join(line for line in answer.content.decode().splitlines() if 'type="password"' in line)
    account.refresh_from_db()
    assert matches(PASSWORD, account)
    assert is_inside(elsewhere)


def test_d1_the_current_password_is_not_guessed_here() -> None:
    client = browser(person())
    assert {change(client, "Autre&Chose12").status_code for _ in range(CURRENT_PASSWORD.allow)} == {422}
    late = change(client)
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) >= 1


def test_j6_sending_it_twice_changes_it_once() -> None:
    account = person()
    client = browser(account)
    assert change(client).status_code == 303
    again = change(client)
    assert again.status_code == 422
    assert len(facts("account.password_changed")) == 1
    assert is_inside(client)


def test_j6_the_slower_of_two_is_led_home(monkeypatch: pytest.MonkeyPatch) -> None:
    account = person()

    def overtaken(password: str) -> str:
        Account.objects.filter(pk=account.pk).update(password="changed meanwhile")
        return "too late"

    monkeypatch.setattr("passavant.accounts.actions.credentials.hashed", overtaken)
    answer = change(browser(account))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/espace/")
    account.refresh_from_db()
    assert account.password == "changed meanwhile"
