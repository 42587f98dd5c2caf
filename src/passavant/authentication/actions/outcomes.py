"""How a step of a sign-in may end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from passavant.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Entered:
    """The sign-in is complete; `next` is where the person was going, `session` names the session opened."""

    account: Account
    next: str
    session: UUID


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """The password was right; a code is asked."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`wrong` tells nothing else; the two others only follow a right password. `left`: tries before a wait."""

    why: Literal["wrong", "inactive", "disabled"]
    left: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slowed:
    """Not even looked at: a limit is reached, of this account from this place or of the whole network."""

    retry_at: datetime
    network: bool = False


@dataclass(frozen=True, slots=True)
class CodeWrong:
    """`left` tries with this code; none left: another must be asked."""

    left: int


@dataclass(frozen=True, slots=True)
class CodeDead:
    """The code expired (`at`; `renewed`: another one left), has served, or there is none that could be right."""

    kind: Literal["expired", "used", "none"]
    at: datetime | None = None
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The pending sign-in is over: of time, or because the account changed meanwhile."""
