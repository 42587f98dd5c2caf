"""A sign-in between its first step and its last. It gives no right at all."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID, uuid4

from django.utils import timezone

from passavant.accounts.rules.levels import Level
from passavant.authentication.rules import levels
from passavant.authentication.rules.levels import Progress, Step
from passavant.authentication.rules.limits import PENDING_LIFETIME
from passavant.foundation.values import Phone

RECOVERY: Literal["recovery"] = (
    "recovery"  # a choice, not a step: a recovery code stands for the step that the level lacks
)
HELD = "pending"  # where the session keeps it
LISTS = ("done", "held", "methods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Kept as JSON in the visitor's session.

    `level` is the account's, `floor` what else is asked ("" nothing), `held` the steps the person could prove,
    `spare` whether recovery codes are left, `choice` what the person chose to prove next (a step, RECOVERY, or "").
    `tries` is the key typed, `through` the portal that did the first steps ("" none), `methods` the amr values so far,
    `number` the telephone, `sent_at` when the last code left ("" none yet),
    `again_at` when another may be asked, `refusal` why none left. Moments are ISO texts.
    `again`: the session is open already, its person confirms who they are.
    """

    account: str
    epoch: int
    level: str
    done: tuple[str, ...]
    held: tuple[str, ...] = ()
    floor: str = ""
    spare: bool = False
    choice: str = ""
    again: bool = False
    tries: str = ""
    next: str = ""
    through: str = ""
    arrival: str | None = None
    methods: tuple[str, ...] = ()
    number: str = ""
    sent: int = 0
    sent_at: str = ""
    again_at: str = ""
    refusal: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)
    began_at: str = field(default_factory=lambda: timezone.now().isoformat())

    @classmethod
    def read(cls, data: dict[str, Any] | None) -> Self | None:
        """The pending sign-in, unless there is none or its time is over."""
        if not data:
            return None
        pending = cls(**data | {name: tuple(data.get(name, ())) for name in LISTS})
        over = datetime.fromisoformat(pending.began_at) + PENDING_LIFETIME
        return pending if timezone.now() < over else None

    @property
    def account_id(self) -> UUID:
        return UUID(self.account)

    @property
    def progress(self) -> Progress:
        wanted = levels.asked(*(Level(level) for level in (self.level, self.floor) if level))
        return Progress(wanted, levels.steps(self.done), levels.steps(self.held))

    @property
    def step(self) -> Step | None:
        """What is to be proved now: the person's choice, if it leads on; else the first way."""
        open_ways = levels.ways(self.progress)
        return next((way for way in open_ways if way == self.choice), next(iter(open_ways), None))

    @property
    def missing(self) -> Step | None:
        """The factor to enrol before anything else; for the account's own level only, as at its first sign-in (E6)."""
        return levels.missing(self.progress) if self.progress.level == self.level else None

    @property
    def ways(self) -> tuple[str, ...]:
        """All that may be chosen: steps, and RECOVERY where a code may stand for what the account's level lacks."""
        return (*(way.value for way in levels.ways(self.progress)), *((RECOVERY,) if self.rescued else ()))

    @property
    def rescued(self) -> tuple[Step, ...]:
        """The steps a recovery code would stand for; none before the password, none above the account's own level."""
        lacking = tuple(step for step in levels.LEVELS[Level(self.level)].steps if step not in self.done)
        able = self.spare and Step.PASSWORD in self.done and self.progress.level == self.level
        return lacking if able and not self.missing else ()

    @property
    def asks(self) -> str:
        """What the next page asks: the value of a step, RECOVERY, or "" when a factor must be enrolled first."""
        if self.choice == RECOVERY and self.rescued:
            return RECOVERY
        return self.step.value if self.step else ""

    @property
    def masked(self) -> str:
        """The number as it may be shown: 06 •• •• •• 34."""
        return Phone.parse(self.number).masked

    @property
    def waits(self) -> bool:
        """Whether it is too early for another code."""
        return bool(self.again_at) and timezone.now() < datetime.fromisoformat(self.again_at)

    def choosing(self, choice: str) -> Self:
        return replace(self, choice=choice)

    def stored(self) -> dict[str, Any]:
        return asdict(self) | {name: list(getattr(self, name)) for name in LISTS}
