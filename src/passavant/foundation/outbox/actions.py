"""What rooms and the worker do with messages: post, deliver, put back, forget."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from passavant.foundation.outbox import relay
from passavant.foundation.outbox.lines import LINES
from passavant.foundation.outbox.messages import Letter, Text
from passavant.foundation.outbox.models import Channel, Figures, Outgoing, State
from passavant.foundation.outbox.rendering import cipher
from passavant.foundation.outbox.rules import CONTEXT_BYTES, E164, REPLAY
from passavant.foundation.values import Email, digest

SWEPT = 1000  # rows forgotten by one statement


class NotANumber(ValueError):
    """Not one telephone number in E.164."""


def post(message: Letter | Text) -> UUID:
    """Put a message in the outbox, in the same transaction as the change it tells of.

    Raises:
        RuntimeError: outside a transaction.
        NotAnEmail, NotANumber: not exactly one recipient.
        TypeError, ValueError: the context is not of plain values, or too long.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is posted in the same transaction as the change it tells of")
    now = timezone.now()
    channel = Channel.MAIL if isinstance(message, Letter) else Channel.SMS
    thread = digest(message.thread) if message.thread else ""  # what names it may be a secret of the room's
    if thread:
        older = Outgoing.objects.filter(channel=channel, thread=thread, state=State.WAITING)
        older.update(state=State.WITHDRAWN, settled_at=now, context=b"")
    row = Outgoing.objects.create(
        channel=channel,
        recipient=_recipient(message),
        template=message.template,
        language=message.language,
        context=_sealed(message),
        thread=thread,
        message_id=f"<{uuid4().hex}@{settings.PASSAVANT.host}>",
        posted_at=now,
        due_at=now + message.wait,
        useful_until=now + message.useful_for,
    )
    return row.id


def _recipient(message: Letter | Text) -> str:
    if isinstance(message, Letter):
        return Email.parse(message.to).address
    if not E164.fullmatch(message.to):
        raise NotANumber
    return message.to


def _sealed(message: Letter | Text) -> bytes:
    if not all(isinstance(value, str | int | float | None) for value in message.context.values()):
        raise TypeError(f"the context of {message.template} holds more than plain values")
    content = json.dumps(message.context, ensure_ascii=False, allow_nan=False).encode()
    if len(content) > CONTEXT_BYTES:
        raise ValueError(f"the context of {message.template} is longer than {CONTEXT_BYTES} bytes")
    return cipher().seal(content)


def deliver(limit: int = 20) -> int:
    """Send what is due, codes before letters; answers how many messages were taken up, 0 when nothing is due."""
    due = set(Outgoing.objects.due(timezone.now()).values_list("channel", flat=True).distinct())
    return sum(relay.run(line, limit) for line in LINES if line.channel in due)


def waiting() -> Figures:
    """How many wait, how many were given up, and since when the oldest waits."""
    return Outgoing.objects.figures()


def retry_dead(message: UUID) -> bool:
    """Put a dead letter back as if just posted; False when it is not one."""
    now = timezone.now()
    dead = Outgoing.objects.filter(pk=message, state=State.DEAD)
    return bool(dead.update(state=State.WAITING, attempts=0, due_at=now, useful_until=now + REPLAY, settled_at=None))


def sweep(before: datetime) -> int:
    """Forget a thousand at most of the messages settled before then; answers how many."""
    old = Outgoing.objects.filter(settled_at__lt=before).values("pk")[:SWEPT]
    return Outgoing.objects.filter(pk__in=old).delete()[0]
