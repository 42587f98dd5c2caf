"""What one attempt counts against."""

from dataclasses import dataclass
from typing import Self

from passavant.authentication.rules import limits
from passavant.foundation.throttling.rules import Charge


@dataclass(frozen=True, slots=True)
class Attempt:
    """`who`: the key of what was typed; `place`: the known device, or the network; `known`: the former.

    The identifier and the e-mail of an account are counted apart: a common count would tell that they belong
    together, hence that the account exists (A1).
    """

    who: str
    place: str
    known: bool

    @classmethod
    def of(cls, login_key: str, device: str, network: str) -> Self:
        return cls(login_key, f"device:{device}" if device else network, bool(device))

    @property
    def charges(self) -> tuple[Charge, ...]:
        return self.forgiven if self.known else (*self.forgiven, (limits.NETWORK, self.place))

    @property
    def forgiven(self) -> tuple[Charge, ...]:
        """What a success wipes out; never the network's count, or signing in to one's own account would reset it."""
        here = f"{self.who}|{self.place}"
        return (limits.TRIES, here), (limits.CEILING, here if self.known else self.who)
