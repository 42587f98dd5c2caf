"""What the audit trail keeps of arrivals from other portals. `provider` is the operator's name for it."""

from typing import Literal
from uuid import UUID

from passavant.foundation.audit.events import event


@event("federation.arrived")
class Arrived:
    """A provider recognised a person whose account is here; the sign-in goes on with what the level still lacks."""

    account: UUID
    provider: str
    acr: str
    amr: str


@event("federation.refused")
class ArrivalRefused:
    """A return from a provider opened nothing. `why`: what was not proved, or "down" and how."""

    account: UUID | None
    provider: str
    why: str


@event("federation.address_asked")
class AddressAsked:
    """A newcomer was sent a code to prove an address. `email` is a keyed digest."""

    provider: str
    email: str


@event("federation.address_proved")
class AddressProved:
    """The code came back. `email` is a keyed digest."""

    provider: str
    email: str


@event("identity.linked")
class IdentityLinked:
    """An identity at a provider became a way into the account: with its creation, or added to it."""

    account: UUID
    provider: str
    how: Literal["created", "added"]


@event("identity.unlinked")
class IdentityUnlinked:
    """It no longer is: the person removed it, or disowned its addition."""

    account: UUID
    provider: str
    how: Literal["removed", "disowned"]


@event("federation.signed_out")
class SignedOutThere:
    """The provider told that the person signed out there; the sessions it had opened here were ended."""

    account: UUID
    provider: str
    count: int
