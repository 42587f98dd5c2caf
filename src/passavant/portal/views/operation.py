"""What machines ask: alive, ready, where a password is changed, what robots may read."""

from collections.abc import Callable
from functools import cache

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from passavant.foundation.access import Request, anyone, door
from passavant.foundation.outbox.actions import waiting

log = structlog.get_logger("passavant.portal")

LATE_SECONDS = 300  # a message that waits longer than this: no worker comes
ROBOTS = "User-agent: *\nDisallow: /espace/\nDisallow: /activation/\nDisallow: /demo/\n"


@door(entry=anyone)
def alive(request: Request) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@door(entry=anyone)
def ready(request: Request) -> HttpResponse:
    """Each part with "ok" or the reason; 503 when one is not."""
    parts = {name: _state(look) for name, look in PARTS.items()}
    good = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": good, "parts": parts}, status=200 if good else 503)


@door(entry=anyone)
def change_password(request: Request) -> HttpResponse:
    """Where password managers send people (W3C change-password-url)."""
    return HttpResponseRedirect(reverse("space:password"))


@door(entry=anyone)
def robots(request: Request) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain")


def _state(look: Callable[[], str]) -> str:
    try:
        return look()
    except DatabaseError as error:
        log.error("part down", error=type(error).__name__)
        return "no answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    missing = _newest_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return f"{len(missing)} behind" if missing else "ok"


def _outbox() -> str:
    late = waiting().late_seconds
    return "ok" if late <= LATE_SECONDS else f"late by {late:.0f} s"


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


PARTS = {"database": _database, "migrations": _migrations, "outbox": _outbox}
