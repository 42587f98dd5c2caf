"""After each step of a sign-in: the next one, or the door."""

from dataclasses import replace

from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction

from passavant.accounts.models import Account
from passavant.authentication.actions.codes import first_code
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.leveling import lowered
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost
from passavant.authentication.actions.resuming import pending_for, taken_up
from passavant.authentication.actions.trusting import trusted
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.introductions import Introduction
from passavant.authentication.rules.levels import LEVELS, Step
from passavant.authentication.rules.pending import HELD, Pending
from passavant.foundation.values import Origin


def proceed(session: SessionStore, proof: Proof, *, origin: Origin) -> Entered | CodeAsked | Lost:
    """Ask what the level still lacks, or open the session; whatever did the first steps (E5)."""
    if proof.complete or (lowered(proof.account, origin=origin) and proof.complete):
        return enter(session, proof, origin=origin)
    by_trust = _by_trust(proof)
    if by_trust is not None:
        return enter(session, by_trust, origin=origin)
    return ask(session, pending_for(proof), proof.account, origin=origin)


def _by_trust(proof: Proof) -> Proof | None:
    """The same, with the code as a step that this browser is trusted for; None when it must be typed."""
    counted = replace(proof, trusted=LEVELS[proof.asked].needed - proof.done)
    return counted if counted.complete and trusted(proof.account, proof.tokens, proof.asked) else None


def arrive(
    session: SessionStore,
    account: Account,
    introduction: Introduction,
    *,
    wanted: str,
    devices: Devices,
    again: bool = False,
    origin: Origin,
) -> Entered | CodeAsked | Lost:
    """Go on with an active account that another portal recognised.

    Nothing was typed here that could be guessed: no limit counts it, and a success forgives none. `again`: the person
    is signed in, and confirms who they are.
    """
    device = devices.known(account.id, account.security_epoch)
    attempt = Attempt.of(f"{introduction.portal}:{account.pk}", device, origin.network)
    proof = Proof(
        account=account,
        done=introduction.done,
        methods=introduction.methods,
        attempt=attempt,
        through=introduction.portal,
        arrival=introduction.arrival.hex,
        tokens=devices.tokens,
        next=wanted,
        again=again,
    )
    return proceed(session, proof, origin=origin)


def choose(session: SessionStore, choice: str, *, origin: Origin) -> CodeAsked | Lost:
    """« Utiliser un autre moyen »: one of those that satisfy the level, and no other (E7)."""
    if (found := taken_up(session)) is None:
        return Lost()
    pending, account = found
    if choice not in pending.ways:
        return CodeAsked(pending.asks)
    return ask(session, pending.choosing(choice), account, origin=origin)


def ask(session: SessionStore, pending: Pending, account: Account, *, origin: Origin) -> CodeAsked | Lost:
    """Keep the pending sign-in; an SMS leaves if that is what it asks."""
    texts = pending.asks == Step.SMS and not pending.sent
    with_code = first_code(pending, account, origin=origin) if texts else lambda: pending
    try:
        with transaction.atomic():
            keep(session, with_code())
    except UpdateError:  # the sign-in was finished, or begun anew, in another tab: no SMS leaves
        return Lost()
    return CodeAsked(pending.asks)


def keep(session: SessionStore, pending: Pending) -> None:
    """Keep it in the session: in a new one, under a new key, when the first step has just been done (C1)."""
    if pending.again or session.get(HELD, {}).get("id") == pending.id:
        session[HELD] = pending.stored()
        session.save()
    else:
        session.open(Session(), {HELD: pending.stored()})
