"""A sign-in between its first step and its last. It gives no right at all."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.utils import timezone

from passavant.authentication.rules.levels import Progress, Step, next_step, progress
from passavant.authentication.rules.limits import PENDING_LIFETIME
from passavant.foundation.values import Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Kept as JSON in the visitor's session.

    `tries` is the key typed, `through` the portal that did the first steps ("" none), `methods` the amr values so far,
    `number` the telephone, `sent_at` when the last code left ("" none yet),
    `again_at` when another may be asked, `refusal` why none left. Moments are ISO texts.
    """

    account: str
    epoch: int
    level: str
    done: tuple[str, ...]
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
        pending = cls(**data | {"done": tuple(data["done"]), "methods": tuple(data.get("methods", ()))})
        over = datetime.fromisoformat(pending.began_at) + PENDING_LIFETIME
        return pending if timezone.now() < over else None

    @property
    def account_id(self) -> UUID:
        return UUID(self.account)

    @property
    def progress(self) -> Progress:
        return progress(self.level, self.done)

    @property
    def step(self) -> Step | None:
        return next_step(self.progress)

    @property
    def masked(self) -> str:
        """The number as it may be shown: 06 •• •• •• 34."""
        return Phone.parse(self.number).masked

    @property
    def waits(self) -> bool:
        """Whether it is too early for another code."""
        return bool(self.again_at) and timezone.now() < datetime.fromisoformat(self.again_at)

    def stored(self) -> dict[str, Any]:
        return asdict(self) | {"done": list(self.done)}
