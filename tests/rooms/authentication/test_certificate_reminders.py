"""ASVS 6.4.5: whose certificate ends is told 60, 30 and 7 days before, once each."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import Certificate
from passavant.authentication.tasks import clear_expired, forget_closed, remind_ending
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import render_mail
from tests.authority import DAY, Card
from tests.people import person
from tests.rooms.authentication.certificates import ENROLMENT, House, bound, house, shows
from tests.rooms.authentication.people_at_the_door import facts, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]
TEMPLATE = "authentication/mails/certificate_ending"


@pytest.fixture
def lea() -> Account:
    return person(level="certificate")


@pytest.fixture
def card(house: House) -> Card:
    return house.authority.issue()


def test_each_stage_is_told_once(lea: Account, card: Card) -> None:
    row, now = bound(lea, card), timezone.now()
    told = []
    for days in (61, 60, 59, 31, 30, 8, 7, 3, 0, -1):
        with time_machine.travel(row.ends_at - days * DAY, tick=False):
            told.append((days, remind_ending(), remind_ending()))
    assert now < row.ends_at
    assert [(days, once) for days, once, _again in told if once] == [(60, 1), (30, 1), (7, 1)]
    assert [again for _days, _once, again in told] == [0] * 10
    assert [fact["days"] for fact in facts("certificate.end_told")] == [60, 30, 7]
    mail = (
        render_mail(Outgoing.objects.filter(template=TEMPLATE).earliest("posted_at"), now)
        .mime.get_body(("plain",))
        .get_content()
    )
    assert "Le certificat «\u00a0Léa Durand\u00a0»" in mail
    assert f"http://localhost:8000{ENROLMENT}" in mail


def test_a_worker_that_slept_tells_the_last_stage_only(lea: Account, card: Card) -> None:
    row = bound(lea, card)
    with time_machine.travel(row.ends_at - 5 * DAY, tick=False):
        assert remind_ending() == 1
    assert [fact["days"] for fact in facts("certificate.end_told")] == [7]


def test_who_adds_one_late_is_told_at_the_next_stage(lea: Account, house: House, client: Client) -> None:
    sign_in(client)
    shows(client, house.authority.issue(ends=20 * DAY), page=ENROLMENT)
    assert remind_ending() == 0
    with time_machine.travel(timezone.now() + 14 * DAY):
        assert remind_ending() == 1


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_nobody_is_told_about_a_closed_account(lea: Account, house: House, state: str) -> None:
    bound(lea, house.authority.issue(ends=20 * DAY))
    Account.objects.update(state=state)
    assert remind_ending() == 0


def test_the_certificates_of_closed_accounts_are_forgotten(lea: Account, card: Card) -> None:
    bound(lea, card)
    Account.objects.update(state="closed")
    clear_expired()
    forget_closed()
    assert not Certificate.objects.exists()
