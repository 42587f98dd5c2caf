"""How an arrival may go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from passavant.federation.models import Arrival


@dataclass(frozen=True, slots=True)
class Awaited:
    """The person has something to confirm first; `token` is for this browser alone."""

    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed. `since`: of a suspended account; `at`: when to come back; `left`: tries that remain."""

    why: Literal[
        "disabled",  # the account may not be used
        "other",  # the identity opens another account than the one signed in
        "another",  # the account already has another identity of this portal
        "taken",  # the identity, or the address, became somebody's meanwhile
        "gone",  # the arrival has served, or its time is over
        "throttled",
        "wrong",
        "expired",
        "last",  # the last way in
    ]
    since: datetime | None = None
    at: datetime | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """What is awaited of a person who arrived: a page, with what it shows.

    `others`: the portals by which the account of this address opens already, when it has no password.
    """

    page: Literal["address", "account", "link", "closed"]
    arrival: Arrival
    others: tuple[str, ...] = ()
    another: bool = False
