"""How a step of a sign-in may end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.events.losses import Hindrance
from passavant.authentication.rules import certificates
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.passkeys import Fault


@dataclass(frozen=True, slots=True)
class Entered:
    """The sign-in is complete; `next` is where the person was going, `session` names the session opened.

    `trust`: the token of a browser trusted from now on ("" none).
    """

    account: Account
    next: str
    session: UUID
    trust: str = ""


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """More is asked: the value of a step, "recovery", or "" when a factor must be enrolled first."""

    step: str = "sms"


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


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A factor more, of this name; whoever goes on opens a session under the new epoch."""

    name: str


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """An answer of a passkey, or a new one, was not accepted; `since` when its account is suspended."""

    why: Fault
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A factor less; whoever goes on opens a session under the new epoch."""

    name: str


@dataclass(frozen=True, slots=True)
class Spared:
    """The last factor that the level needs stays (E8)."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A certificate was not accepted, or not added; `since` when its account is suspended."""

    why: certificates.Fault
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class LevelSet:
    """The level in force; after a raise, whoever goes on opens a session under the new epoch."""

    level: Level


@dataclass(frozen=True, slots=True)
class LevelAwaited:
    """A lower level, in force from `at` on unless somebody refuses it."""

    level: Level
    at: datetime


@dataclass(frozen=True, slots=True)
class Lacking:
    """A factor must be enrolled before the level may be chosen."""

    step: Step


@dataclass(frozen=True, slots=True)
class Weaker:
    """This session did not reach that level: its person proves it first."""

    level: Level


@dataclass(frozen=True, slots=True)
class LossAwaits:
    """The request is open: an office may check from `ready_at` on, and nobody after `lapses_at`."""

    ready_at: datetime
    lapses_at: datetime


@dataclass(frozen=True, slots=True)
class LossMoved:
    """What an officer asked is done; `factors` removed, once a second one confirmed."""

    factors: int = 0


@dataclass(frozen=True, slots=True)
class LossHindered:
    """What an officer asked is not possible, until `until` if time helps; "nobody" is no account in use."""

    why: Hindrance | Literal["nobody"]
    until: datetime | None = None
