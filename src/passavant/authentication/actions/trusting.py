"""« Ne plus demander de code sur cet appareil »: a browser is trusted, counts for a code, is trusted no more."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import events
from passavant.authentication.models.trusted import TrustedDevice, TrustedQuerySet
from passavant.authentication.rules import trust
from passavant.foundation.audit.actions import write
from passavant.foundation.values import Origin, digest

TOKEN_BYTES = 32


def trusted(account: Account, tokens: tuple[str, ...], asked: Level) -> bool:
    """Whether this browser counts for the code that `asked` needs. One statement, none without a token."""
    levels = trust.standing_for(asked)
    return bool(tokens and levels) and TrustedDevice.objects.use(account, tokens, levels, timezone.now())


def trust_device(account: Account, level: Level, now: datetime, *, origin: Origin) -> str:
    """Trust this browser, in the caller's transaction; a token for its cookie, "" where no such trust is given."""
    if not trust.days(level):
        return ""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    TrustedDevice.objects.create(
        account=account,
        digest=digest(token),
        epoch=account.security_epoch,
        level=level.value,
        created_at=now,
        expires_at=now + trust.lifetime(level),
        agent=origin.agent,
    )
    write(events.DeviceTrusted(account=account.id, level=level.value, days=trust.days(level)), origin)
    return token


@transaction.atomic
def forget_device(account: Account, device: UUID, *, origin: Origin) -> bool:
    """The next sign-in there asks a code again; False when this person trusts no such browser."""
    return _forget(account, TrustedDevice.objects.of(account).filter(pk=device), origin) > 0


@transaction.atomic
def forget_devices(account: Account, *, origin: Origin) -> int:
    """The same for all of them: what the trust stood for is no longer the person's."""
    return _forget(account, TrustedDevice.objects.of(account), origin)


def forget_dead_devices() -> int:
    """Delete what no longer counts; answers how many."""
    return TrustedDevice.objects.over(timezone.now()).delete()[0]


def _forget(account: Account, gone: TrustedQuerySet, origin: Origin) -> int:
    count: int = gone.delete()[0]
    if count:
        write(events.DevicesForgotten(account=account.id, count=count), origin)
    return count
