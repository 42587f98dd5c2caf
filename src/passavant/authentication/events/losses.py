"""What the audit trail keeps of people who lost every factor. `officer` is the name given to the command."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from passavant.foundation.audit.events import event

Obstacle = Literal["password", "sms", "reset"]
Act = Literal["check", "confirm", "refuse"]
# « returned »: the old factor served since; « level »: not one that factors are removed for.
Hindrance = Literal["none", "returned", "level", "reset", "lapsed", "early", "unchecked", "same", "state"]


@event("loss.asked")
class LossAsked:
    """Somebody said that every factor was lost; `login` is a keyed digest of what was typed, `obstacle` why no code."""

    account: UUID | None
    login: str
    obstacle: Obstacle | None


@event("loss.code_refused")
class LossCodeRefused:
    """The code received by mail was not typed back."""

    account: UUID | None
    why: Literal["wrong", "expired", "spent", "none"]
    left: int


@event("loss.opened")
class LossOpened:
    """The code was right: the request waits, and all addresses are told."""

    account: UUID
    ready_at: datetime


@event("loss.ready")
class LossReady:
    """The delay is over: an office may check who this is."""

    account: UUID


@event("loss.checked")
class LossChecked:
    """A first officer saw the person and an identity paper: its type, the last four characters of its number."""

    account: UUID
    officer: str
    paper: str
    last_four: str


@event("loss.completed")
class LossCompleted:
    """A second officer confirmed: so many factors are removed, the person enrols anew at the next sign-in."""

    account: UUID
    officer: str
    factors: int


@event("loss.cancelled")
class LossCancelled:
    """The request is over: the link of the notice, a sign-in with the old factor, or an account not active any more."""

    account: UUID
    why: Literal["link", "returned", "account"]


@event("loss.refused")
class LossRefused:
    """An officer refused the request."""

    account: UUID
    officer: str


@event("loss.lapsed")
class LossLapsed:
    """Nobody came within the time."""

    account: UUID


@event("loss.stopped")
class LossStopped:
    """An officer's act was not possible, and changed nothing."""

    account: UUID
    act: Act
    why: Hindrance
    officer: str
