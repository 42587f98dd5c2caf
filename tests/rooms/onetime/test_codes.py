"""E2: codes of six digits."""

import secrets
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from passavant.foundation.onetime.actions import issue_code, issue_link, try_code, void
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.onetime.rules import CodeAnswer, draw_code
from passavant.foundation.values import digest
from tests.rooms.onetime.crowd import all_at_once

TEN_MINUTES = timedelta(minutes=10)
pytestmark = pytest.mark.django_db


def given(subject: str = "pending-1", tries: int = 5) -> str:
    return issue_code("sign-in", subject, lifetime=TEN_MINUTES, tries=tries)


def attempt(code: str, subject: str = "pending-1") -> CodeAnswer:
    return try_code("sign-in", subject, code)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_has_six_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(len(code) == 6 and code.isdigit() for code in (draw_code() for _ in range(500)))
    monkeypatch.setattr(secrets, "randbelow", lambda bound: bound - 999_993)
    assert draw_code() == "000007"


def test_b9_the_database_does_not_tell_the_code() -> None:
    code = given()
    stored = Ticket.objects.get().digest
    assert len(stored) == 64 and code not in stored
    assert stored not in {digest(f"{number:06}") for number in (int(code), 0)}


def test_e2_the_right_code_serves_once() -> None:
    code = given()
    right = attempt(code)
    assert (right.kind, right.tries_left) == ("right", 4)
    again = attempt(code)
    assert (again.kind, again.used) == ("spent", True)


def test_e2_five_tries_then_a_new_code_is_needed() -> None:
    code = given()
    answers = [attempt(other(code)) for _ in range(5)]
    assert [(answer.kind, answer.tries_left) for answer in answers] == [("wrong", left) for left in (4, 3, 2, 1, 0)]
    late = attempt(code)
    assert (late.kind, late.used, late.tries_left) == ("spent", False, 0)
    assert late.expires_at == answers[0].expires_at == Ticket.objects.get().expires_at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tries", [1, 5])
def test_e2_parallel_guesses_never_exceed_the_tries(tries: int) -> None:
    code = given(tries=tries)
    answers = all_at_once(lambda _: attempt(other(code)))
    assert Counter(answer.kind for answer in answers) == {"wrong": tries, "spent": len(answers) - tries}
    assert sorted(answer.tries_left for answer in answers if answer.kind == "wrong") == list(range(tries))
    assert attempt(code).kind == "spent"


@pytest.mark.django_db(transaction=True)
def test_e2_of_parallel_right_codes_one_is_right() -> None:
    code = given()
    kinds = Counter(answer.kind for answer in all_at_once(lambda _: attempt(code)))
    assert kinds == {"right": 1, "spent": 23}


def test_e2_a_new_code_kills_the_former() -> None:
    former, code = given(), given()
    while former == code:
        code = given()
    assert attempt(former).kind == "wrong"
    assert attempt(code).kind == "right"


@pytest.mark.django_db(transaction=True)
def test_e2_of_parallel_codes_one_lives() -> None:
    codes = all_at_once(lambda _: given(tries=100))
    assert Ticket.objects.live(timezone.now()).count() == 1
    assert [attempt(code).kind for code in codes].count("right") == 1


def test_e2_a_new_code_given_by_a_machine_whose_clock_is_late_is_the_one_that_counts() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        given(tries=1)
        clock.shift(-timedelta(seconds=3))
        assert attempt(given()).kind == "right"


def test_e2_the_code_of_one_is_refused_to_another() -> None:
    code = given("pending-1")
    assert attempt(code, "pending-2") == CodeAnswer("none")
    theirs = given("pending-2")
    if theirs != code:
        assert attempt(code, "pending-2").kind == "wrong"
    assert try_code("phone", "pending-1", code).kind == "none"
    assert attempt(code, "pending-1").kind == "right"


def test_the_same_digits_for_another_leave_another_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda bound: 7)
    given("pending-1"), given("pending-2"), given("pending-2")
    assert len(set(Ticket.objects.values_list("digest", flat=True))) == 3


def test_e2_a_code_lasts_ten_minutes() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = given()
        clock.shift(TEN_MINUTES)
        answer = attempt(code)
        assert (answer.kind, answer.tries_left, answer.expires_at) == ("expired", 5, timezone.now())
        clock.shift(-timedelta(seconds=1))
        assert attempt(code).kind == "right"


def test_a_code_voided_is_a_code_never_given() -> None:
    code = given()
    assert void("pending-1") == 1
    assert attempt(code).kind == "none"


def test_a_link_is_no_code() -> None:
    token = issue_link("sign-in", "pending-1", lifetime=TEN_MINUTES)
    assert attempt(token).kind == "none"
    assert Ticket.objects.get().state() == "live"


@pytest.mark.parametrize("typed", ["", "\x00", "\ud800", "٤٨٢٩١٥", "4" * 100_000])
def test_any_text_is_a_wrong_code(typed: str) -> None:
    given()
    assert attempt(typed).kind == "wrong"


def test_a_code_outlives_the_rotation_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    code, key = given(), settings.SECRET_KEY
    monkeypatch.setattr(settings, "SECRET_KEY", "n" * 40)
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    assert attempt(code).kind == "wrong"
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [key])
    assert attempt(code).kind == "right"
