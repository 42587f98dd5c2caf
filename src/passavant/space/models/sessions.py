"""The sessions of a person, as that person sees them."""

from uuid import UUID

from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models.sessions import Session
from passavant.authentication.models.trusted import TrustedDevice


def opened(account: Account) -> list[Session]:
    """Those that still let somebody in, the last used first. One query."""
    return list(Session.objects.alive(account, timezone.now()))


def is_a_session(name: UUID) -> bool:
    """Whether there is a session of that name, whoever it belongs to."""
    return Session.objects.filter(pk=name).exists()


def trusted(account: Account) -> list[TrustedDevice]:
    """The browsers in which no code is asked, the newest first. One query."""
    return list(TrustedDevice.objects.alive(account, timezone.now()))


def is_a_device(name: UUID) -> bool:
    """Whether somebody trusts a browser of that name."""
    return TrustedDevice.objects.filter(pk=name).exists()
