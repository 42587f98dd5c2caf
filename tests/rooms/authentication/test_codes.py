"""The second step by SMS."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from tests.people import person
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    SPACE,
    WRONG,
    another,
    codes_sent,
    facts,
    in_clear_nowhere,
    is_inside,
    resend,
    sign_in,
)

pytestmark = pytest.mark.django_db
CROWD = 24


@pytest.fixture
def lea() -> Account:
    return person(sms=True, mobile_proved_at=None)


def types(client: Client, code: str) -> HttpResponse:
    return client.post(CODE, {"code": code})


def test_c2_the_password_alone_opens_nothing(lea: Account, client: Client) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, CODE)
    for page in (SPACE, "/espace/profil/", "/espace/mot-de-passe/"):
        assert client.get(page).headers["Location"] == CODE
    assert client.post("/espace/mot-de-passe/").headers["Location"] == CODE
    assert not Session.objects.exclude(account=None).exists()
    assert not facts("sign_in.completed")


def test_a8_the_number_shows_two_digits_and_only_after_the_password(lea: Account, client: Client) -> None:
    assert client.get(CODE).headers["Location"] == "/connexion/"
    assert "34" not in sign_in(client, password=WRONG).content.decode().partition("<main")[2].partition("</main>")[0]
    sign_in(client)
    page = client.get(CODE).content.decode()
    assert "06 •• •• •• 34" in page
    assert "39981234" not in page.replace(" ", "")


def test_the_right_code_opens_the_space_and_proves_the_number(lea: Account, client: Client) -> None:
    sign_in(client, next="/espace/profil/")
    (code,) = codes_sent()
    answer = types(client, f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/espace/profil/")
    assert is_inside(client)
    lea.refresh_from_db()
    assert lea.mobile_proved_at is not None
    assert len(facts("mobile.proved")) == 1
    (fact,) = facts("sign_in.completed")
    assert (fact["level"], fact["methods"]) == ("sms", "pwd sms mfa")


def test_the_number_is_proved_once(lea: Account, client: Client) -> None:
    for _ in range(2):
        sign_in(client)
        types(client, codes_sent()[-1])
    assert len(facts("mobile.proved")) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Saisissez le code à 6 chiffres."),
        ("123", "il en manque 3."),
        ("12345678", "il y en a 2 de trop."),
        ("12a456", "Le code ne contient que des chiffres."),
        ("١٢٣٤٥٦", "Le code ne contient que des chiffres."),
    ],
)
def test_what_is_not_a_code_costs_no_try(lea: Account, client: Client, typed: str, said: str) -> None:
    sign_in(client)
    answer = types(client, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not facts("code.refused")


def test_e2_five_tries_then_a_new_code_is_needed(lea: Account, client: Client) -> None:
    sign_in(client)
    (code,) = codes_sent()
    pages = [types(client, another(code)).content.decode() for _ in range(5)]
    left = [re.findall(r"Il vous reste (\d) essai", page)[:1] for page in pages]
    assert left == [["4"], ["3"], ["2"], ["1"], []]
    assert "Trop de codes incorrects. Demandez un nouveau code." in pages[4]
    assert types(client, code).status_code == 422
    assert not is_inside(client)


def test_the_code_typed_never_comes_back(lea: Account, client: Client) -> None:
    sign_in(client)
    wrong = another(codes_sent()[0])
    assert wrong not in types(client, wrong).content.decode()


def test_e1_a_code_serves_once(lea: Account, client: Client) -> None:
    sign_in(client)
    pending = client.cookies["session"].value
    (code,) = codes_sent()
    assert types(client, code).status_code == 303
    client.cookies["session"] = pending
    assert types(client, code).headers["Location"].startswith("/connexion/")
    assert not is_inside(client)


def test_e2_the_code_of_one_sign_in_is_refused_in_another(lea: Account) -> None:
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    of_first, of_second = codes_sent()
    if of_first != of_second:
        assert types(second, of_first).status_code == 422
    assert types(first, of_first).status_code == 303
    assert types(second, of_second).status_code == 303


def test_e2_a_new_code_kills_the_former(lea: Account, client: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client)
        (former,) = codes_sent()
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        assert resend(client).headers["Location"] == CODE
        assert "Un nouveau code est parti à" in client.get(CODE).content.decode()
        (last,) = codes_sent()
        if former != last:
            assert types(client, former).status_code == 422
        assert types(client, last).status_code == 303


def test_e2_a_code_lives_ten_minutes_then_another_leaves_by_itself(lea: Account, client: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client)
    with time_machine.travel(now + timedelta(minutes=10), tick=False):
        answer = types(client, codes_sent()[0])
        assert answer.status_code == 422
        assert "Ce code a expiré à" in answer.content.decode()
        assert "Nous venons de vous en envoyer un nouveau." in answer.content.decode()
        assert types(client, codes_sent()[0]).status_code == 303


def test_e2_a_pending_sign_in_lives_fifteen_minutes(lea: Account, client: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client)
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        resend(client)
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        answer = client.post(CODE, {"code": codes_sent()[-1]}, follow=True)
        assert answer.redirect_chain[0][0].startswith("/connexion/?raison=")
        assert "Le temps prévu pour saisir le code est écoulé." in answer.content.decode()
        assert not is_inside(client)


def test_e2_tries_are_counted_over_new_codes(lea: Account, client: Client) -> None:
    moment = timezone.now()
    with time_machine.travel(moment, tick=False) as clock:
        sign_in(client)
        for _ in range(2):
            assert [types(client, another(codes_sent()[-1])).status_code for _ in range(5)] == [422] * 5
            clock.shift(timedelta(seconds=61))
            resend(client)
        answer = types(client, codes_sent()[-1])
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 3600
        assert "Trop de codes incorrects. Réessayez à" in answer.content.decode()


@pytest.mark.parametrize("change", [{"security_epoch": 1}, {"state": "suspended"}, {"mobile": "+33639985678"}])
def test_c5_a_change_of_the_account_ends_the_pending_sign_in(lea: Account, client: Client, change: dict) -> None:
    sign_in(client)
    Account.objects.filter(pk=lea.pk).update(**change)
    assert types(client, codes_sent()[0]).headers["Location"].startswith("/connexion/")
    assert not is_inside(client)


def test_codes_are_nowhere_in_clear(lea: Account, client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    sign_in(client)
    (code,) = codes_sent()
    types(client, another(code))
    assert in_clear_nowhere(code)
    assert code not in "".join(capfd.readouterr())


@pytest.mark.django_db(transaction=True)
def test_e2_parallel_guesses_are_never_compared_more_than_five_times(lea: Account, client: Client) -> None:
    sign_in(client)
    start, wrong, session = Barrier(CROWD), another(codes_sent()[0]), client.cookies["session"].value

    def guess(_number: int) -> int:
        browser = Client()
        browser.cookies["session"] = session
        try:
            start.wait(timeout=30)
            return types(browser, wrong).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        codes = list(crowd.map(guess, range(CROWD)))
    assert set(codes) <= {422, 429}
    assert sum(fact["why"] == "wrong" for fact in facts("code.refused")) == 5


@pytest.mark.django_db(transaction=True)
def test_e1_of_parallel_right_codes_one_enters(lea: Account, client: Client) -> None:
    sign_in(client)
    start, (code,), session = Barrier(8), codes_sent(), client.cookies["session"].value

    def enter(_number: int) -> bool:
        browser = Client()
        browser.cookies["session"] = session
        try:
            start.wait(timeout=30)
            types(browser, code)
            return is_inside(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(enter, range(8))) == 1
    assert len(facts("sign_in.completed")) == 1
