"""`flush` empties every table on purpose. On SQLite it does so by DELETE, which the audit trail's triggers refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from passavant.foundation.audit.actions.sealing import anchor_file

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit!_%' ESCAPE '!'"


class Command(flush.Command):
    """Django's own, with the triggers lifted meanwhile and the anchor of the chain forgotten with it."""

    def handle(self, **options: Any) -> None:
        with _without_triggers(connections[options["database"]]):
            super().handle(**options)
        anchor_file().unlink(missing_ok=True)


@contextmanager
def _without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        triggers = cursor.execute(TRIGGERS).fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)
