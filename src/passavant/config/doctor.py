"""Does every configured part really answer? One line each."""

import argparse
import shutil
import socket
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from passavant.authentication.models.revocations import alarms, lists
from passavant.federation.tasks import silent
from passavant.foundation.audit.actions import append_only, verify
from passavant.foundation.outbox.actions import waiting
from passavant.foundation.outbox.carriers.smtp import connect

SKEW_SECONDS = 5
DISK_BYTES = 500 * 2**20
TIMEOUT_SECONDS = 5
LIST_MARGIN = timedelta(days=1)
LATE_SECONDS = 120  # a message due for longer says that no worker runs


class Unwell(Exception):
    """What is wrong, in one line."""


def examine(asked: argparse.Namespace) -> int:
    """Print one line per part; 1 when a part does not answer."""
    well = [_line(name, probe) for name, probe in PROBES.items()]
    return 0 if all(well) else 1


def _line(name: str, probe: Callable[[], str]) -> bool:
    try:
        said, well = probe(), True
    except Exception as error:
        said, well = (str(error) or type(error).__name__).splitlines()[0], False
    sys.stdout.write(f"{'ok   ' if well else 'FAULT'} {name:<10} {said}\n")
    return well


def database() -> str:
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unwell(f"{len(missing)} migrations to apply: passavant migrate")
    return f"{connection.vendor}, up to date"


def clock() -> str:
    query = "SELECT now()" if connection.vendor == "postgresql" else "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        told = cursor.fetchone()[0]
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(told)
    skew = abs((timezone.now() - moment).total_seconds())
    if skew > SKEW_SECONDS:
        raise Unwell(f"{skew:.0f} s away from the database's clock")
    return "same as the database's"


def mail() -> str:
    parts = urlsplit(settings.PASSAVANT.email_url)
    if parts.scheme == "tray":
        return "the demonstration's tray"
    with connect(parts) as session:
        session.noop()
    return f"{parts.hostname} answers"


def sms() -> str:
    parts = urlsplit(settings.PASSAVANT.sms_url)
    if parts.scheme in {"", "tray"}:
        return "the demonstration's tray" if parts.scheme else "not configured"
    port = parts.port or (443 if parts.scheme.startswith("https") else 80)
    socket.create_connection((parts.hostname or "", port), TIMEOUT_SECONDS).close()
    return f"{parts.hostname}:{port} accepts connections"


def federation() -> str:
    declared = settings.PASSAVANT.federation
    if faults := silent(declared):
        raise Unwell(", ".join(f"{name}: {why}" for name, why in faults.items()))
    return f"{', '.join(declared)}: metadata read" if declared else "no other portal declared"


def outbox() -> str:
    figures = waiting()
    if figures.late_seconds > LATE_SECONDS:
        raise Unwell(f"a message should have left {figures.late_seconds:.0f} s ago: is a worker running?")
    return f"{figures.waiting} waiting, {figures.dead} given up"


def trail() -> str:
    if held := append_only():
        return f"this role still holds {', '.join(held)} on the audit trail: see docs/operate"
    return "append only"


def revoked() -> str:
    if not settings.PASSAVANT.certificate_url:
        return "no certificates here"
    soon = timezone.now() + LIST_MARGIN
    if failing := alarms(soon):
        told = ", ".join(f"{one.name or settings.PASSAVANT.certificate_crl} ({one.why} {one.ends})" for one in failing)
        raise Unwell(f"lists of revoked certificates out of date, or within a day: {told}")
    return f"{len(lists())} list(s) of revoked certificates in force"


def disk() -> str:
    free = shutil.disk_usage(settings.PASSAVANT.var).free
    if free < DISK_BYTES:
        raise Unwell(f"{free // 2**20} MiB free")
    return f"{free // 2**20} MiB free"


def keys() -> str:
    return f"{len(settings.PASSAVANT.secret_key)} secret key(s), the newest signs"


PROBES: dict[str, Callable[[], str]] = {
    "database": database,
    "clock": clock,
    "mail": mail,
    "sms": sms,
    "federation": federation,
    "outbox": outbox,
    "audit": trail,
    "keys": keys,
    "revoked": revoked,
    "disk": disk,
}


def audit(asked: argparse.Namespace) -> int:
    """Verify the chain from its first row to the outside anchor."""
    verdict = verify()
    sys.stdout.write(f"{verdict}\n")
    return 0 if verdict.sound else 1
