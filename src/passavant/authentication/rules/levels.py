"""The security levels: what each asks at every sign-in, and how the result is announced.

Sources: the sign-up guide (« les contraintes définies seront appliquées lors de chaque tentative d’accès »);
acr values of ProConnect; amr values of RFC 8176.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from passavant.accounts.rules.levels import Level


class Step(str, Enum):
    """One thing to prove."""

    PASSWORD = "password"  # noqa: S105
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Demand:
    """The steps in the order they are asked; `acr` and `amr` as told to teleservices once all are done."""

    steps: tuple[Step, ...]
    acr: str
    amr: tuple[str, ...]


AMR: dict[Step, str] = {Step.PASSWORD: "pwd", Step.SMS: "sms"}

LEVELS: dict[Level, Demand] = {
    Level.PASSWORD: Demand((Step.PASSWORD,), "eidas1", ("pwd",)),
    Level.SMS: Demand((Step.PASSWORD, Step.SMS), "eidas1-mfa", ("pwd", "sms", "mfa")),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sign-in is."""

    level: Level
    done: frozenset[Step]


def next_step(pending: Progress) -> Step | None:
    """What is still to be proved; None when the level is reached."""
    return next((step for step in LEVELS[pending.level].steps if step not in pending.done), None)


def announced(level: Level, methods: tuple[str, ...]) -> tuple[str, ...]:
    """The amr of a complete sign-in: the values of its steps, and "mfa" (RFC 8176 §2) once two kinds were asked."""
    several = len(LEVELS[level].steps) > 1 and "mfa" not in methods
    return (*methods, "mfa") if several else methods


def progress(level: str, done: Iterable[str]) -> Progress:
    """Read from stored text.

    Raises:
        ValueError: a level or a step nobody knows.
    """
    return Progress(Level(level), frozenset(map(Step, done)))
