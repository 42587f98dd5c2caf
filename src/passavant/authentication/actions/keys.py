"""One more passkey: at the first sign-in of its level, or later, from « Sécurité »."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AuthenticatorAttestationResponse,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
)

from passavant.accounts.models import Account
from passavant.accounts.rules.devices import spoken
from passavant.authentication import events
from passavant.authentication.actions.factors import moved, tell_added
from passavant.authentication.actions.outcomes import Enrolled, Lost, NotAccepted, Slowed
from passavant.authentication.actions.passkeys import REQUIRED, add_challenge, judge, take_challenges
from passavant.authentication.actions.proceeding import keep
from passavant.authentication.actions.resuming import taken_up
from passavant.authentication.models.passkeys import Passkey
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits, passkeys
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.passkeys import Creation, Fault
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

MADE = "passkey_made"  # where the session keeps the challenges of enrolments
KIND: events.FactorKind = "passkey"


def whose_passkey(session: SessionStore) -> Account | None:
    """Who may add one: the person signed in, or who has just proved the password of a level that lacks its key."""
    if session.account is not None:
        return session.account
    found = taken_up(session)
    return found[1] if found and found[0].missing is Step.PASSKEY else None


def ask_new_passkey(session: SessionStore, account: Account) -> dict[str, Any] | None:
    """PublicKeyCredentialCreationOptionsJSON with a new challenge; None when the session ended meanwhile.

    It names the keys already there, so that a device that holds one says so rather than make another.
    """
    challenge = add_challenge(session, MADE)
    if challenge is None:
        return None
    options, _state = judge().register_begin(
        PublicKeyCredentialUserEntity(id=account.id.bytes, name=account.identifier, display_name=account.full_name),
        [key.credential for key in Passkey.objects.of(account)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
        challenge=challenge,
    )
    return dict(options.public_key)


def add_passkey(
    session: SessionStore, account: Account, made: Creation, name: str, *, origin: Origin
) -> Enrolled | NotAccepted | Slowed | Lost:
    """Keep a key that was just made. `name` "" means its maker's, or the device's.

    Of a person signed in, whatever was open is closed, this session too until it is opened anew.
    """
    why = _fault(session, account, made)
    if why is not None:
        return not_added(account, why, origin=origin)
    named = name or _usual_name(account, made, origin)
    try:
        with transaction.atomic():
            if not (moved(account) if session.account else _first(session, account)):
                return Lost()
            Passkey.made(account, made, named).save(force_insert=True)
            tell_added(account, KIND, named, origin)
    except IntegrityError:  # a key of that name is somebody's
        return not_added(account, "known", origin=origin)
    except UpdateError:  # the sign-in was begun anew in another tab
        return Lost()
    return Enrolled(named)


def not_added(account: Account, why: Fault, *, origin: Origin) -> NotAccepted | Slowed:
    """Note it, within the limit of a network."""
    verdict = hit((limits.PASSKEYS, origin.network))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now(), network=True)
    with transaction.atomic():
        write(events.PasskeyNotAdded(account=account.id, why=why), origin)
    return NotAccepted(why)


def _first(session: SessionStore, account: Account) -> bool:
    """Whether the account has no key and gets none until this transaction ends; the sign-in then asks for this one."""
    same = Account.objects.active().filter(pk=account.pk, security_epoch=account.security_epoch)
    if not same.select_for_update().first() or Passkey.objects.of(account).exists():
        return False
    if (found := taken_up(session)) is None:
        return False
    keep(session, replace(found[0], held=(*found[0].held, Step.PASSKEY.value)))
    return True


def _usual_name(account: Account, made: Creation, origin: Origin) -> str:
    with override(account.language):
        return passkeys.MODELS.get(UUID(bytes=bytes(made.key.aaguid))) or capfirst(spoken(origin.agent))


def _fault(session: SessionStore, account: Account, made: Creation) -> Fault | None:
    waiting, us = take_challenges(session, MADE), passkeys.party()
    stale = passkeys.staleness(made.client.challenge, waiting, timezone.now())
    why = stale or passkeys.fault(passkeys.CREATE, made.client, made.authenticator, us)
    if why is not None:
        return why
    if (weak := passkeys.weakness(made.key.public_key)) is not None:
        return weak
    if not _judged(made):
        return "key"
    return "many" if Passkey.objects.of(account).count() >= passkeys.MOST else None


def _judged(made: Creation) -> bool:
    response = AuthenticatorAttestationResponse(client_data=made.client, attestation_object=made.attestation)
    state = {"challenge": websafe_encode(made.client.challenge), "user_verification": REQUIRED}
    try:
        judge().register_complete(state, RegistrationResponse(raw_id=made.key.credential_id, response=response))
    except ValueError:
        return False
    return True
