"""A lower level, asked and not in force yet: whoever holds an address of the account has the time to refuse."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models

from passavant.accounts.models import Account


class LoweringQuerySet(models.QuerySet["Lowering"]):
    def due(self, now: datetime) -> Self:
        return self.filter(effective_at__lte=now).order_by("effective_at")


class Lowering(models.Model):
    """At most one an account."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: number")
    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="lowering", db_comment="personal: whose level this is"
    )
    level = models.CharField(max_length=12, db_comment="plain: the level asked")
    asked_at = models.DateTimeField(db_comment="personal: when it was asked")
    effective_at = models.DateTimeField(db_index=True, db_comment="plain: when it takes effect")

    objects = LoweringQuerySet.as_manager()

    def __str__(self) -> str:
        return f"lowering {self.id}"
