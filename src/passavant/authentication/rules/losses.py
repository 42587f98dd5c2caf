"""« J’ai tout perdu »: the table of moves of a request, and when one may be made.

Source: security decisions of the house, E8 (delay, notices, two officers) and B10 (a reset opens no second door).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal

from passavant.accounts.rules.levels import Level
from passavant.foundation.values import identifier_key

Obstacle = Literal["password", "sms", "reset"]

DELAY = timedelta(hours=72)  # that leaves the time to cancel
LIFE = timedelta(days=30)  # from the opening; then the request lapses
KEPT = timedelta(days=30)  # how long the row of a request that is over stays
RESET_RESTS = timedelta(hours=24)  # after a new password, unless the old factor served since
HELD = "loss"  # where the visitor's session keeps a claim
FOUR = 4
NAME_LENGTH = 80


class State(str, Enum):
    """Before `waiting`, a request is only asked: until the code comes back, nothing is written of the account."""

    WAITING = "waiting"
    READY = "ready"
    CHECKED = "checked"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Move:
    """From one of `sources` to `target`; `ripe`: once the delay is over; `stale`: once its life is, else never then."""

    sources: frozenset[State]
    target: State
    ripe: bool = False
    stale: bool = False


OPEN = frozenset({State.WAITING, State.READY, State.CHECKED})
UNCHECKED = frozenset({State.WAITING, State.READY})
MOVES: dict[str, Move] = {
    "ripen": Move(frozenset({State.WAITING}), State.READY, ripe=True),
    "check": Move(UNCHECKED, State.CHECKED, ripe=True),  # a worker that is late changes nothing
    "confirm": Move(frozenset({State.CHECKED}), State.DONE),
    "refuse": Move(OPEN, State.REFUSED),
    "cancel": Move(OPEN, State.CANCELLED),
    "lapse": Move(OPEN, State.LAPSED, stale=True),
}


class Paper(str, Enum):
    """What an officer may accept as a proof of identity."""

    IDENTITY_CARD = "identity-card"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence-permit"


# An SMS level has no factor to remove: its number is changed at the assistance, by who proves it.
REMOVABLE = frozenset({Level.TOTP, Level.PASSKEY, Level.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class Claim:
    """Kept in the visitor's session: `id` is the subject of the code; `account` "" when no code is right."""

    id: str
    account: str
    epoch: int


def rests_until(reset: datetime | None, proved: datetime | None, now: datetime) -> datetime | None:
    """Until when a new password (`reset`) forbids to remove the factors; None when it does not (B10).

    `proved`: when the old factor last served.
    """
    if reset is None or (proved is not None and proved > reset) or now >= reset + RESET_RESTS:
        return None
    return reset + RESET_RESTS


def obstacle(level: str, *, rests: bool) -> Obstacle | None:
    """Why an account of this level may not ask, or None; `rests`: a new password forbids it."""
    if Level(level) not in REMOVABLE:
        return "sms" if level == Level.SMS.value else "password"
    return "reset" if rests else None


def officer_key(name: str) -> str:
    """The name as it is compared and kept: blanks and capitals make nobody else.

    Raises:
        ValueError: no name, or too long.
    """
    key = identifier_key(" ".join(name.split()))
    if not key or len(key) > NAME_LENGTH:
        raise ValueError("the officer's name, 80 characters at most")
    return key


def last_four(text: str) -> str:
    """The end of a paper's number, in capitals.

    Raises:
        ValueError: not four letters or digits; more would be more than may be kept.
    """
    four = text.strip().upper()
    if not (len(four) == FOUR and four.isascii() and four.isalnum()):
        raise ValueError("the last four letters or digits of the paper's number, no more")
    return four
