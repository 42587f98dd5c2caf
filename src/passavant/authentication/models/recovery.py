"""Recovery codes: their keyed digests. The codes themselves were shown once and are nowhere."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.rules.recovery import plain
from passavant.foundation.values import keyed_digest


def digests(account: Account, code: str) -> list[str]:
    """Of what was typed, under each key of the ring, newest first."""
    text = f"recovery|{account.pk}|{plain(code)}"
    return [keyed_digest(key, text) for key in settings.PASSAVANT.secret_key]


class RecoveryQuerySet(models.QuerySet["RecoveryCode"]):
    def left(self, account: Account) -> Self:
        return self.filter(account=account, used_at=None)

    def spend(self, account: Account, code: str, now: datetime) -> bool:
        """Whether this was a code, and unused: of any number of requests at once, one is told True (E12)."""
        return self.left(account).filter(digest__in=digests(account, code)).update(used_at=now) == 1

    def replace(self, account: Account, codes: list[str]) -> None:
        """These codes, and no other of the account. In the caller's transaction."""
        self.filter(account=account).delete()
        self.bulk_create(RecoveryCode(account=account, digest=digests(account, code)[0]) for code in codes)


class RecoveryCode(models.Model):
    """One code of a set."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: number")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: whose code this is"
    )
    digest = models.CharField(max_length=64, unique=True, db_comment="personal: HMAC of the code")
    created_at = models.DateTimeField(default=timezone.now, db_comment="personal: when it was shown")
    used_at = models.DateTimeField(null=True, db_comment="personal: when it served")

    objects = RecoveryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"recovery code {self.id}"
