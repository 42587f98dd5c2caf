"""An identity becomes a way into an account, or no longer is one."""

from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from passavant.accounts import actions as accounts
from passavant.accounts.actions.letters import disowning_link
from passavant.accounts.models import Account
from passavant.accounts.rules.newcomers import Newcomer
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.authentication.rules.devices import Devices
from passavant.federation import events, mails
from passavant.federation.actions.arriving import enter_by
from passavant.federation.actions.outcomes import Refused
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules.limits import NOT_ME_LIFETIME
from passavant.federation.rules.links import NOT_ME, note_of
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin


def open_account(
    session: SessionStore, arrival: Arrival, newcomer: Newcomer, *, devices: Devices, origin: Origin
) -> Entered | CodeAsked | Lost | Refused:
    """The account, its first way in and its first session, from what the person confirmed."""
    told = arrival.told
    try:
        identity = _open_account(arrival, newcomer, origin)
    except IntegrityError:
        identity = None
    # None: the form was sent twice, and the account is there; or somebody else was faster with the address
    identity = identity or ExternalIdentity.objects.known(told.issuer, told.subject)
    if identity is None:
        return Refused("taken")
    return enter_by(session, identity, told, wanted=arrival.wanted, devices=devices, origin=origin)


@transaction.atomic
def _open_account(arrival: Arrival, newcomer: Newcomer, origin: Origin) -> ExternalIdentity | None:
    if not _spend(arrival):
        return None
    account = accounts.open_account(newcomer, origin=origin)
    return _link(account, arrival, "created", origin)


def link(account: Account, arrival: Arrival, *, origin: Origin) -> ExternalIdentity | Refused:
    """Add the identity to the account that the person has just proved, at its level; told by mail, with a way back."""
    try:
        with transaction.atomic():
            if not _spend(arrival, account):
                return Refused("gone")
            identity = _link(account, arrival, "added", origin)
            note = note_of(str(account.pk), str(identity.pk))
            token = issue_link(NOT_ME, f"link:{identity.pk}", lifetime=NOT_ME_LIFETIME, note=note)
            post(mails.linked(account, identity, token, origin))
    except IntegrityError:
        return Refused("another" if _has(account, arrival) else "taken")
    return identity


@transaction.atomic
def unlink(
    account: Account, identity: UUID, *, keep: SessionStore | None = None, origin: Origin
) -> ExternalIdentity | Refused:
    """Remove a way in, never the last one; sessions it had opened end, but `keep`, from which this is asked."""
    Account.objects.select_for_update().get(pk=account.pk)  # two tabs do not remove the two last ways
    found = ExternalIdentity.objects.of(account).filter(pk=identity).first()
    if found is None:
        return Refused("gone")
    if not ExternalIdentity.objects.superfluous(account).filter(pk=identity).exists():
        return Refused("last")
    remove(found, "removed", origin=origin)
    opened = Session.objects.of(account).filter(through=found.provider)
    (opened.exclude(pk=keep.row.pk) if keep and keep.row else opened).delete()
    post(mails.unlinked(account, found, disowning_link(account), origin))
    return found


def remove(identity: ExternalIdentity, how: Literal["removed", "disowned"], *, origin: Origin) -> None:
    """In the caller's transaction."""
    account = identity.account
    ExternalIdentity.objects.filter(pk=identity.pk).delete()
    Account.objects.filter(pk=account.pk, born_of=identity.provider).update(born_of="")
    write(events.IdentityUnlinked(account.id, identity.provider, how), origin)


def _spend(arrival: Arrival, account: Account | None = None) -> bool:
    now = timezone.now()
    return Arrival.objects.waiting(now).filter(pk=arrival.pk).update(spent_at=now, account=account) == 1


def _link(account: Account, arrival: Arrival, how: Literal["created", "added"], origin: Origin) -> ExternalIdentity:
    told = arrival.told
    ExternalIdentity.objects.vacated(told.issuer, told.subject).delete()
    identity = ExternalIdentity.objects.create(
        account=account, provider=arrival.provider, issuer=told.issuer, subject=told.subject, email=told.email
    )
    write(events.IdentityLinked(account.id, arrival.provider, how), origin)
    return identity


def _has(account: Account, arrival: Arrival) -> bool:
    return ExternalIdentity.objects.of(account).filter(issuer=arrival.told.issuer).exists()
