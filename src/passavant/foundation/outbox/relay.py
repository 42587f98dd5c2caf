"""One batch of one channel: claimed in a transaction, carried outside of any, settled one by one."""

import time
from collections.abc import Sequence
from typing import Any, assert_never

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.foundation.outbox.carriers.outcomes import Carrier, Down, Later, Outcome, Refused, Sent
from passavant.foundation.outbox.lines import Line
from passavant.foundation.outbox.models import Channel, Outgoing, State
from passavant.foundation.outbox.rendering import Unfit, Unready
from passavant.foundation.outbox.rules import BATCH, LEASE, OUTAGE_PAUSE, NotGsm7, backoff, tellable

log = structlog.get_logger("passavant.outbox")


def run(line: Line[Any], limit: int) -> int:
    """Carry at most `limit` messages; answers how many were taken up."""
    claimed = claim(line.channel, limit)
    rows = [row for row in claimed if not _buried(row)]
    try:
        carrier = line.carrier()
    except Unready as error:
        _hold(line.channel, rows, str(error))
        return len(claimed)
    try:
        _carry_all(rows, line, carrier)
    finally:
        carrier.close()
    return len(claimed)


def claim(channel: Channel, limit: int) -> list[Outgoing]:
    """Take what is due by pushing `due_at` past a lease: should this process die, the rows come back by themselves.

    PostgreSQL skips the rows another worker is claiming; SQLite's transactions are IMMEDIATE, one at a time.
    """
    with transaction.atomic():
        now = timezone.now()
        due = Outgoing.objects.due(now).filter(channel=channel).order_by("due_at", "posted_at")
        rows = list(due.select_for_update(skip_locked=True)[:limit])
        taken = Outgoing.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(due_at=now + LEASE, attempts=F("attempts") + 1)
    for row in rows:
        row.attempts += 1
    return rows


def _buried(row: Outgoing) -> bool:
    """A code or a link that no longer works is not sent."""
    if row.useful_until > timezone.now():
        return False
    settle(row, Refused(f"too late; last failure: {row.reason or 'none'}"))
    return True


def _carry_all(rows: Sequence[Outgoing], line: Line[Any], carrier: Carrier[Any]) -> None:
    end = time.monotonic() + BATCH.total_seconds()
    for place, row in enumerate(rows):
        if place and time.monotonic() > end:
            Outgoing.objects.give_back([row.pk for row in rows[place:]], timezone.now())
            return
        outcome = attempt(row, line, carrier)
        if isinstance(outcome, Down):
            _hold(line.channel, rows[place:], outcome.reason)
            return
        settle(row, outcome)


def attempt(row: Outgoing, line: Line[Any], carrier: Carrier[Any]) -> Outcome:
    """Render and carry one message. Whatever goes wrong with it is its own outcome, never its neighbours'."""
    try:
        message = line.render(row, timezone.now())
    except Unready as error:
        return Down(str(error))
    except (Unfit, NotGsm7) as error:
        return Refused(f"rendering: {type(error).__name__} {error}")
    except Exception as error:  # what an unknown error says may quote the content: only its name is kept
        return Refused(f"rendering: {type(error).__name__}")
    try:
        return carrier.carry(message)
    except Exception as error:
        return Later(f"carrying: {type(error).__name__}")


def settle(row: Outgoing, outcome: Sent | Later | Refused) -> None:
    """Write the outcome down. A worker that outlived its lease cannot undo what the next one did."""
    now, reason = timezone.now(), tellable(outcome.reason)
    mine = Outgoing.objects.filter(pk=row.pk, state=State.WAITING, attempts=row.attempts)
    match outcome:
        case Sent():
            sent = Outgoing.objects.filter(pk=row.pk).exclude(state=State.SENT)
            sent.update(state=State.SENT, settled_at=now, context=b"", reason="")
        case Later() if (again := now + backoff(row.attempts)) < row.useful_until:
            mine.update(due_at=again, reason=reason)
        case Later() | Refused():
            mine.update(state=State.DEAD, settled_at=now, reason=reason)
        case _:
            assert_never(outcome)
    _tell(row, type(outcome).__name__, reason)


def _hold(channel: Channel, rows: Sequence[Outgoing], reason: str) -> None:
    """The carrier is out: give the rows back, and let everything due on that channel wait a little."""
    now = timezone.now()
    again, told = now + OUTAGE_PAUSE, tellable(reason)
    Outgoing.objects.give_back([row.pk for row in rows], again, reason=told)
    Outgoing.objects.due(now).filter(channel=channel).update(due_at=again)
    for row in rows[:1]:
        _tell(row, "Down", told)


def _tell(row: Outgoing, outcome: str, reason: str) -> None:
    waited = (timezone.now() - row.posted_at).total_seconds()
    tell = log.info if outcome == "Sent" else log.warning
    tell(
        "message",
        outcome=outcome.lower(),
        id=str(row.pk),
        channel=row.channel,
        template=row.template,
        attempt=row.attempts,
        seconds=round(waited, 1),
        **({"reason": reason} if reason else {}),
    )
