"""A fact is written where it happens: one INSERT, in the act's own transaction."""

import re
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from passavant.foundation.audit.events import NAMES
from passavant.foundation.audit.models import Event
from passavant.foundation.audit.rules import canonical
from passavant.foundation.values import Origin

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")  # a header must not forge a line of the trail
LONGEST = 256  # characters kept of what a visitor's program says of itself
ELSEWHERE = {"account", "actor"}  # fields that have a column of their own


def write(fact: Any, origin: Origin) -> None:
    """Write the fact down; it stands or falls with the act.

    Args:
        fact: an instance of a class declared with `@event`.
        origin: a job's own name stands for the actor when the fact names none.

    Raises:
        RuntimeError: no transaction is open.
        TypeError: the fact is not in the catalogue, or a value has no canonical form.
    """
    if type(fact) not in NAMES:
        raise TypeError(f"{type(fact).__qualname__} is not an event: declare it with @event")
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is written in the same transaction as the act it tells")
    said = {field.name: getattr(fact, field.name) for field in fields(fact)}
    Event.objects.create(
        at=timezone.now(),
        name=NAMES[type(fact)],
        account=_person(said.get("account")),
        actor=_line(_actor(said, origin)),
        address=_line(origin.address),
        agent=_line(origin.agent),
        request_id=_line(origin.request_id),
        data=canonical({name: value for name, value in said.items() if name not in ELSEWHERE}),
    )


def _person(account: object) -> UUID | None:
    if not isinstance(account, UUID | None):
        raise TypeError("an event's account is a UUID")
    return account


def _actor(said: dict[str, Any], origin: Origin) -> str:
    if actor := said.get("actor"):
        return str(actor)
    return origin.agent if origin.agent.startswith("system:") and not origin.address else ""


def _line(text: str) -> str:
    return CONTROLS.sub(" ", text)[:LONGEST]
