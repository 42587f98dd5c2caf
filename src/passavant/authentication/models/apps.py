"""Authenticator apps. The secret is sealed: the table alone opens nothing (E13, K12)."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.rules import totp
from passavant.foundation.values import Cipher, digest

SEAL = 12  # hexadecimal characters that name a key of the ring


def cipher() -> Cipher:
    return Cipher(settings.PASSAVANT.secret_key, purpose="totp")


def seal_name() -> str:
    """Names the key that seals now, and tells nothing of it."""
    return digest(f"totp|{settings.PASSAVANT.secret_key[0]}")[:SEAL]


class AppQuerySet(models.QuerySet["AppFactor"]):
    def of(self, account: Account) -> Self:
        return self.filter(account=account)

    def matching(self, account: Account, typed: str, now: datetime) -> "tuple[AppFactor, int] | None":
        """The app that shows this code now, and the period it is for. One query, whatever the number of apps."""
        shown = ((app, totp.matched(app.opened(), typed, now)) for app in self.of(account))
        return next(((app, step) for app, step in shown if step is not None), None)

    def spend(self, app: "AppFactor", step: int, now: datetime) -> bool:
        """Whether the code of this period had not served: of any number of requests at once, one is told True (E1)."""
        return self.filter(pk=app.pk, last_step__lt=step).update(last_step=step, last_used_at=now) == 1

    def sealed_before(self) -> Self:
        """Under a key that is no longer the newest."""
        return self.exclude(seal=seal_name()).order_by("pk")


class AppFactor(models.Model):
    """An app on somebody's telephone, proved by a code before it was written here (E14)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names it to its owner")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: whose app this is"
    )
    name = models.CharField(max_length=60, db_comment="personal: how its owner calls it")
    secret = models.BinaryField(db_comment="personal: shared with the app, sealed; never shown again")
    seal = models.CharField(max_length=SEAL, db_comment="plain: name of the key that sealed the secret")
    last_step = models.BigIntegerField(db_comment="plain: period of the last code accepted; older ones are dead")
    created_at = models.DateTimeField(default=timezone.now, db_comment="personal: when it was added")
    last_used_at = models.DateTimeField(null=True, db_comment="personal: last sign-in with it")

    objects = AppQuerySet.as_manager()

    def __str__(self) -> str:
        return f"app {self.id}"

    def opened(self) -> bytes:
        """The secret.

        Raises:
            CannotOpen: the key that sealed it is gone.
        """
        return cipher().open(self.secret)

    def close(self, secret: bytes) -> Self:
        """Hold this secret, under the newest key."""
        self.secret, self.seal = cipher().seal(secret), seal_name()
        return self
