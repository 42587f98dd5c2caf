"""A provider recognised a person: the account it opens, or what has to be confirmed before there is one."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import actions as authentication
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.introductions import Introduction
from passavant.federation import events
from passavant.federation.actions.outcomes import Awaited, Next, Refused
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules import proofs
from passavant.federation.rules.limits import RETURNS
from passavant.federation.rules.told import Told
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Email, NotAnEmail, Origin


def too_often(origin: Origin) -> datetime | None:
    """When this network may come back from a provider again; None: now, and it is counted."""
    verdict = hit((RETURNS, origin.network))
    return None if verdict.allowed else verdict.retry_at


def arrive(
    session: SessionStore, provider: str, told: Told, *, wanted: str, aside: str, devices: Devices, origin: Origin
) -> Entered | CodeAsked | Lost | Awaited | Refused:
    """Open the account of this (issuer, subject), or keep the arrival until the person confirmed something.

    An e-mail never designates an account here (G4): when the portal tells another than before, `aside` is the page
    to show first.
    """
    identity = ExternalIdentity.objects.known(told.issuer, told.subject)
    here = session.account
    if identity is None:
        return _await(provider, told, wanted)
    if here is not None:
        if here != identity.account:
            return Refused("other")
        return enter_by(session, identity, told, wanted=wanted, again=True, devices=devices, origin=origin)
    if not identity.account.is_active:
        return Refused("disabled", since=identity.account.suspended_at)
    if _moved(identity, told):
        wanted = aside + (f"?{urlencode({'next': wanted}, safe='/')}" if wanted else "")
    return enter_by(session, identity, told, wanted=wanted, devices=devices, origin=origin)


def _moved(identity: ExternalIdentity, told: Told) -> bool:
    """Whether the address told is new, and not the account's."""
    return bool(told.email) and told.email not in {identity.email, identity.account.email}


def enter_by(
    session: SessionStore,
    identity: ExternalIdentity,
    told: Told,
    *,
    wanted: str,
    again: bool = False,
    devices: Devices,
    origin: Origin,
) -> Entered | CodeAsked | Lost:
    """Go on with the account of this identity: what its level still lacks is asked here (E5, G5)."""
    account, now = identity.account, timezone.now()
    arrival, _token = Arrival.of(identity.provider, told, "")  # nothing waits: the way goes on at once
    arrival.account, arrival.spent_at, arrival.email_proved = account, now, True
    with transaction.atomic():
        ExternalIdentity.objects.filter(pk=identity.pk).update(used_at=now, email=told.email)
        arrival.save(force_insert=True)
        write(events.Arrived(account.id, identity.provider, told.acr, " ".join(told.amr)), origin)
    done, methods = proofs.steps(told.acr, told.amr), proofs.methods(told.amr)
    introduced = Introduction(identity.provider, arrival.id, done, methods)
    return authentication.arrive(
        session, account, introduced, wanted=wanted, again=again, devices=devices, origin=origin
    )


def awaited(arrival: Arrival, here: Account | None) -> Next:
    """What this person has to confirm now.

    Whether an account has the address is told to those only who proved that it is theirs (A7).
    """
    if here is not None:
        another = ExternalIdentity.objects.of(here).filter(issuer=arrival.told.issuer).exists()
        return Next("link", arrival, another=another)
    proved = arrival.email_proved
    holder = Account.objects.holding(Email.parse(arrival.email).key).first() if proved else None
    if holder is None:
        open_to_all = settings.PASSAVANT.federation[arrival.provider].newcomers
        return Next("closed" if not open_to_all else "account" if proved else "address", arrival)
    known = list(ExternalIdentity.objects.of(holder))
    others = () if holder.password else tuple(identity.provider for identity in known)
    return Next("link", arrival, others, another=any(i.provider == arrival.provider for i in known))


def _await(provider: str, told: Told, wanted: str) -> Awaited:
    arrival, token = Arrival.of(provider, told, wanted)
    arrival.email_proved = _believed(provider, told)
    arrival.save(force_insert=True)
    return Awaited(token)


def _believed(provider: str, told: Told) -> bool:
    """Whether the operator takes the provider's word for the address."""
    policy = settings.PASSAVANT.federation[provider].emails
    try:
        Email.parse(told.email)
    except NotAnEmail:
        return False
    return policy == "verified" or (policy == "claimed" and told.email_verified)
