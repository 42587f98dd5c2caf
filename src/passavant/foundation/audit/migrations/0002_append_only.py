"""The database itself refuses to change the past, and lists what waits to be sealed.

Whoever rebuilds these tables on SQLite loses the triggers: call `protect` again in that migration.
No trigger on TRUNCATE: only the owner of the tables holds that right (docs/operate).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE FUNCTION audit_wait() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO audit_waiting (event_id) VALUES (NEW.id);
        RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER audit_event_kept BEFORE UPDATE OR DELETE ON audit_event EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_seal_kept BEFORE UPDATE OR DELETE ON audit_seal EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_wait()",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER audit_event_waits ON audit_event",
    "DROP TRIGGER audit_seal_kept ON audit_seal",
    "DROP TRIGGER audit_event_kept ON audit_event",
    "DROP FUNCTION audit_wait()",
    "DROP FUNCTION audit_refuse()",
)
REFUSE = "BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
# INSERT OR REPLACE deletes without firing a DELETE trigger: it is refused as what it is
SAME = {"audit_event": "id = NEW.id", "audit_seal": "position = NEW.position OR event_id = NEW.event_id"}
SQLITE = (
    *(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + REFUSE.format(table=table, act=act)
        for table in SAME
        for act in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) " + REFUSE.format(table=table, act="REPLACE")
        for table, same in SAME.items()
    ),
    """
    CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_event
    BEGIN INSERT INTO audit_waiting (event_id) VALUES (NEW.id); END
    """,
)
SQLITE_BACK = tuple(f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE)


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def unprotect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(protect, unprotect),)
