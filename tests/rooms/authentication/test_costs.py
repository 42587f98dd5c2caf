"""What a page costs in SQL statements; transactions' own words do not count."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.foundation.outbox.models import Outgoing
from tests.people import PASSWORD, person
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    SIGN_IN,
    SPACE,
    WRONG,
    another_browser,
    codes_sent,
    sign_in,
)

pytestmark = pytest.mark.django_db
WORDS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


@contextmanager
def at_most(count: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as context:
        yield
    told = [query["sql"] for query in context if not query["sql"].startswith(WORDS)]
    assert len(told) <= count, "\n".join(told)


def test_the_sign_in_page_costs_nothing(client: Client) -> None:
    with at_most(0):
        assert client.get(SIGN_IN).status_code == 200


def test_a_sign_in_costs_six_statements_at_most_and_the_notice_of_a_new_device_four() -> None:
    """The notice, its limit, and its link: the former one dies, a new one is written and read again."""
    person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for statements in (6, 10, 10):  # the first one ever, then from unknown devices
            with at_most(statements):
                assert sign_in(Client()).status_code == 303
            clock.shift(timedelta(minutes=6))


def test_mistakes_to_forgive_cost_one_more() -> None:
    person()
    sign_in(Client())
    sign_in(Client(), password=WRONG)
    with at_most(11):
        assert sign_in(Client()).status_code == 303


def test_a_sign_in_after_mistakes_on_a_known_device_costs_six(client: Client) -> None:
    person()
    sign_in(client)
    browser = another_browser(client)
    sign_in(browser, password=WRONG)
    with at_most(6):
        assert sign_in(browser).status_code == 303


@pytest.mark.parametrize("login", ["lea.durand", "personne.ici"])
def test_a1_a_refusal_costs_the_same_whoever_it_is(login: str) -> None:
    person()
    with at_most(3):
        assert sign_in(Client(), login, WRONG).status_code == 422


def test_a_sign_in_with_sms_has_a_ceiling_too(client: Client) -> None:
    person(sms=True)
    with at_most(12):
        assert sign_in(client).headers["Location"] == CODE
    with at_most(1):
        client.get(CODE)
    with at_most(14):
        assert client.post(CODE, {"code": codes_sent()[0]}).status_code == 303


def test_a_signed_in_page_costs_one_query_and_one_write_a_minute(client: Client) -> None:
    person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        with at_most(1):
            assert client.get("/connexion/").status_code == 303
        clock.shift(timedelta(seconds=61))
        with at_most(2):
            client.get("/connexion/")
        with at_most(1):
            client.get("/connexion/")


def test_an_old_hash_is_renewed_at_sign_in_within_the_same_statements() -> None:
    old = PBKDF2PasswordHasher().encode(PASSWORD, "selselselselsel", iterations=1000)
    person(password=old)
    with at_most(6):
        assert sign_in(Client()).status_code == 303
    assert Account.objects.get().password.startswith("argon2")
    assert sign_in(Client()).status_code == 303


def test_a_notice_leaves_for_an_unknown_device_only(client: Client) -> None:
    person()
    sign_in(client)
    assert not Outgoing.objects.exists()
    sign_in(another_browser(client))
    assert not Outgoing.objects.exists()
    sign_in(Client())
    assert [row.template for row in Outgoing.objects.all()] == ["authentication/mails/new_sign_in"]


def test_the_sign_ins_are_dated() -> None:
    person()
    moments = [timezone.now(), timezone.now() + timedelta(minutes=3)]
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            sign_in(Client())
    account = Account.objects.get()
    assert [account.previous_sign_in_at, account.last_sign_in_at] == moments


def test_nothing_is_written_while_reading(client: Client) -> None:
    person(sms=True)
    sign_in(client)
    for page in (SIGN_IN, CODE, SPACE):
        for read in (client.get, client.head):
            assert read(page).status_code in {200, 302}
    assert len(codes_sent()) == 1
