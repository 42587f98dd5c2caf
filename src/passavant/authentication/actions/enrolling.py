"""An app becomes a factor by one right code; until then nothing is kept of it (E14)."""

from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import events
from passavant.authentication.actions.entering import enter
from passavant.authentication.actions.factors import moved, tell_added
from passavant.authentication.actions.outcomes import CodeWrong, Enrolled, Entered, Lost, Slowed
from passavant.authentication.actions.resuming import proof_after, taken_up
from passavant.authentication.actions.sessions import open_session
from passavant.authentication.models.apps import AppFactor
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits, totp
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step, announced, rank, reached
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin, keyed_digest

METHOD: Literal["totp"] = "totp"


def draft_secret(seed: str) -> bytes:
    """The secret offered to one enrolment, the same at each look, kept nowhere until a code proves it.

    `seed` names a pending sign-in or a session: nobody can guess it, and without our key it tells nothing.
    """
    return bytes.fromhex(keyed_digest(settings.SECRET_KEY, f"totp|{seed}"))[: totp.SECRET_BYTES]


def enrol_pending(
    session: SessionStore, typed: str, name: str, *, devices: Devices, origin: Origin
) -> Entered | CodeWrong | Slowed | Lost:
    """The first sign-in of a level that needs an app: one right code enrols it, and ends the sign-in."""
    found = taken_up(session)
    if found is None or found[0].missing is not Step.TOTP:
        return Lost()
    pending, account = found
    step = _shown(account, pending.id, typed, origin=origin)
    if not isinstance(step, int):
        return step
    with transaction.atomic():
        if not _kept(account, pending.id, step, name, origin):
            return Lost()
        proof = proof_after(pending, account, (Step.TOTP,), (AMR[Step.TOTP],), devices=devices, origin=origin)
        return enter(session, proof, origin=origin)


def add_app(
    account: Account, seed: str, typed: str, name: str, *, origin: Origin
) -> Enrolled | CodeWrong | Slowed | Lost:
    """One more app for a person signed in; whatever was open is closed, this session too until it is opened anew."""
    step = _shown(account, seed, typed, origin=origin)
    if not isinstance(step, int):
        return step
    with transaction.atomic():
        return Enrolled(name) if _kept(account, seed, step, name, origin) else Lost()


def reopen_stronger(session: SessionStore, account: Account, *, origin: Origin) -> None:
    """Go on after `add_app`, under a new key: this session has proved the app too."""
    row = session.row
    methods = tuple(row.methods.split()) if row else ()
    done = frozenset(step for step, amr in AMR.items() if amr in methods) | {Step.TOTP}
    level = reached(done) or Level.PASSWORD
    if row is None or AMR[Step.TOTP] in methods or rank(level) <= rank(Level(row.level)):
        open_session(session, account, origin=origin)
        return
    told = announced(level, (*methods, AMR[Step.TOTP]))
    open_session(session, account, origin=origin, methods=told, level=level.value)


def _shown(account: Account, seed: str, typed: str, *, origin: Origin) -> int | CodeWrong | Slowed:
    """The period whose code an app with this secret shows; tries count like those of a sign-in."""
    verdict = hit((limits.CODES, account.id.hex))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now())
    step = totp.matched(draft_secret(seed), typed, timezone.now())
    if step is not None:
        return step
    with transaction.atomic():
        write(events.CodeRefused(account=account.id, method=METHOD, why="wrong", left=verdict.left), origin)
    return CodeWrong(verdict.left)


def _kept(account: Account, seed: str, step: int, name: str, origin: Origin) -> bool:
    if not moved(account):
        return False
    app = AppFactor(account=account, name=name, last_step=step).close(draft_secret(seed))
    app.save(force_insert=True)
    tell_added(account, METHOD, name, origin)
    return True
