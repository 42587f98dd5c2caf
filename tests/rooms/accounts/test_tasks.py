"""Registrations nobody activates: one reminder, then their identifiers are free."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from passavant.accounts import tasks
from passavant.accounts.models import Account
from tests.people import person
from tests.rooms.accounts.samples import ago, facts
from tests.rooms.accounts.visitor import Visitor, link_in, mails, subjects, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "lea@negoce.example"


def test_a_week_old_registration_is_reminded_once_with_a_new_link() -> None:
    lea = person(pending=True, email=ADDRESS, created_at=ago(days=7, minutes=1))
    person(pending=True, email="recent@negoce.example", created_at=ago(days=6, hours=23))
    person(email="active@negoce.example", created_at=ago(days=10))
    assert (tasks.remind_unactivated(), tasks.remind_unactivated()) == (1, 0)
    assert subjects() == ["Votre compte Passavant n’est pas encore activé"]
    assert "Elle sera supprimée le" in text_of(mails()[0])
    assert Visitor().activates(link_in(mails()[0])).page.title == "Votre compte est activé"
    lea.refresh_from_db()
    assert lea.is_active
    assert [fact["count"] for fact in facts("account.reminded")] == [1]


def test_one_address_is_reminded_once_of_its_newest_registration() -> None:
    for days in (8, 10, 9):
        person(pending=True, email=ADDRESS, first_name=f"Jour{'i' * days}", created_at=ago(days=days))
    assert tasks.remind_unactivated() == 3
    (mail,) = mails()
    assert f"Jour{'i' * 8} " in text_of(mail)


def test_an_address_that_an_account_holds_is_not_reminded() -> None:
    person(email=ADDRESS)
    person(pending=True, email=ADDRESS, created_at=ago(days=8))
    assert (tasks.remind_unactivated(), tasks.remind_unactivated()) == (1, 0)
    assert mails() == []


def test_a_month_old_registration_frees_its_identifier() -> None:
    person(pending=True, created_at=ago(days=30, minutes=1))
    kept = [person(pending=True, created_at=ago(days=29)), person(created_at=ago(days=400))]
    assert (tasks.free_unactivated(), tasks.free_unactivated()) == (1, 0)
    assert set(Account.objects.all()) == set(kept)
    assert not Account.objects.taken("lea.durand")
    assert [fact["count"] for fact in facts("account.freed")] == [1]
    assert tasks.remind_unactivated() == 1  # the one of 29 days; the freed one is past reminding


def test_they_go_by_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 2)
    for _ in range(5):
        person(pending=True, created_at=ago(days=31))
    with CaptureQueriesContext(connection) as queries:
        assert [tasks.free_unactivated() for _ in range(4)] == [2, 2, 1, 0]
    assert len(queries) <= 4 * 13  # a few for each batch, one of them for each table that hangs on an account


def test_the_delay_is_the_operators(settings: Settings) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"unactivated_days": 10})
    person(pending=True, created_at=ago(days=11))
    assert tasks.free_unactivated() == 1
