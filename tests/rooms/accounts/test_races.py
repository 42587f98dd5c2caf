"""Many at once: one wins, and no more than was promised happens."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection

from passavant.accounts.actions import activate, close_account, confirm_email_change, sign_up
from passavant.accounts.actions.outcomes import Done, Refused, SignedUp
from passavant.accounts.models import Account
from passavant.accounts.rules.links import ACTIVATION, ACTIVATION_LIFETIME, EMAIL_CHANGE
from passavant.accounts.tasks import free_unactivated, remind_unactivated
from passavant.foundation.audit.models import Event
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Origin
from tests.people import PASSWORD, person
from tests.rooms.accounts.samples import ago, registration

pytestmark = pytest.mark.django_db(transaction=True)
Answer = TypeVar("Answer")


def at_once(number: int, act: Callable[[int], Answer]) -> list[Answer]:
    """The answers of so many threads that start together."""
    barrier = threading.Barrier(number)

    def run(place: int) -> Answer:
        try:
            barrier.wait(20)
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def place(number: int) -> Origin:
    return Origin(f"203.0.113.{number + 1}")


@pytest.mark.parametrize("number", [2, 12])
def test_b3_of_simultaneous_activations_one_wins(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passavant.accounts.actions.activation.matches", lambda *_: True)
    accounts = [person(pending=True, email="lea@negoce.example", identifier=f"lea.durand{n}") for n in range(number)]
    token = issue_link(ACTIVATION, accounts[0].email_subject, lifetime=ACTIVATION_LIFETIME)
    answers = at_once(number, lambda n: activate(token, accounts[n].identifier, PASSWORD, origin=place(n)))
    (won,) = [answer for answer in answers if isinstance(answer, Done)]
    assert {answer.why for answer in answers if isinstance(answer, Refused)} == {"used"}
    assert [account.id for account in Account.objects.all()] == [won.account]
    assert Event.objects.filter(name="account.activated").count() == 1


def test_j6_one_registration_validated_by_many_windows_opens_one_account() -> None:
    asked = registration()
    answers = at_once(8, lambda n: sign_up(asked, origin=place(n)))
    assert answers == [SignedUp(asked.id)] * 8
    assert Account.objects.count() == 1
    assert Outgoing.objects.count() == 1


def test_one_identifier_asked_by_many_goes_to_one() -> None:
    asked = [registration(email=f"p{n}@negoce.example") for n in range(8)]
    answers = at_once(8, lambda n: sign_up(asked[n], origin=place(n)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused"] * 7 + ["SignedUp"]
    assert Account.objects.count() == 1
    assert Outgoing.objects.count() == 1


def test_one_address_claimed_by_two_accounts_goes_to_one() -> None:
    note = {"new": "bureau@negoce.example"}
    people = [person() for _ in range(4)]
    tokens = [
        issue_link(EMAIL_CHANGE, p.subject, lifetime=ACTIVATION_LIFETIME, note=note | {"old": p.email}) for p in people
    ]
    answers = at_once(4, lambda n: confirm_email_change(tokens[n], origin=place(n)))
    assert sorted(getattr(answer, "why", "done") for answer in answers) == ["done", "taken", "taken", "taken"]
    assert Account.objects.holding("bureau@negoce.example").count() == 1


def test_an_account_is_closed_once() -> None:
    account = person()
    answers = at_once(4, lambda n: close_account(account, PASSWORD, origin=place(n)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Done"] + ["Refused"] * 3
    assert Outgoing.objects.filter(template="accounts/mails/account_closed").count() == 1
    assert Event.objects.filter(name="account.closed").count() == 1


def test_two_workers_remind_and_free_each_registration_once() -> None:
    for number in range(6):
        person(pending=True, identifier=f"oubli{number}", email=f"oubli{number}@negoce.example", created_at=ago(days=8))
    at_once(4, lambda _: remind_unactivated())
    assert Outgoing.objects.count() == 6
    Account.objects.update(created_at=ago(days=31))
    assert sum(at_once(4, lambda _: free_unactivated())) == 6
    assert Account.objects.count() == 0
