"""How an event becomes bytes, and how bytes are chained: pure functions, nothing is read or written here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

GENESIS = "0" * 64  # what stands before the first event


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain as it was told outside the database: a position from 1, a digest in hexadecimal."""

    position: int
    digest: str


def canonical(values: Mapping[str, object]) -> str:
    """JSON with one single way to be written: keys sorted, no blank, ASCII only, times in UTC to the microsecond."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def chained(previous: str, content: bytes) -> str:
    """SHA-256, in hexadecimal, of the former digest (32 bytes) and of an event's canonical bytes."""
    return sha256(bytes.fromhex(previous) + content).hexdigest()
