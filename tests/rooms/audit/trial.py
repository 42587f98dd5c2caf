"""A fact of these tests, and the hand of somebody who owns the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from passavant.foundation.audit.actions import write
from passavant.foundation.audit.events import event
from passavant.foundation.values import Origin

LEA = UUID(int=7)
HERE = Origin(address="192.0.2.7", agent="Firefox", request_id="r-1")


@event("trial.noted")
class Noted:
    """Something happened in a test."""

    account: UUID | None
    number: int


def note(*numbers: int, account: UUID | None = LEA) -> None:
    """Write a fact for each number, in one transaction."""
    with transaction.atomic():
        for number in numbers:
            write(Noted(account=account, number=number), HERE)


@contextmanager
def owning_the_database() -> Iterator[Any]:
    """A cursor that no trigger stops, as the owner of the tables has it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield cursor
            cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield cursor
            for _, sql in triggers:
                cursor.execute(sql)
