"""E12: recovery codes stand for a second step, once each."""

from concurrent.futures import ThreadPoolExecutor
from math import log2
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.models import Account
from passavant.authentication import actions
from passavant.authentication.models import RecoveryCode, Session
from passavant.authentication.rules.recovery import ALPHABET, GROUP, GROUPS, SET, draw_set
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Origin
from tests.people import person
from tests.rooms.authentication.factors import (
    WAYS,
    chooses,
    person_with_app,
    shown,
    types,
    with_recovery_codes,
)
from tests.rooms.authentication.people_at_the_door import CODE, another, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Account:
    return person_with_app()


def asks_for_recovery(client: Client) -> None:
    sign_in(client)
    assert chooses(client, "recovery").headers["Location"] == CODE
    assert "Utilisez un code de secours" in client.get(CODE).content.decode()


def test_e12_a_code_is_worth_64_bits_at_least_and_has_no_look_alikes() -> None:
    assert GROUPS * GROUP * log2(len(set(ALPHABET))) >= 64
    assert not set("01OIL") & set(ALPHABET)
    assert len(set(draw_set())) == SET


def test_e12_a_code_opens_the_space_once_and_its_person_is_told(lea: Account, client: Client) -> None:
    code = with_recovery_codes(lea)[3]
    asks_for_recovery(client)
    assert types(client, code.lower().replace("-", " ")).status_code == 303
    assert is_inside(client)
    assert (Session.objects.get().level, Session.objects.get().methods) == ("totp", "pwd otp mfa")
    (fact,) = facts("recovery_code.used")
    assert fact["left"] == SET - 1
    assert "authentication/mails/notice" in [row.template for row in Outgoing.objects.all()]
    browser = Client()
    asks_for_recovery(browser)
    assert types(browser, code).status_code == 422
    assert not is_inside(browser)


def test_e12_only_digests_are_kept(lea: Account) -> None:
    codes = actions.make_recovery_codes(lea, origin=Origin.system("test"))
    kept = str([*RecoveryCode.objects.values(), *Outgoing.objects.values(), *facts("recovery_codes.made")])
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_e12_another_set_kills_the_former(lea: Account, client: Client) -> None:
    old = with_recovery_codes(lea)
    new = with_recovery_codes(lea)
    asks_for_recovery(client)
    assert types(client, old[0]).status_code == 422
    assert types(client, new[0]).status_code == 303


def test_e12_a_code_is_good_for_its_owner_only(lea: Account, client: Client) -> None:
    theirs = with_recovery_codes(person_with_app())
    with_recovery_codes(lea)
    asks_for_recovery(client)
    assert types(client, theirs[0]).status_code == 422


def test_e12_the_limiter_is_that_of_the_factor(lea: Account, client: Client) -> None:
    code = with_recovery_codes(lea)[0]
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client)
        assert [types(client, another(shown())).status_code for _ in range(6)] == [422] * 6
        chooses(client, "recovery")
        wrong = "-".join(("22222",) * GROUPS)
        assert [types(client, wrong).status_code for _ in range(4)] == [422] * 4
        assert types(client, code).status_code == 429
    assert {fact["method"] for fact in facts("code.refused")} == {"totp", "recovery"}


def test_what_cannot_be_a_code_costs_no_try(lea: Account, client: Client) -> None:
    with_recovery_codes(lea)
    asks_for_recovery(client)
    for typed in ("", "123456", "K7MQ2", "K7MQ2-9XTRA-B4WJ0"):
        assert types(client, typed).status_code == 422
    assert not facts("code.refused")


def test_e12_codes_outlive_the_rotation_of_keys(lea: Account, client: Client, settings: Settings) -> None:
    code = with_recovery_codes(lea)[0]
    keys = ("another-key-drawn-to-take-its-place-one-day", *settings.PASSAVANT.secret_key)
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"secret_key": keys})
    asks_for_recovery(client)
    assert types(client, code).status_code == 303


def test_without_codes_none_is_offered(lea: Account, client: Client) -> None:
    sign_in(client)
    assert "Code de secours" not in client.get(WAYS).content.decode()
    chooses(client, "recovery")
    assert "Saisissez le code de votre application" in client.get(CODE).content.decode()


def test_a_code_standing_for_an_sms_proves_no_number(client: Client) -> None:
    lea = person(sms=True, mobile_proved_at=None)
    code = with_recovery_codes(lea)[0]
    asks_for_recovery(client)
    assert types(client, code).status_code == 303
    lea.refresh_from_db()
    assert lea.mobile_proved_at is None
    assert lea.last_factor == ""


@pytest.mark.django_db(transaction=True)
def test_e12_of_parallel_uses_of_one_code_one_enters(lea: Account) -> None:
    code, browsers = with_recovery_codes(lea)[0], [Client() for _ in range(8)]
    for number, browser in enumerate(browsers):
        sign_in(browser, address=f"192.0.2.{number}")
        chooses(browser, "recovery")
    start = Barrier(len(browsers))

    def enter(browser: Client) -> int:
        try:
            start.wait(timeout=30)
            return int(types(browser, code).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as crowd:
        statuses = sorted(crowd.map(enter, browsers))
    assert statuses == [303, *[422] * 7]
    assert len(facts("recovery_code.used")) == 1
