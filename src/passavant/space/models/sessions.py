"""The sessions of a person, as that person sees them."""

from uuid import UUID

from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models.sessions import Session


def opened(account: Account) -> list[Session]:
    """Those that still let somebody in, the last used first. One query."""
    return list(Session.objects.alive(account, timezone.now()))


def is_a_session(name: UUID) -> bool:
    """Whether there is a session of that name, whoever it belongs to."""
    return Session.objects.filter(pk=name).exists()
