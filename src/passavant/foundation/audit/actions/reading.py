"""What the trail says of one person, and what the database's role could do to the trail."""

from uuid import UUID

from django.db import connection

from passavant.foundation.audit.models import Event, Seal

CHANGES = ("UPDATE", "DELETE", "TRUNCATE")


def history(account: UUID, limit: int = 50, before: int | None = None) -> list[Event]:
    """The account's events, newest first, in one query; `before` is the id of the last one of the former page."""
    events = Event.objects.filter(account=account).order_by("-id")
    return list((events.filter(id__lt=before) if before else events)[:limit])


def append_only() -> list[str]:
    """What the current PostgreSQL role may still do to the trail ("UPDATE audit_event"); [] is what production wants.

    SQLite has no roles: its file belongs to whoever reads it.
    """
    if connection.vendor != "postgresql":
        return []
    asked = [(change, table._meta.db_table) for table in (Event, Seal) for change in CHANGES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT change || ' ' || place FROM unnest(%s::text[], %s::text[]) AS held (change, place)"
            " WHERE has_table_privilege(current_user, place, change)",
            [[change for change, _ in asked], [place for _, place in asked]],
        )
        return [row[0] for row in cursor.fetchall()]
