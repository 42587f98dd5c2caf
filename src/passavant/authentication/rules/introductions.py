"""Another portal says who somebody is."""

from dataclasses import dataclass
from uuid import UUID

from passavant.authentication.rules.levels import Steps


@dataclass(frozen=True, slots=True)
class Introduction:
    """`portal` did the steps `done`, and told these amr values of them; `arrival` names the occasion."""

    portal: str
    arrival: UUID
    done: Steps
    methods: tuple[str, ...]
