"""The chain is forged afterwards, by one worker at a time, and its head is told outside."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.utils import timezone

from passavant.foundation.audit.actions import kept_anchor, seal, verify
from passavant.foundation.audit.actions.sealing import LOCK
from passavant.foundation.audit.models import Event, Seal, Waiting
from passavant.foundation.audit.rules import Anchor
from tests.rooms.audit.trial import note


@pytest.mark.django_db
def test_each_seal_holds_the_one_before_and_the_event() -> None:
    note(1, 2)
    assert seal() == 2
    first, second = Seal.objects.order_by("position")
    one, two = Event.objects.order_by("id")
    assert (first.position, first.event_id, second.position, second.event_id) == (1, one.pk, 2, two.pk)
    assert first.digest == sha256(bytes(32) + one.content()).hexdigest()
    assert second.digest == sha256(bytes.fromhex(first.digest) + two.content()).hexdigest()


@pytest.mark.django_db
def test_the_sealed_bytes_are_all_that_was_written() -> None:
    note(1)
    event = Event.objects.get()
    assert json.loads(event.content()) == {
        "id": event.pk,
        "at": event.at.isoformat(timespec="microseconds"),
        "name": "trial.noted",
        "account": "00000000-0000-0000-0000-000000000007",
        "actor": "",
        "address": "192.0.2.7",
        "agent": "Firefox",
        "request_id": "r-1",
        "data": '{"number":1}',
    }


@pytest.mark.django_db
def test_batches_are_bounded_and_nothing_is_sealed_twice() -> None:
    note(*range(5))
    assert [seal(limit=2), seal(limit=2), seal(limit=2), seal(limit=2)] == [2, 2, 1, 0]
    assert Seal.objects.count() == 5
    assert not Waiting.objects.exists()


@pytest.mark.django_db
def test_a_batch_costs_the_same_few_queries_whatever_its_size(django_assert_max_num_queries: Any) -> None:
    note(*range(300))
    with django_assert_max_num_queries(10):
        assert seal() == 300
    with django_assert_max_num_queries(1):
        assert seal() == 0


@pytest.mark.django_db
def test_an_event_that_committed_late_under_a_lower_id_is_sealed_late() -> None:
    for number in (90, 30, 60):
        Event.objects.create(id=number, at=timezone.now(), name="trial.noted", data="{}")
        seal()
    assert list(Seal.objects.order_by("position").values_list("event_id", flat=True)) == [90, 30, 60]
    assert verify().sound


@contextmanager
def connection_of_one_s_own() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def writes(count: int) -> None:
    with connection_of_one_s_own():
        for number in range(count):
            note(number)


def seals(until: threading.Event) -> int:
    with connection_of_one_s_own():
        count = 0
        while not until.is_set() or Waiting.objects.exists():
            count += seal(limit=7)
        return count


@pytest.mark.django_db(transaction=True)
def test_l3_four_writers_and_two_sealers_leave_one_sound_chain() -> None:
    written = threading.Event()
    with ThreadPoolExecutor(6) as pool:
        sealers = [pool.submit(seals, written) for _ in range(2)]
        writers = [pool.submit(writes, 25) for _ in range(4)]
        try:
            for writer in writers:
                writer.result(60)
        finally:
            written.set()
        assert sum(sealer.result(60) for sealer in sealers) == 100
    assert Seal.objects.count() == 100
    verdict = verify()
    assert verdict.sound, verdict
    assert verdict.sealed == 100


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_seals_the_other_does_not() -> None:
    note(1)

    def other() -> object:
        with connection_of_one_s_own():
            if connection.vendor == "sqlite":
                connection.cursor().execute("PRAGMA busy_timeout = 50")
            try:
                return seal()
            except OperationalError as busy:  # SQLite has no lock one may merely try
                return str(busy)

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        if connection.vendor == "postgresql":
            connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert pool.submit(other).result(60) in (0, "database is locked")
    assert not Seal.objects.exists()
    assert seal() == 1


@pytest.mark.django_db(transaction=True)
def test_the_head_is_told_outside_once_committed(var: Path) -> None:
    assert kept_anchor() is None
    with transaction.atomic():
        note(1, 2)
        seal()
        assert kept_anchor() is None, "not before the commit"
    assert kept_anchor() == Anchor(2, Seal.objects.get(position=2).digest)
    assert [path.name for path in var.iterdir()] == ["audit.anchor"], "no draft is left behind"


@pytest.mark.django_db(transaction=True)
def test_a_head_that_was_rolled_back_is_not_told() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note(1)
        seal()
        raise ZeroDivisionError
    assert kept_anchor() is None


@pytest.mark.parametrize("position", [2, 50], ids=["the chain grew beyond it", "the chain is shorter"])
@pytest.mark.django_db(transaction=True)
def test_l2_the_anchor_that_shows_a_cut_is_never_overwritten(var: Path, position: int) -> None:
    note(1, 2)
    seal()
    evidence = json.dumps({"position": position, "digest": "0" * 64})
    (var / "audit.anchor").write_text(evidence)
    note(3)
    assert seal() == 1, "sealing goes on"
    assert (var / "audit.anchor").read_text() == evidence


@pytest.mark.django_db(transaction=True)
def test_an_anchor_that_cannot_be_read_stops_the_job_loudly(var: Path) -> None:
    (var / "audit.anchor").write_text('{"position": 3}')
    note(1)
    with pytest.raises(ValueError, match="not an anchor"):
        seal()
