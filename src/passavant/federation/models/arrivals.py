"""One return from a portal: first what waits to be confirmed, then what its session came from."""

import json
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.federation.rules.limits import ARRIVAL_LIFETIME
from passavant.federation.rules.told import Told
from passavant.foundation.values import Cipher, digest, random_token

TOKEN_PREFIX = "psv_arr_"  # noqa: S105


def cipher() -> Cipher:
    return Cipher(settings.PASSAVANT.secret_key, "federation")


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def waiting(self, now: datetime) -> Self:
        """Those nobody made anything of yet."""
        return self.filter(spent_at=None, expires_at__gt=now)

    def carried_by(self, token: str) -> "Arrival | None":
        """The one this browser is in the middle of."""
        return self.waiting(timezone.now()).filter(digest=digest(token)).first() if token else None

    def sessions_of(self, provider: str, subject: str, sid: str) -> Self:
        """Those a logout token speaks of: one session of the provider, or all of a person."""
        theirs = self.filter(provider=provider).exclude(account=None)
        if sid:
            theirs = theirs.filter(sid=sid)
        return theirs.filter(subject=subject) if subject else theirs


class Arrival(models.Model):
    """`account` is set once it opened, or was linked to, an account; what was told is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names the arrival")
    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="+", db_comment="personal: the account it opened"
    )
    digest = models.CharField(max_length=64, unique=True, db_comment="plain: SHA-256 of the browser's token")
    provider = models.CharField(max_length=30, db_comment="plain: the operator's name for the portal")
    subject = models.CharField(max_length=255, db_comment="personal: the person's number there")
    sid = models.CharField(max_length=255, blank=True, db_comment="personal: the session's name there")
    sealed = models.BinaryField(db_comment="personal: what the portal told, encrypted")
    email = models.CharField(max_length=254, blank=True, db_comment="personal: address to prove, or proved")
    email_proved = models.BooleanField(default=False, db_comment="plain: whether the address is the person's")
    wanted = models.CharField(max_length=2000, blank=True, db_comment="plain: page asked for before the trip")
    created_at = models.DateTimeField(default=timezone.now, db_comment="personal: when the person came back")
    expires_at = models.DateTimeField(db_index=True, db_comment="plain: until when it may be used")
    spent_at = models.DateTimeField(null=True, db_comment="plain: when something was made of it")

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["provider", "subject"], name="arrivals_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.provider} {self.id}"

    @classmethod
    def of(cls, provider: str, told: Told, wanted: str) -> tuple[Self, str]:
        """A new one, not stored yet, and the token that its browser keeps."""
        token = random_token(TOKEN_PREFIX)
        sealed = cipher().seal(json.dumps(told.packed()).encode())
        arrival = cls(digest=digest(token), provider=provider, subject=told.subject, sid=told.sid, sealed=sealed)
        arrival.email, arrival.wanted = told.email, wanted
        arrival.expires_at = arrival.created_at + ARRIVAL_LIFETIME
        return arrival, token

    @property
    def told(self) -> Told:
        return Told.unpacked(json.loads(cipher().open(self.sealed)))
