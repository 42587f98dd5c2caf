"""What a carrier is, and what it answers for one message."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

Message_contra = TypeVar("Message_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Sent:
    """Taken over by the next one on the way."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Not this time: this message will be tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: trying again would give the same."""

    reason: str


@dataclass(frozen=True, slots=True)
class Down:
    """The carrier itself does not answer, or does not know us: every message waits."""

    reason: str


Outcome = Sent | Later | Refused | Down


class Carrier(Protocol[Message_contra]):
    """Serves one batch. `carry` raises nothing that can be foreseen."""

    def carry(self, message: Message_contra) -> Outcome: ...

    def close(self) -> None: ...
