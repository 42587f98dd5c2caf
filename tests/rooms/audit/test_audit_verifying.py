"""L2: whoever owns the database may change it, but not unnoticed."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from passavant.foundation.audit.actions import seal, verify
from passavant.foundation.audit.actions.chain import PAGE
from passavant.foundation.audit.models import Event, Seal, Waiting
from passavant.foundation.audit.rules import Anchor
from tests.rooms.audit.trial import note, owning_the_database

Act = Callable[[Any], object]


@pytest.fixture
def ids(db: None) -> list[int]:
    """Ten sealed events; the ids, by position."""
    note(*range(10))
    seal()
    return [0, *Event.objects.order_by("id").values_list("id", flat=True)]


def tamper(*statements: str) -> None:
    with owning_the_database() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_untouched_trail_is_sound(ids: list[int]) -> None:
    note(11)
    verdict = verify()
    assert verdict.sound
    assert str(verdict) == "The audit trail is sound: 10 events sealed, 1 waiting to be; no anchor is kept yet."


@pytest.mark.django_db
def test_an_empty_trail_is_sound() -> None:
    assert verify().sound


@pytest.mark.parametrize(
    "change",
    [
        "at = '2020-01-01 00:00:00+00:00'",
        "name = 'trial.forged'",
        "account = NULL",
        "actor = 'somebody'",
        "address = ''",
        "agent = 'Chrome'",
        "request_id = 'r-2'",
        "data = '{}'",
    ],
)
def test_l2_an_altered_column_is_named(ids: list[int], change: str) -> None:
    tamper(f"UPDATE audit_event SET {change} WHERE id = {ids[4]}")
    verdict = verify()
    assert (verdict.broken.kind, verdict.broken.position, verdict.broken.event) == ("altered", 4, ids[4])
    assert str(verdict) == (
        f"The audit trail is BROKEN at position 4, event {ids[4]}: altered (an event or its seal is not what was "
        "written). 3 events before are right."
    )


@pytest.mark.django_db
def test_l2_a_change_beyond_the_first_page_is_named() -> None:
    note(*range(PAGE + 20))
    while seal():
        ...
    last = Seal.objects.get(position=PAGE + 7)
    assert verify().sound
    tamper(f"UPDATE audit_event SET agent = 'x' WHERE id = {last.event_id}")
    assert (verify().broken.position, verify().broken.event) == (PAGE + 7, last.event_id)


def test_l2_an_altered_seal_is_named(ids: list[int]) -> None:
    tamper(f"UPDATE audit_seal SET digest = '{'a' * 64}' WHERE position = 4")
    assert (verify().broken.kind, verify().broken.position) == ("altered", 4)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_event WHERE id = {0[4]}",
        "DELETE FROM audit_seal WHERE position = 4",
        "DELETE FROM audit_seal WHERE position IN (4, 5, 9)",
        "DELETE FROM audit_event WHERE id BETWEEN {0[4]} AND {0[6]}",
    ],
)
def test_l2_a_removed_row_is_named(ids: list[int], statement: str) -> None:
    tamper(statement.format(ids))
    assert (verify().broken.kind, verify().broken.position) == ("missing", 4)


def test_l2_the_beginning_removed_is_named(ids: list[int]) -> None:
    tamper("DELETE FROM audit_seal WHERE position < 4", f"DELETE FROM audit_event WHERE id < {ids[4]}")
    assert (verify().broken.kind, verify().broken.position) == ("missing", 1)


@pytest.mark.parametrize(
    "statements",
    [
        (
            "UPDATE audit_seal SET position = 99 WHERE position = 4",
            "UPDATE audit_seal SET position = 4 WHERE position = 7",
            "UPDATE audit_seal SET position = 7 WHERE position = 99",
        ),
        (
            "UPDATE audit_seal SET event_id = -1 WHERE position = 4",
            "UPDATE audit_seal SET event_id = {0[4]} WHERE position = 7",
            "UPDATE audit_seal SET event_id = {0[7]} WHERE position = 4",
        ),
        (
            "UPDATE audit_event SET id = -1 WHERE id = {0[4]}",
            "UPDATE audit_event SET id = {0[4]} WHERE id = {0[7]}",
            "UPDATE audit_event SET id = {0[7]} WHERE id = -1",
        ),
        ("UPDATE audit_seal SET position = 99 WHERE position = 4",),
    ],
)
def test_l2_reordered_rows_are_named(ids: list[int], statements: tuple[str, ...]) -> None:
    tamper(*(statement.format(ids) for statement in statements))
    assert (verify().broken.kind, verify().broken.position) == ("reordered", 4)


def forged(position: int, event: int, digest: str = "b" * 64) -> str:
    return f"INSERT INTO audit_seal (position, event_id, digest) VALUES ({position}, {event}, '{digest}')"


ROOM_AT_5 = (
    "UPDATE audit_seal SET position = position + 1000 WHERE position >= 5",
    "UPDATE audit_seal SET position = position - 999 WHERE position >= 1000",
)


def test_l2_an_inserted_seal_is_named(ids: list[int]) -> None:
    tamper(*ROOM_AT_5, forged(5, 77_000))
    assert (verify().broken.kind, verify().broken.position) == ("inserted", 5)


def test_l2_an_inserted_seal_that_continues_the_chain_is_named(ids: list[int]) -> None:
    lie = Event(id=77_000, at=timezone.now(), name="trial.forged", data="{}")
    before = Seal.objects.get(position=4).digest
    tamper(
        *ROOM_AT_5, forged(5, lie.pk, sha256(bytes.fromhex(before) + lie.content()).hexdigest()), inserted_event(lie)
    )
    assert (verify().broken.kind, verify().broken.position) == ("inserted", 5)


def test_l2_a_seal_before_the_first_is_named(ids: list[int]) -> None:
    tamper(forged(0, 77_000))
    assert (verify().broken.kind, verify().broken.position) == ("inserted", 0)


def inserted_event(event: Event) -> str:
    return (
        "INSERT INTO audit_event (id, at, name, account, actor, address, agent, request_id, data) VALUES "
        f"({event.pk}, '{event.at:%Y-%m-%d %H:%M:%S.%f}+00:00', '{event.name}', NULL, '', '', '', '', '{event.data}')"
    )


def test_l2_an_event_slipped_in_unsealed_is_named(ids: list[int]) -> None:
    Event.objects.create(id=ids[10] + 50, at=timezone.now(), name="trial.noted", data="{}")
    seal()
    tamper(inserted_event(Event(id=ids[10] + 20, at=timezone.now(), name="trial.forged", data="{}")))
    assert (verify().broken.kind, verify().broken.event) == ("inserted", ids[10] + 20)


def test_l2_an_old_event_that_appears_too_late_is_named_and_a_fresh_one_may_wait(ids: list[int]) -> None:
    Event.objects.create(id=ids[10] + 50, at=timezone.now(), name="trial.noted", data="{}")
    seal()
    Event.objects.create(id=ids[10] + 10, at=timezone.now(), name="trial.noted", data="{}")
    assert verify().sound, "a transaction that ended a moment ago"
    Event.objects.create(id=ids[10] + 20, at=timezone.now() - timedelta(days=3), name="trial.forged", data="{}")
    assert (verify().broken.kind, verify().broken.event) == ("inserted", ids[10] + 20)


def test_l2_an_event_removed_before_it_was_sealed_is_named(ids: list[int]) -> None:
    note(11)
    waiting = Waiting.objects.get().event_id
    tamper(f"DELETE FROM audit_event WHERE id = {waiting}")
    assert seal() == 0
    assert (verify().broken.kind, verify().broken.event) == ("missing", waiting)


def test_l2_a_cut_tail_of_seals_shows_without_an_anchor(ids: list[int]) -> None:
    tamper("DELETE FROM audit_seal WHERE position > 7")
    assert (verify().broken.kind, verify().broken.event) == ("truncated", ids[8])


def test_l2_a_tail_cut_from_both_tables_is_caught_by_the_anchor(ids: list[int]) -> None:
    anchor = Anchor(10, Seal.objects.get(position=10).digest)
    tamper("DELETE FROM audit_seal WHERE position > 7", f"DELETE FROM audit_event WHERE id > {ids[7]}")
    assert verify().sound, "the database alone cannot tell"
    assert (verify(anchor).broken.kind, verify(anchor).broken.position) == ("truncated", 8)


def test_l2_a_chain_forged_anew_is_caught_by_the_anchor(ids: list[int]) -> None:
    anchor = Anchor(6, Seal.objects.get(position=6).digest)
    assert verify(anchor).sound
    tamper(
        f"UPDATE audit_event SET agent = 'x' WHERE id = {ids[2]}",
        "DELETE FROM audit_seal",
        "INSERT INTO audit_waiting (event_id) SELECT id FROM audit_event",
    )
    assert seal() == 10
    assert verify().sound
    assert (verify(anchor).broken.kind, verify(anchor).broken.position) == ("altered", 6)


@pytest.mark.django_db(transaction=True)
def test_l2_the_kept_anchor_is_the_one_compared_with(var: Path) -> None:
    note(1, 2)
    seal()
    assert "the anchor at position 2 agrees" in str(verify())
    (var / "audit.anchor").write_text('{"position": 3, "digest": "00"}')
    assert (verify().broken.kind, verify().broken.position) == ("truncated", 3)
