"""Messages to post, and the outbox's rows as a test looks at them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from passavant.foundation.outbox.actions import post
from passavant.foundation.outbox.messages import Letter, Text
from passavant.foundation.outbox.models import Outgoing

LINK = "http://localhost:8000/activation/psv_lnk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG/"
CODE = "482915"


def letter(to: str = "lea@example.org", **changes: Any) -> Letter:
    return Letter(to, **{"template": "probe/mails/note", "context": {"name": "Léa", "link": LINK}, **changes})


def text(to: str = "+33639981234", **changes: Any) -> Text:
    return Text(to, **{"template": "probe/sms/code", "context": {"code": CODE}, **changes})


def posted(*messages: Letter | Text) -> list[UUID]:
    with transaction.atomic():
        return [post(message) for message in messages]


def row(message: UUID) -> Outgoing:
    return Outgoing.objects.get(pk=message)


def states() -> dict[str, int]:
    """How many rows there are in each state."""
    found = list(Outgoing.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def let_time_pass() -> None:
    """As if the next attempt's time had come, or the lease of a dead worker had ended."""
    Outgoing.objects.filter(state="waiting").update(due_at=timezone.now() - timedelta(seconds=1))


def dump() -> bytes:
    """All that the table holds, as bytes: what a stolen backup shows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outbox_outgoing")
        cells = [cell for found in cursor.fetchall() for cell in found]
    return b"\n".join(bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in cells)
