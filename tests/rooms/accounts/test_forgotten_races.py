"""Many at once at the link of a reset (B3)."""

import pytest

from passavant.accounts.actions import ask_reset, disown_reset, reset_password
from passavant.accounts.actions.outcomes import Asked, Done, Refused
from passavant.accounts.actions.passwords import matches
from passavant.accounts.models import Account
from passavant.accounts.rules.links import NOT_ME, NOT_ME_LIFETIME, RESET, RESET_LIFETIME
from passavant.foundation.audit.models import Event
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.models import Outgoing
from tests.people import person
from tests.rooms.accounts.test_races import at_once, place

pytestmark = pytest.mark.django_db(transaction=True)


def whom(account: Account) -> dict[str, str]:
    return {"account": str(account.pk), "email": account.email_key}


@pytest.mark.parametrize("number", [2, 6])
def test_b3_of_simultaneous_resets_one_wins_and_its_password_works(number: int) -> None:
    account = person()
    token = issue_link(RESET, account.subject, lifetime=RESET_LIFETIME, note=whom(account))
    chosen = [f"Petite-Ourse {1960 + n} !" for n in range(number)]
    answers = at_once(number, lambda n: reset_password(token, account.identifier, chosen[n], origin=place(n)))
    (won,) = [n for n, answer in enumerate(answers) if isinstance(answer, Done)]
    assert {answer.why for answer in answers if isinstance(answer, Refused)} == {"used"}
    after = Account.objects.get()
    assert [matches(password, after) for password in chosen] == [n == won for n in range(number)]
    assert after.security_epoch == account.security_epoch + 1
    assert Event.objects.filter(name="account.password_reset").count() == 1
    assert Outgoing.objects.count() == 1


def test_b3_a_reset_is_disowned_once() -> None:
    account = person()
    token = issue_link(NOT_ME, account.undo_subject, lifetime=NOT_ME_LIFETIME, note=whom(account))
    answers = at_once(4, lambda n: disown_reset(token, origin=place(n)))
    assert answers.count(Asked()) == 1
    assert Outgoing.objects.count() == 1


def test_b5_of_simultaneous_requests_one_link_is_left() -> None:
    account = person()
    answers = at_once(3, lambda n: ask_reset(account.email, origin=place(n)))
    assert answers == [Asked()] * 3
    assert Ticket.objects.filter(purpose=RESET, superseded_at=None).count() == 1
