"""Passkeys when several requests come at once: one answer, one last key, one first key (E8, E9, E14)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import Removed
from passavant.authentication.models import Passkey
from passavant.foundation.values import Origin
from tests.people import person
from tests.rooms.authentication.authenticators import Authenticator, adds, asked, says
from tests.rooms.authentication.people_at_the_door import facts, is_inside, sign_in

pytestmark = pytest.mark.django_db
HERE = Origin("198.51.100.7", "Firefox")
CROWD = 8
Answer = TypeVar("Answer")


@pytest.fixture
def lea(client: Client) -> Account:
    """Signed in, with two keys."""
    account = person()
    sign_in(client)
    return account


@pytest.fixture
def keys(lea: Account, client: Client) -> list[Authenticator]:
    made = [Authenticator(), Authenticator()]
    for key in made:
        assert adds(client, key).status_code == 200
    lea.refresh_from_db()
    return made


def removes(account: Account, number: UUID) -> bool:
    return isinstance(actions.remove_factor(account, "passkey", number, origin=HERE), Removed)


def together(act: Callable[[int], Answer]) -> list[Answer]:
    """What each of a crowd is answered, all at once."""
    start = Barrier(CROWD)

    def one(number: int) -> Answer:
        try:
            start.wait(timeout=30)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counts", [True, False])
def test_e9_of_parallel_requests_with_one_answer_one_enters(
    lea: Account, keys: list[Authenticator], counts: bool
) -> None:
    client = Client()
    said = keys[0].get(asked(client), count=int(counts))
    session = client.cookies["session"].value

    def enter(_number: int) -> bool:
        browser = Client()
        browser.cookies["session"] = session
        return says(browser, said).status_code == 200 and is_inside(browser)

    assert sum(together(enter)) == 1
    assert len(facts("sign_in.completed")) == 2, "by the password, then by the key"


@pytest.mark.django_db(transaction=True)
def test_e8_of_two_last_keys_removed_at_once_one_stays(lea: Account, keys: list[Authenticator]) -> None:
    Account.objects.update(level=Level.PASSKEY.value)
    names = [key.pk for key in Passkey.objects.of(lea)]

    def remove(number: int) -> bool:
        return removes(Account.objects.get(), names[number % 2])

    assert sum(together(remove)) == 1
    assert Passkey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_e14_of_parallel_first_keys_one_is_added() -> None:
    person(level=Level.PASSKEY.value)
    browsers = [Client() for _ in range(CROWD)]
    for number, browser in enumerate(browsers):
        sign_in(browser, address=f"198.51.100.{number}")

    def add(number: int) -> bool:
        answer = adds(browsers[number], Authenticator())
        return "ajoutee" in str(answer.json().get("location"))

    assert sum(together(add)) == 1
    assert Passkey.objects.count() == 1
