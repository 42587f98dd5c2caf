"""The first step: identifier (or e-mail) and password."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts.actions.passwords import hashed, matches, needs_rehash
from passavant.accounts.models import Account, State
from passavant.authentication import events
from passavant.authentication.actions.entering import Proof
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost, Refused, Slowed
from passavant.authentication.actions.proceeding import proceed
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step
from passavant.authentication.rules.limits import NETWORK, TRIES
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.throttling.rules import Verdict
from passavant.foundation.values import Origin, identifier_key, keyed_digest

CLOSED_DOORS: dict[str, Literal["inactive", "disabled"]] = {
    State.PENDING.value: "inactive",
    State.SUSPENDED.value: "disabled",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """As typed; `wanted` is a page of ours, or ""."""

    login: str
    password: str
    wanted: str = ""


def sign_in(
    session: SessionStore, credentials: Credentials, *, devices: Devices, origin: Origin
) -> Entered | CodeAsked | Refused | Slowed:
    """Verify the password, then open a session or ask the next step.

    The look-up comes before the limits because only the account tells whether this device is known.

    Raises:
        ServiceBusy: no room to verify a password just now; nothing was verified.
    """
    account = Account.objects.by_login(credentials.login)
    attempt = _attempt(account, credentials.login, devices, origin)
    verdict = hit(*attempt.charges)
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now(), network=verdict.refused == NETWORK.name)
    right = matches(credentials.password, account)
    if account is None or not right or not account.is_active:
        return _refused(account if right else None, account, credentials.login, verdict.left, origin=origin)
    return _proceed(session, account, credentials, attempt, verdict, tokens=devices.tokens, origin=origin)


def _attempt(account: Account | None, login: str, devices: Devices, origin: Origin) -> Attempt:
    device = devices.known(account.id, account.security_epoch) if account else ""
    return Attempt.of(identifier_key(login), device, origin.network)


@transaction.atomic
def _refused(proved: Account | None, account: Account | None, login: str, left: int, *, origin: Origin) -> Refused:
    """`proved` is the account when its password was right: only then is its state told."""
    why = CLOSED_DOORS.get(proved.state, "disabled") if proved else "wrong"
    key = keyed_digest(settings.SECRET_KEY, identifier_key(login))
    write(events.SignInRefused(account=account.id if account else None, login=key, why=why, left=left), origin)
    return Refused(why, left, proved.suspended_at if proved else None)


def _proceed(
    session: SessionStore,
    account: Account,
    credentials: Credentials,
    attempt: Attempt,
    verdict: Verdict,
    *,
    tokens: tuple[str, ...],
    origin: Origin,
) -> Entered | CodeAsked | Refused:
    _renew_hash(account, credentials.password)
    spotless = verdict.left >= TRIES.allow - 1  # nothing but this very attempt to forgive
    proof = Proof(
        account=account,
        done=frozenset({Step.PASSWORD}),
        methods=(AMR[Step.PASSWORD],),
        attempt=attempt,
        forgiven=() if spotless else attempt.forgiven,
        next=credentials.wanted,
        tokens=tokens,
    )
    outcome = proceed(session, proof, origin=origin)
    return Refused("wrong", verdict.left) if isinstance(outcome, Lost) else outcome


def _renew_hash(account: Account, password: str) -> None:
    """Store the password under the hash of today, unless it was changed meanwhile."""
    if needs_rehash(account.password):
        Account.objects.filter(pk=account.pk, password=account.password).update(password=hashed(password))
