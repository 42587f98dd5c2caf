"""A passkey answers a challenge: alone, it is a whole sign-in; within another, one of its steps (E9)."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    UserVerificationRequirement,
)

from passavant.authentication import events
from passavant.authentication.actions.entering import Proof
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost, NotAccepted, Slowed
from passavant.authentication.actions.proceeding import proceed
from passavant.authentication.actions.resuming import proof_after, taken_up
from passavant.authentication.models.passkeys import Passkey
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits, passkeys
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.passkeys import Assertion, Fault, Party
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

ASKED = "passkey"  # where the session keeps the challenges of sign-ins
REQUIRED = UserVerificationRequirement.REQUIRED
Waiting = list[tuple[bytes, datetime]]


@cache
def server(us: Party, name: str) -> Fido2Server:
    """The library's own judge, which has the last word: our questions only tell what was wrong."""
    rp, kind = PublicKeyCredentialRpEntity(name=name, id=us.id), PublicKeyCredentialType.PUBLIC_KEY
    accepted = [PublicKeyCredentialParameters(type=kind, alg=number) for number in passkeys.ALGORITHMS]
    made = Fido2Server(rp, AttestationConveyancePreference.NONE, verify_origin=lambda said: said == us.origin)
    made.timeout, made.allowed_algorithms = passkeys.TIMEOUT, accepted  # type: ignore[assignment]
    return made


def judge() -> Fido2Server:
    return server(passkeys.party(), settings.PASSAVANT.site_name)


def ask_passkey(session: SessionStore) -> dict[str, Any] | None:
    """PublicKeyCredentialRequestOptionsJSON with a new challenge; None when the session ended meanwhile.

    It names no key: whoever is there, known or not, is asked the same (A7).
    """
    challenge = add_challenge(session, ASKED)
    if challenge is None:
        return None
    us = passkeys.party()
    return {
        "challenge": websafe_encode(challenge),
        "rpId": us.id,
        "timeout": passkeys.TIMEOUT,
        "userVerification": REQUIRED.value,
    }


def add_challenge(session: SessionStore, name: str) -> bytes | None:
    """Draw a challenge and keep it in the session, with those of the other tabs; None when the session ended."""
    challenge = passkeys.challenge()
    waiting = [*session.get(name, ()), [websafe_encode(challenge), timezone.now().isoformat()]]
    session[name] = waiting[-passkeys.WAITING :]
    try:
        session.save()
    except UpdateError:
        return None
    return challenge


def take_challenges(session: SessionStore, name: str) -> Waiting:
    """Those that wait, and wait no more: whatever comes of it, none serves twice."""
    return [(websafe_decode(text), datetime.fromisoformat(at)) for text, at in session.take(name) or ()]


def enter_by_passkey(
    session: SessionStore, said: Assertion, *, wanted: str, devices: Devices, origin: Origin
) -> Entered | CodeAsked | Lost | NotAccepted | Slowed:
    """End the sign-in, or the step of it that was asked. `wanted` is a page of ours, or ""."""
    key, why = _examined(session, said)
    if key is not None and why is None:
        # Alone, and first: whatever follows, this answer has served.
        if Passkey.objects.advance(key, said.authenticator, timezone.now()):
            proof = _proof(session, key, said, devices=devices, origin=origin)
            return proceed(session, replace(proof, next=proof.next or wanted), origin=origin)
        why = "counter"
    return not_accepted(key, why or "unknown", origin=origin)


def not_accepted(key: Passkey | None, why: Fault, *, origin: Origin) -> NotAccepted | Slowed:
    """Note it; past the limit of a network, its garbage fills the trail no more. A right answer never counts."""
    verdict = hit((limits.PASSKEYS, origin.network))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now(), network=True)
    with transaction.atomic():
        write(events.PasskeyRefused(account=key.account_id if key else None, why=why), origin)
    return NotAccepted(why, key.account.suspended_at if key and why == "disabled" else None)


def _examined(session: SessionStore, said: Assertion) -> tuple[Passkey | None, Fault | None]:
    """The key that answers, if it is one of ours, and what is wrong with its answer, if anything is."""
    waiting, us = take_challenges(session, ASKED), passkeys.party()
    key = Passkey.objects.named(said.credential)
    stale = passkeys.staleness(said.client.challenge, waiting, timezone.now())
    why = stale or passkeys.fault(passkeys.GET, said.client, said.authenticator, us)
    if why is None:
        why = "unknown" if key is None else _fault_of(key, said, session)
    return key, why


def _fault_of(key: Passkey, said: Assertion, session: SessionStore) -> Fault | None:
    credential = key.credential
    if credential.public_key.get(passkeys.ALGORITHM) not in passkeys.ALGORITHMS:
        return "algorithm"
    if said.handle != key.account.id.bytes:
        return "account"
    if not _signed(credential, said):
        return "signature"
    if not key.account.is_active:
        return "disabled"
    found = taken_up(session)
    return "account" if found and found[0].again and found[1] != key.account else None


def _signed(credential: AttestedCredentialData, said: Assertion) -> bool:
    response = AuthenticatorAssertionResponse(
        client_data=said.client, authenticator_data=said.authenticator, signature=said.signature
    )
    state = {"challenge": websafe_encode(said.client.challenge), "user_verification": REQUIRED}
    answer = AuthenticationResponse(raw_id=said.credential, response=response)
    try:
        judge().authenticate_complete(state, [credential], answer)
    except ValueError:
        return False
    return True


def _proof(session: SessionStore, key: Passkey, said: Assertion, *, devices: Devices, origin: Origin) -> Proof:
    methods, account = passkeys.methods(said.authenticator), key.account
    found = taken_up(session)
    if found and found[1] == account:
        proof = proof_after(found[0], account, (Step.PASSKEY,), methods, devices=devices, origin=origin)
        return replace(proof, last=Step.PASSKEY.value)
    device = devices.known(account.id, account.security_epoch)
    attempt = Attempt.of(f"{Step.PASSKEY.value}:{account.pk}", device, origin.network)
    done = frozenset({Step.PASSKEY})
    return Proof(account=account, done=done, methods=methods, attempt=attempt, last=Step.PASSKEY.value)
