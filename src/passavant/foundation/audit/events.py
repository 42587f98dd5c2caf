"""The facts that may be written down. Each room declares its own in its `events` shelf:

    @event("account.signed_up")
    class SignedUp:
        \"""A person asked for an account; it is not activated yet.\"""

        account: UUID

A field named `account` says whom the fact is about, one named `actor` who did it when it was somebody else.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints
from uuid import UUID

Plain = UUID | str | int | bool | datetime | None
PLAIN = get_args(Plain)
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_NAME = 64
CATALOGUE: dict[str, type[Any]] = {}
NAMES: dict[type[Any], str] = {}

Fact = TypeVar("Fact")


@dataclass_transform(frozen_default=True)
def event(name: str) -> Callable[[type[Fact]], type[Fact]]:
    """Make the class a frozen dataclass and enter it in the catalogue; its name is a contract with the readers.

    Raises:
        ValueError: the name is not `noun.happened`, or is taken.
        TypeError: a field is not UUID, str, int, bool, datetime (or None, or a Literal of these).
    """
    if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise ValueError(f"an event is named noun.happened, in lower case: {name!r}")

    def enter(declared: type[Fact]) -> type[Fact]:
        if name in CATALOGUE:
            raise ValueError(f"two events are named {name}: {CATALOGUE[name].__qualname__}, {declared.__qualname__}")
        meaning = declared.__doc__ or ""
        fact = dataclass(frozen=True)(declared)
        fact.__doc__ = meaning  # else the dataclass would describe its own signature
        _check_fields(fact)
        CATALOGUE[name] = fact
        NAMES[fact] = name
        return fact

    return enter


def _check_fields(fact: type[Any]) -> None:
    wrong = [field for field, kind in get_type_hints(fact).items() if not _is_plain(kind)]
    if wrong:
        raise TypeError(f"{fact.__qualname__}: only plain values are written down, not {', '.join(wrong)}")


def _is_plain(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, PLAIN) for value in get_args(kind))
    if get_origin(kind) in (UnionType, Union):
        return all(map(_is_plain, get_args(kind)))
    return isinstance(kind, type) and issubclass(kind, PLAIN)


def as_markdown() -> str:
    """The catalogue as a page (`docs/events.md`), one row per event, by name."""
    rows = [_row(name, fact) for name, fact in sorted(CATALOGUE.items())]
    return "\n".join([*HEADING, *rows, ""])


HEADING = (
    "# Events",
    "",
    "Printed from the code: `python -m passavant.foundation.audit.events > docs/events.md`. A name is a contract.",
    "Every event also carries its time (UTC), the account it is about, who acted, the address, the agent, the request.",
    "",
    "| name | what happened | what it says | room |",
    "|---|---|---|---|",
)


def _row(name: str, fact: type[Any]) -> str:
    hints = get_type_hints(fact)
    said = ", ".join(f"`{field.name}`: {_spoken(hints[field.name])}" for field in fields(fact))
    meaning = " ".join((fact.__doc__ or "").split()).partition(". ")[0].rstrip(".")
    room = fact.__module__.removeprefix("passavant.").removeprefix("foundation.").partition(".")[0]
    return f"| `{name}` | {meaning} | {said} | {room} |"


def _spoken(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(f"« {value} »" for value in get_args(kind))
    if parts := get_args(kind):
        return " or ".join(map(_spoken, parts))
    return "nothing" if kind is NoneType else str(kind.__name__)


def load_every_room() -> None:
    """Import the `events` shelf of each room, so that the catalogue is whole."""
    source = Path(__file__).parents[2]
    for path in sorted([*source.glob("**/events.py"), *source.glob("**/events/*.py")]):
        import_module(".".join((source.name, *path.relative_to(source).with_suffix("").parts)))


if __name__ == "__main__":
    # this file runs under another name here: the catalogue is the one of the module that the rooms import
    whole = import_module("passavant.foundation.audit.events")
    whole.load_every_room()
    sys.stdout.write(whole.as_markdown())
