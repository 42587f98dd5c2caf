"""L2: the database itself refuses to change the past."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from passavant.foundation.audit.actions import append_only, seal
from passavant.foundation.audit.models import Event, Seal, Waiting
from tests.rooms.audit.trial import note

CHANGES = [
    "UPDATE audit_event SET agent = 'x'",
    "DELETE FROM audit_event",
    "UPDATE audit_seal SET digest = 'x'",
    "DELETE FROM audit_seal",
]
REPLACEMENTS = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
        "INSERT OR REPLACE INTO audit_seal SELECT position, event_id, 'x' FROM audit_seal",
        "INSERT OR REPLACE INTO audit_seal SELECT 99, event_id, 'x' FROM audit_seal",
    ],
    "postgresql": [
        "INSERT INTO audit_event SELECT * FROM audit_event ON CONFLICT (id) DO UPDATE SET agent = 'x'",
        "INSERT INTO audit_seal SELECT * FROM audit_seal ON CONFLICT (position) DO UPDATE SET digest = 'x'",
    ],
}


def content() -> list[object]:
    return [*Event.objects.values_list().order_by("id"), *Seal.objects.values_list().order_by("position")]


@pytest.mark.django_db
def test_l2_nobody_updates_or_deletes() -> None:
    note(1, 2)
    seal()
    before = content()
    for statement in (*CHANGES, *REPLACEMENTS[connection.vendor]):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert content() == before


@pytest.mark.django_db
def test_l2_the_orm_does_not_either() -> None:
    note(1)
    event = Event.objects.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()


@pytest.mark.django_db(transaction=True)
def test_flush_empties_on_purpose_and_the_triggers_stand_again(var: Path) -> None:
    note(1)
    seal()
    note(2)
    assert (var / "audit.anchor").exists()
    call_command("flush", interactive=False, verbosity=0)
    assert content() == []
    assert not Waiting.objects.exists()
    assert not (var / "audit.anchor").exists()
    note(1)
    assert Waiting.objects.count() == 1, "the list is filled again"
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.all().delete()


@pytest.fixture
def role() -> Iterator[str | None]:
    """On PostgreSQL, the session as the role of docs/operate."""
    if connection.vendor != "postgresql":
        yield None
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE audit_trial")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO audit_trial")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO audit_trial")
        cursor.execute("SET LOCAL ROLE audit_trial")
    yield "audit_trial"


@pytest.mark.django_db
def test_l2_what_the_role_still_holds_is_told(role: str | None) -> None:
    held = {
        "sqlite": [],
        "postgresql": [f"{act} {table}" for table in ("audit_event", "audit_seal") for act in ("UPDATE", "DELETE")],
    }
    assert append_only() == held[connection.vendor]


@pytest.mark.django_db
def test_l2_the_role_of_the_operators_page_holds_nothing_and_works(role: str | None) -> None:
    if role:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_event, audit_seal FROM {role}")
            cursor.execute(f"SET LOCAL ROLE {role}")
    assert append_only() == []
    note(1, 2)
    assert seal() == 2
    for statement in CHANGES:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
