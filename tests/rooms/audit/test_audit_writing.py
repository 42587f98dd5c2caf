"""One row, in the act's own transaction."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from passavant.foundation.audit.actions import history, write
from passavant.foundation.audit.events import event
from passavant.foundation.audit.models import Event
from passavant.foundation.values import Origin
from tests.rooms.audit.trial import HERE, LEA, Noted, note


@event("trial.decided")
class Decided:
    """An officer decided in a test."""

    account: UUID | None
    actor: UUID
    file: UUID
    when: datetime
    granted: bool
    reason: str


@pytest.mark.django_db
def test_l1_a_fact_holds_utc_time_actor_target_source_result_and_request(django_assert_num_queries: Any) -> None:
    paris = datetime.fromisoformat("2026-11-22T15:05:00.123456+01:00")
    fact = Decided(account=LEA, actor=UUID(int=9), file=UUID(int=3), when=paris, granted=False, reason="reçu « non »")
    with time_machine.travel(paris, tick=False), django_assert_num_queries(1):
        write(fact, HERE)
    row = Event.objects.get()
    assert row.at == datetime(2026, 11, 22, 14, 5, 0, 123456, tzinfo=UTC)
    assert (row.name, row.account, row.actor) == ("trial.decided", LEA, str(UUID(int=9)))
    assert (row.address, row.agent, row.request_id) == ("192.0.2.7", "Firefox", "r-1")
    assert row.said == {
        "file": str(UUID(int=3)),
        "granted": False,
        "reason": "reçu « non »",
        "when": "2026-11-22T14:05:00.123456+00:00",
    }
    assert row.data == json.dumps(row.said, sort_keys=True, separators=(",", ":")), "one single way to be written"


@pytest.mark.django_db
def test_a_job_is_the_actor_of_what_nobody_asked() -> None:
    write(Noted(account=None, number=1), Origin.system("worker"))
    assert Event.objects.values_list("actor", "address", "account").get() == ("system:worker", "", None)


@pytest.mark.django_db
def test_a_visitor_who_calls_itself_a_job_is_not_believed() -> None:
    write(Noted(account=None, number=1), Origin(address="192.0.2.7", agent="system:worker"))
    assert Event.objects.get().actor == ""


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="same transaction"):
        write(Noted(account=LEA, number=1), HERE)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_falls_with_its_act() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(Noted(account=LEA, number=1), HERE)
        raise ZeroDivisionError
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_what_is_not_declared_is_refused() -> None:
    @dataclass
    class Rumour:
        number: int

    with pytest.raises(TypeError, match="Rumour"):
        write(Rumour(number=1), HERE)


@pytest.mark.django_db
def test_a_value_without_a_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="timedelta"):
        write(Noted(account=LEA, number=timedelta(days=1)), HERE)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="UUID"):
        write(Noted(account="Léa", number=1), HERE)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_i1_a_header_cannot_forge_a_line_nor_break_the_act() -> None:
    write(Noted(account=LEA, number=1), Origin(address="192.0.2.7", agent="a\r\nb\x00c\u2028d\ud800e" + "x" * 5000))
    agent = Event.objects.get().agent
    assert agent.startswith("a b c d ex")
    assert len(agent) == 256


@pytest.mark.django_db
def test_odd_text_in_a_fact_is_kept_exactly() -> None:
    odd = 'NUL \x00, lone \ud800, "quotes", é, 🦆, \u2028'
    write(Decided(account=LEA, actor=LEA, file=LEA, when=datetime.now(UTC), granted=True, reason=odd), HERE)
    assert Event.objects.get().said["reason"] == odd


@pytest.mark.django_db
def test_l7_history_is_one_query_newest_first_of_one_account_only(django_assert_num_queries: Any) -> None:
    note(1, 2, 3)
    note(4, account=UUID(int=8))
    note(5, account=None)
    with django_assert_num_queries(1):
        newest = history(LEA, limit=2)
    assert [row.said["number"] for row in newest] == [3, 2]
    assert [row.said["number"] for row in history(LEA, limit=2, before=newest[-1].pk)] == [1]


@pytest.mark.django_db
def test_history_follows_the_order_of_writing_not_of_committing() -> None:
    for number in (90, 30, 60):
        Event.objects.create(id=number, at=timezone.now(), name="trial.noted", account=LEA, data="{}")
    assert [row.pk for row in history(LEA)] == [90, 60, 30]


@pytest.mark.django_db
def test_history_of_one_account_reads_its_index() -> None:
    note(*range(50))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {_sql()}", [LEA.hex])
        plan = str(cursor.fetchall())
    assert "audit_event_of_account" in plan
    assert "sort" not in plan.lower(), "already in order"
    assert "TEMP B-TREE" not in plan


def _sql() -> str:
    return "SELECT * FROM audit_event WHERE account = %s ORDER BY id DESC LIMIT 50"
