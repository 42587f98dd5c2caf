"""The portals through which an account may be entered. Reads only."""

from uuid import UUID

from django.conf import settings

from passavant.accounts.models import Account
from passavant.federation.models import ExternalIdentity


def ways_in(account: Account) -> list[ExternalIdentity]:
    """The identities linked to the account, oldest first; one for each portal at most."""
    return list(ExternalIdentity.objects.of(account))


def way_in(account: Account, identity: UUID) -> ExternalIdentity | None:
    """One of them, if it is this account's."""
    return ExternalIdentity.objects.of(account).filter(pk=identity).first()


def last_way_in(account: Account) -> ExternalIdentity | None:
    """The one used last."""
    return max(ways_in(account), key=lambda identity: identity.used_at or identity.linked_at, default=None)


def other_ways(ways: list[ExternalIdentity]) -> list[tuple[str, str]]:
    """The portals that could be added to these: name, label."""
    issuers = {identity.issuer for identity in ways}
    offered = settings.PASSAVANT.federation.items()
    return [(name, portal.label) for name, portal in offered if portal.issuer not in issuers]
