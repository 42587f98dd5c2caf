"""What a ticket is worth, and what an answer to a code says."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

LINK_PREFIX = "psv_lnk_"
CODE_DIGITS = 6

State = Literal["live", "expired", "superseded", "used"]
Kind = Literal["right", "wrong", "expired", "spent", "none"]


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """What became of a try.

    `spent`: the code has served (`used`) or its tries are all gone; `none`: no code awaits this subject.
    `expires_at` is the code's own, None when there is none.
    """

    kind: Kind
    tries_left: int = 0
    expires_at: datetime | None = None
    used: bool = False


def draw_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def state_at(
    now: datetime, *, expires_at: datetime, spent_at: datetime | None, superseded_at: datetime | None
) -> State:
    """The first reason not to follow a link, in the order a person understands them."""
    if spent_at:
        return "used"
    if superseded_at:
        return "superseded"
    return "live" if now < expires_at else "expired"
