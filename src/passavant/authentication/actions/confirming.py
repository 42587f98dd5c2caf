"""« Confirmez que c’est bien vous »: a person signed in proves again who they are, by the steps of a sign-in."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts.actions.passwords import matches
from passavant.accounts.models import Account
from passavant.authentication import events
from passavant.authentication.actions.entering import Proof
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost, Refused, Slowed
from passavant.authentication.actions.proceeding import ask, proceed
from passavant.authentication.actions.resuming import pending_for, proof_after, taken_up
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step, Steps
from passavant.authentication.rules.limits import NETWORK
from passavant.authentication.rules.pending import Pending
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin, identifier_key, keyed_digest


def standing(account: Account, *, floor: str = "") -> Pending:
    """The confirmation that would begin now: its `ways` are those to offer. One query."""
    nobody = Attempt.of("", "", "")
    return pending_for(Proof(account=account, done=Steps(), methods=(), attempt=nobody, floor=floor, again=True))


def begin_confirmation(
    session: SessionStore, choice: str, *, wanted: str, floor: str, devices: Devices, origin: Origin
) -> CodeAsked | Lost:
    """Begin with another step than the password."""
    if (account := session.account) is None:
        return Lost()
    proof = _proof(account, Steps(), (), wanted=wanted, floor=floor, devices=devices, origin=origin)
    return ask(session, pending_for(proof).choosing(choice), account, origin=origin)


def confirm_password(
    session: SessionStore, typed: str, *, wanted: str, floor: str, devices: Devices, origin: Origin
) -> Entered | CodeAsked | Lost | Refused | Slowed:
    """The password, asked again of a person signed in, or asked late in a sign-in that began without it.

    Raises:
        ServiceBusy: no room to verify a password just now; nothing was verified.
    """
    found = taken_up(session, Step.PASSWORD.value) if session.account is None else None
    account = found[1] if found else session.account
    if account is None:
        return Lost()
    done, methods = frozenset({Step.PASSWORD}), (AMR[Step.PASSWORD],)
    proof = _proof(account, done, methods, wanted=wanted, floor=floor, devices=devices, origin=origin)
    verdict = hit(*proof.attempt.charges)
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now(), network=verdict.refused == NETWORK.name)
    if not matches(typed, account):
        return _wrong(account, verdict.left, origin)
    if found:
        proof = proof_after(*found, (Step.PASSWORD,), methods, devices=devices, origin=origin)
    return proceed(session, proof, origin=origin)


def _proof(
    account: Account,
    done: Steps,
    methods: tuple[str, ...],
    *,
    wanted: str,
    floor: str,
    devices: Devices,
    origin: Origin,
) -> Proof:
    device = devices.known(account.id, account.security_epoch)
    attempt = Attempt.of(account.identifier_key, device, origin.network)
    return Proof(
        account=account,
        done=done,
        methods=methods,
        attempt=attempt,
        floor=floor,
        forgiven=attempt.forgiven,
        next=wanted,
        again=True,
    )


@transaction.atomic
def _wrong(account: Account, left: int, origin: Origin) -> Refused:
    key = keyed_digest(settings.SECRET_KEY, identifier_key(account.identifier))
    write(events.SignInRefused(account=account.id, login=key, why="wrong", left=left), origin)
    return Refused("wrong", left)
