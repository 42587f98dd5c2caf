"""A million facts about other people in the audit trail. They do not wait to be sealed: the worker is not measured."""

from django.db import connection

import bench.inside  # noqa: F401 : loads Django

ROWS, OTHERS = 1_000_000, 50_000
FACTS = f"""
    INSERT INTO audit_event (at, name, account, actor, address, agent, request_id, data)
    SELECT now(), 'sign_in.completed', md5((n % {OTHERS})::text)::uuid, '', '192.0.2.1', 'Mozilla/5.0', '',
           '{{"known_device":true,"level":"password","methods":"pwd","through":""}}'
    FROM generate_series(1, {ROWS}) AS n
"""
STATEMENTS = (
    "SET statement_timeout = 0",
    "ALTER TABLE audit_event DISABLE TRIGGER audit_event_waits",
    FACTS,
    "ALTER TABLE audit_event ENABLE TRIGGER audit_event_waits",
    "VACUUM ANALYZE audit_event",
)

with connection.cursor() as cursor:
    for statement in STATEMENTS:
        cursor.execute(statement)
