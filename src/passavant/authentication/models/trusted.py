"""Browsers in which a person is asked no code for a while. Only digests are kept: the table alone opens nothing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from passavant.accounts.models import Account
from passavant.foundation.values import digest


class TrustedQuerySet(models.QuerySet["TrustedDevice"]):
    def of(self, account: Account) -> Self:
        return self.filter(account=account)

    def alive(self, account: Account, now: datetime) -> Self:
        """Those that still count, the newest first."""
        alive = self.of(account).filter(epoch=account.security_epoch, expires_at__gt=now)
        return alive.order_by("-created_at")

    def use(self, account: Account, tokens: Iterable[str], levels: Iterable[str], now: datetime) -> bool:
        """Whether one of these tokens is a browser trusted at one of these levels; noted. One statement."""
        known = self.alive(account, now).order_by().filter(digest__in=map(digest, tokens), level__in=levels)
        return known.update(last_used_at=now) > 0

    def over(self, now: datetime) -> Self:
        """Past their time, or of an older epoch."""
        return self.filter(Q(expires_at__lte=now) | Q(epoch__lt=F("account__security_epoch")))


class TrustedDevice(models.Model):
    """One browser of a person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names it to its owner")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: who trusts this browser"
    )
    digest = models.CharField(max_length=64, unique=True, db_comment="plain: SHA-256 of the cookie's token")
    epoch = models.PositiveIntegerField(db_comment="plain: the account's security epoch when it was trusted")
    level = models.CharField(max_length=12, db_comment="plain: security level reached when it was trusted")
    created_at = models.DateTimeField(db_comment="personal: when it was trusted")
    expires_at = models.DateTimeField(db_index=True, db_comment="plain: until when")
    agent = models.CharField(max_length=200, blank=True, db_comment="personal: browser")
    last_used_at = models.DateTimeField(null=True, db_comment="personal: last sign-in without a code")

    objects = TrustedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"trusted device {self.id}"
