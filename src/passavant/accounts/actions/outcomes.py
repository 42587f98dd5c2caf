"""What an act answers. A refusal is returned, so that the trace it leaves is not rolled back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from passavant.accounts.events import Why
from passavant.accounts.rules.passwords import Fault


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed but counters and the audit trail.

    `at`: when to come back (throttled, settling), the link's end (expired), its use (used) or its successor's
    birth (superseded). `left`: tries that remain (wrong). `faults`: of the new password (weak).
    """

    why: Why
    at: datetime | None = None
    left: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedUp:
    """What everybody is answered, whether the address was known or not."""

    account: UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail left, or would have."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A link that works until `until`, sent at `since`; `note` is what was kept with it."""

    until: datetime
    since: datetime
    note: dict[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; whoever goes on with this account's session opens it under `epoch`."""

    account: UUID
    epoch: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The address change is cancelled; `restored` when it had already taken place."""

    restored: bool
