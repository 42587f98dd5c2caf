from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from passavant.foundation.onetime.rules import State, state_at

OPEN = Q(spent_at=None, superseded_at=None)


class Tickets(models.QuerySet["Ticket"]):
    def open(self) -> Self:
        """Neither spent nor replaced; perhaps out of date."""
        return self.filter(OPEN)

    def live(self, now: datetime) -> Self:
        return self.open().filter(expires_at__gt=now)

    def awaited(self, purpose: str, subject: str) -> Self:
        return self.filter(purpose=purpose, subject=subject)


class Ticket(models.Model):
    """A link (`tries_left` is None) or a code given once, to one subject, for one purpose."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names the ticket")
    purpose = models.CharField(max_length=32, db_comment="plain: what it allows")
    subject = models.CharField(max_length=64, db_comment="personal: key of the account or the session it is for")
    digest = models.CharField(
        max_length=64, db_comment="plain: SHA-256 of the link, or keyed HMAC of the code; never the secret"
    )
    note = models.JSONField(default=dict, db_comment="personal: what the act will need, such as a new address")
    tries_left = models.PositiveSmallIntegerField(null=True, db_comment="plain: comparisons a code still allows")
    created_at = models.DateTimeField(db_comment="plain: when given")
    expires_at = models.DateTimeField(db_comment="plain: when it stops working")
    spent_at = models.DateTimeField(null=True, db_comment="plain: when it served")
    superseded_at = models.DateTimeField(null=True, db_comment="plain: when it was replaced or voided")

    objects = Tickets.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["digest"], name="onetime_one_digest"),
            models.UniqueConstraint(fields=["subject", "purpose"], condition=OPEN, name="onetime_one_open_ticket"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="onetime_lives_a_while"),
            models.CheckConstraint(
                condition=Q(spent_at=None) | Q(superseded_at=None), name="onetime_spent_or_superseded"
            ),
        )
        indexes = (
            models.Index(fields=["subject", "purpose", "-created_at"], name="onetime_newest"),
            models.Index(fields=["expires_at"], name="onetime_expires_at"),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

    def state(self, now: datetime | None = None) -> State:
        return state_at(
            now or timezone.now(),
            expires_at=self.expires_at,
            spent_at=self.spent_at,
            superseded_at=self.superseded_at,
        )

    def newest(self) -> "Ticket":
        """The last ticket given to this subject for this purpose: what replaced this one, or itself."""
        return type(self).objects.awaited(self.purpose, self.subject).latest("created_at")
