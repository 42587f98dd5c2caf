"""Every page hangs on a door: who enters, and which methods write. Deny by default."""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, Protocol

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from passavant.foundation.values import Origin

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
READING = ("GET", "HEAD")


class WroteOnRead(RuntimeError):
    """A page tried to change the database while answering GET or HEAD."""


class Request(HttpRequest):
    """A request as every view receives it; `account` is set by the authentication room."""

    origin: Origin
    account: Any  # Account | None: this room comes before accounts
    session: SessionBase


class View(Protocol):
    def __call__(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse: ...


Entry = Callable[[Request], HttpResponse | None]


def anyone(request: Request) -> None:
    """The entry of a public page."""


def door(entry: Entry, writes: Sequence[str] = (), *, reads: bool = True) -> Callable[[View], View]:
    """Hang a page on its door.

    Args:
        entry: answers None to let in, or the answer that sends the person elsewhere.
        writes: the methods that may change something: "POST"; "GET" where a protocol comes back by a redirect
            (a test lists those pages).
        reads: whether GET and HEAD exist here.
    """
    methods = tuple(dict.fromkeys((*(READING if reads else ()), *writes)))

    def hang(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if (turned_away := entry(request)) is not None:
                return turned_away
            with nullcontext() if request.method in writes else _read_only():
                return view(request, *args, **kwargs)

        guarded.door = (entry, tuple(writes), "GET" in methods)  # type: ignore[attr-defined]
        return guarded

    return hang


def _read_only() -> AbstractContextManager[None]:
    return connection.execute_wrapper(_refuse_writes)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if WRITES.match(sql):
        raise WroteOnRead(sql.split("\n", 1)[0][:80])
    return execute(sql, params, many, context)
