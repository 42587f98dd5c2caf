"""The chain is forged afterwards, in batches, so that no act waits for the one before it."""

import json
import os
from dataclasses import asdict
from functools import partial
from pathlib import Path
from threading import get_ident

import structlog
from django.conf import settings
from django.db import connection, transaction

from passavant.foundation.audit.models import Event, Seal, Waiting
from passavant.foundation.audit.rules import GENESIS, Anchor, chained

LOCK = 0x7061_7373_6176_616E  # one number of ours among PostgreSQL's advisory locks
log = structlog.get_logger("passavant.audit")


def seal(limit: int = 2000) -> int:
    """Chain the events that wait, at most `limit`; returns how many. One worker at a time, the others get 0.

    The position in the chain is the order that counts: an event that committed late is sealed late.
    Once committed, the new head is told outside: to the log and to the anchor's file.
    """
    if not Waiting.objects.exists():
        return 0
    with transaction.atomic():
        if not _alone():
            return 0
        waiting = list(Waiting.objects.order_by("event_id").values_list("event_id", flat=True)[:limit])
        events = Event.objects.in_bulk(waiting)
        links = _forged([events[number] for number in waiting if number in events])
        Seal.objects.bulk_create(links)
        Waiting.objects.filter(event_id__in=list(events)).delete()
        if links:
            transaction.on_commit(partial(_tell, Anchor(links[-1].position, links[-1].digest)))
    return len(links)


def _alone() -> bool:
    if connection.vendor != "postgresql":
        return True  # SQLite: this transaction, IMMEDIATE, is the only one that writes
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _forged(events: list[Event]) -> list[Seal]:
    head = Seal.objects.order_by("-position").first()
    last, digest = (head.position, head.digest) if head else (0, GENESIS)
    links = []
    for position, event in enumerate(events, start=last + 1):
        digest = chained(digest, event.content())
        links.append(Seal(position=position, event_id=event.pk, digest=digest))
    return links


def anchor_file() -> Path:
    return Path(settings.PASSAVANT.var) / "audit.anchor"


def kept_anchor() -> Anchor | None:
    """The head last told outside the database; None when there was none yet.

    Raises:
        ValueError: the file is not an anchor.
    """
    try:
        told = json.loads(anchor_file().read_text())
        return Anchor(int(told["position"]), str(told["digest"]))
    except FileNotFoundError:
        return None
    except (KeyError, TypeError) as error:
        raise ValueError(f"{anchor_file()} is not an anchor") from error


def _tell(head: Anchor) -> None:
    log.info("audit sealed", **asdict(head))
    kept = kept_anchor()
    if kept and not Seal.objects.filter(position=kept.position, digest=kept.digest).exists():
        # the evidence of a cut is never overwritten: the operator decides (docs/operate)
        log.critical("audit trail contradicts its anchor", kept=kept.position, head=head.position)
    elif not kept or kept.position < head.position:
        _keep(head)


def _keep(head: Anchor) -> None:
    """Replace the file at once and for good: a reader finds the former head or the new one, even after a power cut."""
    path = anchor_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}")  # two workers may tell at once
    with draft.open("w") as file:
        file.write(json.dumps(asdict(head)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
