"""The worker: a list of jobs, each with its rhythm. Any number of workers may run side by side."""

import argparse
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import close_old_connections, connection
from django.utils import timezone

from passavant.accounts import tasks as accounts
from passavant.authentication import tasks as authentication
from passavant.federation import tasks as federation
from passavant.foundation.audit import actions as audit
from passavant.foundation.onetime import actions as onetime
from passavant.foundation.outbox import actions as outbox
from passavant.foundation.throttling import actions as throttling

log = structlog.get_logger("passavant.worker")
KEPT = timedelta(days=30)  # how long spent links and sent messages' rows are kept, without their content


@dataclass(frozen=True)
class Job:
    """`do` answers how much it did: as long as it did something, it is called again at once."""

    name: str
    every: timedelta
    do: Callable[[], int]


JOBS = (
    Job("deliver messages", timedelta(seconds=1), outbox.deliver),
    Job("seal the audit trail", timedelta(seconds=5), audit.seal),
    Job("remind accounts not activated", timedelta(minutes=10), accounts.remind_unactivated),
    Job("free identifiers never activated", timedelta(hours=1), accounts.free_unactivated),
    Job("seal the secrets of apps under the newest key", timedelta(hours=1), authentication.reseal_secrets),
    Job("lower the levels whose time has come", timedelta(minutes=1), authentication.lower_levels),
    Job("move on the requests of who lost everything", timedelta(minutes=1), authentication.advance_lost),
    Job("forget the factors of closed accounts", timedelta(minutes=10), authentication.forget_closed),
    Job("remind of certificates that end", timedelta(hours=1), authentication.remind_ending),
    Job("watch the lists of revoked certificates", timedelta(minutes=10), authentication.watch_certificate_lists),
    Job("forget dead sessions", timedelta(minutes=10), authentication.clear_expired),
    Job("forget arrivals from other portals", timedelta(minutes=10), federation.sweep),
    Job("forget spent links", timedelta(hours=1), lambda: onetime.sweep(timezone.now() - KEPT)),
    Job("forget sent messages", timedelta(hours=1), lambda: outbox.sweep(timezone.now() - KEPT)),
    Job("forget old counters", timedelta(hours=1), lambda: throttling.sweep(timezone.now() - KEPT)),
)


def work(asked: argparse.Namespace) -> int:
    """Run the jobs until SIGTERM or SIGINT; the job under way ends first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if asked.once:
        done = [run(job, stop) for job in JOBS]  # each has its turn, whatever became of the others
        return 0 if all(done) else 1
    due = dict.fromkeys(JOBS, 0.0)
    while not stop.is_set():
        for job in (job for job in JOBS if due[job] <= time.monotonic()):
            run(job, stop)
            due[job] = time.monotonic() + job.every.total_seconds()
        stop.wait(max(0.05, min(due.values()) - time.monotonic()))
    connection.close()
    return 0


def run(job: Job, stop: threading.Event) -> bool:
    """Do the job to its end; a fault is logged, and the job comes again at its next turn."""
    try:
        close_old_connections()
        while job.do() and not stop.is_set():
            pass
    except Exception as error:
        log.error("job failed", job=job.name, error=type(error).__name__, reason=str(error)[:200])
        connection.close()
        return False
    return True
