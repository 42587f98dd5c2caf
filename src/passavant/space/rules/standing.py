"""How safely a person can come back: what « Sécurité » says of the ways they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from passavant.accounts.rules.levels import Level
from passavant.authentication.rules.levels import Progress, Step, steps, ways
from passavant.authentication.rules.recovery import FEW


@dataclass(frozen=True, slots=True)
class Standing:
    """`kinds` of the factors enrolled, one each; `codes`: recovery codes left; `texts`: whether there is a mobile.

    `lowering`: a lower level asked, in force from `lowered_at` on.
    """

    level: Level
    kinds: tuple[str, ...]
    codes: int
    texts: bool
    lowering: Level | None = None
    lowered_at: datetime | None = None

    @property
    def means(self) -> int:
        """How many ways finish a sign-in; those of a level without second step are counted by nobody."""
        held = steps(self.kinds) | (frozenset({Step.SMS}) if self.texts else frozenset())
        open_ways = ways(Progress(self.level, frozenset({Step.PASSWORD}), held))
        return sum(_count(way, self.kinds) for way in open_ways) + bool(self.codes)

    @property
    def alone(self) -> bool:
        """Whether one loss would leave the person outside: a password can be reset, a second step cannot."""
        return self.level is not Level.PASSWORD and self.means == 1

    @property
    def few_codes(self) -> bool:
        return 0 < self.codes <= FEW


def _count(way: Step, kinds: Iterable[str]) -> int:
    return max(1, sum(kind == way for kind in kinds))
