"""What a limit is, and what it answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`allow` hits in a window of `per`, which opens with its first hit.

    When a window was used up, the next one lasts `growth` times longer, at most `ceiling` (or `per`, if longer).
    A counter left alone for `ceiling` after its window forgets that growth.
    """

    name: str
    allow: int
    per: timedelta
    growth: float = 1.0
    ceiling: timedelta = DAY


Charge = tuple[Limit, str]  # the limit, and what is counted: an address, an account…


@dataclass(frozen=True, slots=True)
class Verdict:
    """The strictest answer of all the limits asked.

    `retry_at` is when a hit will be allowed, None when it would be at once; `refused` names the limit that says no;
    `left` is the smallest number of hits left.
    """

    allowed: bool
    retry_at: datetime | None
    refused: str | None
    left: int
