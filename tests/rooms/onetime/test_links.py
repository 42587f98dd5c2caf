"""Links: activation, change of address."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from passavant.foundation.onetime.actions import find, issue_link, spend, sweep, void
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.values import digest
from tests.rooms.onetime.crowd import all_at_once

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def given(purpose: str = "activation", subject: str = "lea", lifetime: timedelta = DAY) -> Ticket:
    return found(issue_link(purpose, subject, lifetime=lifetime), purpose)


def found(token: str, purpose: str = "activation") -> Ticket:
    ticket = find(token, purpose)
    assert ticket is not None
    return ticket


def test_b9_only_a_digest_is_stored() -> None:
    token = issue_link("activation", "lea", lifetime=DAY)
    assert token.startswith("psv_lnk_") and len(token) == len("psv_lnk_") + 43
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM onetime_ticket")
        row = repr(cursor.fetchall())
    assert token not in row and token.removeprefix("psv_lnk_") not in row
    assert digest(token) in row


def test_b1_reading_a_link_spends_nothing() -> None:
    token = issue_link("activation", "lea", lifetime=DAY)
    before = Ticket.objects.values().get()
    assert {found(token).state() for _ in range(20)} == {"live"}
    assert Ticket.objects.values().get() == before
    assert spend(found(token))


def test_b2_a_link_is_spent_once() -> None:
    ticket = given()
    same = Ticket.objects.get(pk=ticket.pk)
    assert spend(ticket)
    assert ticket.state() == "used" and ticket.spent_at is not None
    assert not spend(same)
    assert Ticket.objects.get(pk=ticket.pk).spent_at == ticket.spent_at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crowd", [2, 24])
def test_b3_of_simultaneous_spenders_one_wins(crowd: int) -> None:
    token = issue_link("activation", "lea", lifetime=DAY)
    assert sorted(all_at_once(lambda _: spend(found(token)), crowd)) == [False] * (crowd - 1) + [True]


def test_b5_a_second_link_kills_the_first() -> None:
    first, second = given(), given()
    first.refresh_from_db()
    assert (first.state(), second.state()) == ("superseded", "live")
    assert first.superseded_at is not None and first.superseded_at <= second.created_at
    assert first.newest() == second.newest() == second
    assert not spend(first)
    assert spend(second)


@pytest.mark.django_db(transaction=True)
def test_b5_of_simultaneous_links_one_lives() -> None:
    tokens = all_at_once(lambda _: issue_link("activation", "lea", lifetime=DAY))
    tickets = [found(token) for token in tokens]
    assert sorted(ticket.state() for ticket in tickets) == ["live"] + ["superseded"] * (len(tickets) - 1)
    assert {ticket.newest().state() for ticket in tickets} == {"live"}


def test_b5_a_spent_link_stays_spent_when_another_is_given() -> None:
    first = given()
    spend(first)
    given()
    first.refresh_from_db()
    assert first.state() == "used"


def test_b5_voiding_kills_what_one_subject_holds_and_nothing_else() -> None:
    activation, address = given(), given("address")
    others, done = given(subject="max"), given("other")
    spend(done)
    assert void("lea", "address") == 1
    assert void("lea") == 1
    assert void("lea") == 0
    assert [Ticket.objects.get(pk=t.pk).state() for t in (activation, address, others, done)] == [
        "superseded",
        "superseded",
        "live",
        "used",
    ]
    assert not spend(activation) and not spend(address)


def test_a_link_works_until_its_last_second() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = given()
        assert first.expires_at - first.created_at == DAY
        clock.shift(DAY)
        assert first.state() == "expired"
        assert not spend(first)
        clock.shift(-timedelta(seconds=1))
        assert first.state() == "live"
        assert spend(first)


def test_a_link_of_one_purpose_is_unknown_to_another() -> None:
    token = issue_link("activation", "lea", lifetime=DAY)
    assert find(token, "address") is None


@pytest.mark.parametrize("text", ["", "psv_lnk_", "psv_lnk_\x00", "\ud800", "é" * 10_000, "' OR 1=1 --"])
def test_any_text_may_be_looked_for(text: str) -> None:
    given()
    assert find(text, "activation") is None


def test_a_note_is_given_back() -> None:
    token = issue_link("address", "lea", lifetime=DAY, note={"address": "lea@négoce.example"})
    assert found(token, "address").note == {"address": "lea@négoce.example"}
    assert given().note == {}


def test_a_link_of_an_act_undone_replaces_nothing() -> None:
    first = given()
    with pytest.raises(RuntimeError), transaction.atomic():
        given()
        raise RuntimeError
    assert Ticket.objects.get().state() == "live"
    assert spend(first)


def test_old_links_are_swept_and_the_others_kept() -> None:
    old, kept = given(lifetime=timedelta(hours=1)), given("address")
    assert sweep(timezone.now() + timedelta(hours=1)) == 1
    assert sweep(timezone.now() + timedelta(hours=1)) == 0
    assert list(Ticket.objects.all()) == [kept] and old != kept


@pytest.mark.parametrize(
    "change",
    [
        {"spent_at": None, "superseded_at": None},
        {"spent_at": timezone.now(), "superseded_at": timezone.now()},
        {"expires_at": timezone.now() - 2 * DAY},
        {"digest": "taken"},
    ],
)
def test_the_schema_itself_refuses_what_must_not_be(change: dict[str, object]) -> None:
    ticket, live = given(), given()
    Ticket.objects.filter(pk=live.pk).update(digest="taken")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**change)


def test_each_step_is_few_statements(django_assert_num_queries: Callable[[int], object]) -> None:
    ticket = given()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        find("psv_lnk_", "activation")
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        spend(ticket)
    with django_assert_num_queries(5):  # type: ignore[attr-defined]  # three, between the savepoint and its release
        issue_link("activation", "lea", lifetime=DAY)


def test_each_question_has_its_index() -> None:
    now, tickets = timezone.now(), Ticket.objects.all()
    many = [Ticket(purpose="p", subject=f"s{n}", digest=f"{n:064}", created_at=now - DAY) for n in range(2_000)]
    for number, ticket in enumerate(many):  # most are live, as in life: the planner has something to choose by
        ticket.expires_at = now + timedelta(minutes=number)
    Ticket.objects.bulk_create(many)
    questions = {
        "onetime_one_digest": tickets.filter(digest="d", purpose="p"),
        "onetime_one_open_ticket": tickets.live(now).filter(subject="s", purpose="p"),
        "onetime_newest": tickets.awaited("p", "s").order_by("-created_at"),
        "onetime_expires_at": tickets.filter(expires_at__lt=now).order_by("expires_at"),
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; ANALYZE onetime_ticket")
    plans = {index: question.explain() for index, question in questions.items()}
    assert [index for index, plan in plans.items() if "SCAN onetime_ticket" in plan or "Seq Scan" in plan] == []
    by_subject = ("onetime_one_open_ticket", "onetime_newest")  # either finds one row
    assert any(index in plans["onetime_one_open_ticket"] for index in by_subject)
    assert "onetime_newest" in plans["onetime_newest"] and "Sort" not in plans["onetime_newest"]
