"""The security levels: what each asks at every sign-in, what may come next, and how the result is announced.

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
    TOTP = "totp"
    PASSKEY = "passkey"
    CERTIFICATE = "certificate"


Steps = frozenset[Step]


@dataclass(frozen=True, slots=True)
class Demand:
    """The steps in the order they are asked; `acr` and `amr` as told to teleservices once all are done."""

    steps: tuple[Step, ...]
    acr: str
    amr: tuple[str, ...]

    @property
    def needed(self) -> Steps:
        return frozenset(self.steps)


# A passkey's own value is told by its authenticator: "hwk" or, for one that travels between devices, "swk".
AMR: dict[Step, str] = {Step.PASSWORD: "pwd", Step.SMS: "sms", Step.TOTP: "otp", Step.CERTIFICATE: "sc"}

# From the weakest to the strongest.
LEVELS: dict[Level, Demand] = {
    Level.PASSWORD: Demand((Step.PASSWORD,), "eidas1", ("pwd",)),
    Level.SMS: Demand((Step.PASSWORD, Step.SMS), "eidas1-mfa", ("pwd", "sms", "mfa")),
    Level.TOTP: Demand((Step.PASSWORD, Step.TOTP), "eidas2", ("pwd", "otp", "mfa")),
    Level.PASSKEY: Demand((Step.PASSKEY,), "eidas2", ("hwk", "user", "mfa")),
    Level.CERTIFICATE: Demand((Step.CERTIFICATE,), "eidas3", ("sc", "mfa")),
}
ORDER = tuple(LEVELS)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sign-in is: `level` is the floor asked, `held` what the person could prove besides `done`."""

    level: Level
    done: Steps
    held: Steps = frozenset()


def rank(level: Level) -> int:
    """Higher is stronger."""
    return ORDER.index(level)


def asked(*levels: Level) -> Level:
    """The floor that binds: the strongest of the person's choice and of whatever else asks."""
    return max(levels, key=rank)


def reached(done: Steps) -> Level | None:
    """The strongest level whose steps are all done."""
    return next((level for level in reversed(ORDER) if LEVELS[level].needed <= done), None)


def satisfied(progress: Progress) -> bool:
    """Whether what is done reaches the floor."""
    level = reached(progress.done)
    return level is not None and rank(level) >= rank(progress.level)


def ways(progress: Progress) -> tuple[Step, ...]:
    """Each next step that leads, with what the person holds, to the floor or above; that of the floor first.

    Who holds nothing that leads there proves the password first: a factor is enrolled after it only.
    """
    if satisfied(progress):
        return ()
    within = progress.done | progress.held
    demands = [LEVELS[level] for level in ORDER[rank(progress.level) :]]
    leading = [_first(d, progress.done) for d in demands if d.needed <= within]
    if not leading and Step.PASSWORD not in progress.done:
        return (Step.PASSWORD,)
    return tuple(dict.fromkeys(leading))


def next_step(progress: Progress) -> Step | None:
    """What is to be proved now; None when the level is reached, or when a factor must be enrolled first."""
    return next(iter(ways(progress)), None)


def missing(progress: Progress) -> Step | None:
    """The factor to enrol before going on: the password is proved, and nothing held reaches the floor."""
    if satisfied(progress) or ways(progress):
        return None
    return next(step for step in LEVELS[progress.level].steps if step not in progress.done | progress.held)


def announced(level: Level, methods: tuple[str, ...]) -> tuple[str, ...]:
    """The amr of a complete sign-in: the values of its steps, and "mfa" (RFC 8176 §2) when the level is worth two."""
    several = "mfa" in LEVELS[level].amr and "mfa" not in methods
    return (*methods, "mfa") if several else methods


def steps(values: Iterable[str]) -> Steps:
    """Read from stored text.

    Raises:
        ValueError: a step nobody knows.
    """
    return frozenset(map(Step, values))


def progress(level: str, done: Iterable[str], held: Iterable[str] = ()) -> Progress:
    """Read from stored text.

    Raises:
        ValueError: a level or a step nobody knows.
    """
    return Progress(Level(level), steps(done), steps(held))


def _first(demand: Demand, done: Steps) -> Step:
    return next(step for step in demand.steps if step not in done)
