"""The messages that must leave, those that left, and those that never will."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Count, F, Min, Q
from django.utils import timezone


class Channel(models.TextChoices):
    SMS = "sms"
    MAIL = "mail"


class State(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Figures:
    """How the outbox stands. `oldest_seconds` since posting, `late_seconds` since a worker should have come."""

    waiting: int
    dead: int
    oldest_seconds: float
    late_seconds: float


class OutgoingSet(models.QuerySet["Outgoing"]):
    def due(self, now: datetime) -> "OutgoingSet":
        """What a worker may take; a row taken by another one is due again only after its lease."""
        return self.filter(state=State.WAITING, due_at__lte=now)

    def give_back(self, ids: Iterable[UUID], due_at: datetime, **changes: str) -> int:
        """Rows claimed and not tried: the claim does not count as an attempt."""
        mine = self.filter(pk__in=ids, state=State.WAITING, attempts__gt=0)
        return mine.update(due_at=due_at, attempts=F("attempts") - 1, **changes)

    def figures(self) -> Figures:
        now = timezone.now()
        waiting = Q(state=State.WAITING)
        told = self.filter(state__in=[State.WAITING, State.DEAD]).aggregate(
            waiting=Count("pk", filter=waiting),
            dead=Count("pk", filter=Q(state=State.DEAD)),
            oldest=Min("posted_at", filter=waiting),
            due=Min("due_at", filter=waiting),
        )
        return Figures(told["waiting"], told["dead"], _seconds(told["oldest"], now), _seconds(told["due"], now))


def _seconds(since: datetime | None, now: datetime) -> float:
    return max((now - since) / timedelta(seconds=1), 0.0) if since else 0.0


class Outgoing(models.Model):
    """One message. Its content is sealed, and wiped once sent; what it was rendered from stays in the code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names it in the logs")
    channel = models.CharField(max_length=4, choices=Channel.choices, db_comment="plain: mail or sms")
    recipient = models.CharField(max_length=254, db_comment="personal: address or number; forgotten with the row")
    template = models.CharField(max_length=100, db_comment="plain: which message it is")
    language = models.CharField(max_length=8, db_comment="plain: the language it is written in")
    context = models.BinaryField(db_comment="personal: what fills the template, sealed; emptied once sent")
    thread = models.CharField(max_length=64, blank=True, db_comment="plain: digest; a newer one withdraws it")
    message_id = models.CharField(max_length=255, db_comment="plain: drawn at posting, the same at each attempt")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING, db_comment="plain: its fate")
    attempts = models.PositiveSmallIntegerField(default=0, db_comment="plain: claims by a worker, this one included")
    reason = models.CharField(max_length=200, blank=True, db_comment="plain: last failure, addresses and figures out")
    posted_at = models.DateTimeField(default=timezone.now, db_comment="plain: when the change it tells of was made")
    due_at = models.DateTimeField(default=timezone.now, db_comment="plain: next attempt, or end of a worker's lease")
    useful_until = models.DateTimeField(db_comment="plain: not sent after this")
    settled_at = models.DateTimeField(null=True, db_comment="plain: when it was sent, given up or withdrawn")

    objects = OutgoingSet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["state", "channel", "due_at"], name="outbox_due"),)

    def __str__(self) -> str:
        return f"{self.channel} {self.template} {self.id}"
