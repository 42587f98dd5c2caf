"""Three tables: what happened, the chain over it, and what waits to be chained."""

import json
from typing import Any

from django.db import models

from passavant.foundation.audit.rules import canonical


class Event(models.Model):
    """One fact. Triggers refuse UPDATE and DELETE (migration 0002)."""

    id = models.BigAutoField(primary_key=True, db_comment="plain: order of writing; a lower one may commit later")
    at = models.DateTimeField(db_comment="plain: when it happened")
    name = models.CharField(max_length=64, db_comment="plain: which fact, see docs/events.md")
    account = models.UUIDField(
        null=True, db_comment="personal: whom it is about; says nothing once the account is gone"
    )
    actor = models.TextField(blank=True, db_comment="personal: who did it, when it was somebody else or a job")
    address = models.TextField(blank=True, db_comment="personal: the network address it came from")
    agent = models.TextField(blank=True, db_comment="personal: the program it came from, as it named itself")
    request_id = models.TextField(blank=True, db_comment="plain: finds the same request in the logs")
    data = models.TextField(db_comment="personal: the fact's own fields, as canonical JSON")

    class Meta:
        indexes = (models.Index(fields=("account", "-id"), name="audit_event_of_account"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.name}"

    @property
    def said(self) -> dict[str, Any]:
        """The fact's own fields: text, numbers, truth values, null."""
        said: dict[str, Any] = json.loads(self.data)
        return said

    def content(self, *, under: int | None = None) -> bytes:
        """The canonical bytes that are sealed; `under` another id, to recognise a row that was moved."""
        values = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        return canonical(values | {"id": under or self.pk}).encode()


class Seal(models.Model):
    """One link of the chain. Triggers refuse UPDATE and DELETE (migration 0002)."""

    position = models.BigIntegerField(primary_key=True, db_comment="plain: from 1, without a gap")
    event_id = models.BigIntegerField(unique=True, db_comment="plain: the event sealed here")
    digest = models.CharField(max_length=64, db_comment="plain: SHA-256 of the former digest and of the event's bytes")

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"


class Waiting(models.Model):
    """An event not sealed yet. A trigger fills this list, so that a late commit under a low id is never missed."""

    event_id = models.BigIntegerField(primary_key=True, db_comment="plain: the event to seal")

    def __str__(self) -> str:
        return str(self.event_id)
