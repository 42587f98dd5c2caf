"""Another address: proved by the new one, told to the former one, which may take the account back for seven days."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.accounts import events, mails
from passavant.accounts.actions.credentials import prove_password
from passavant.accounts.actions.outcomes import Asked, Done, Ready, Refused, Undone
from passavant.accounts.actions.tickets import overtaken, spend_for, usable, worth
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import EMAIL_CHANGES
from passavant.accounts.rules.links import (
    ACTIVATION,
    EMAIL_CHANGE,
    EMAIL_CHANGE_LIFETIME,
    EMAIL_SETTLES,
    EMAIL_UNDO,
    EMAIL_UNDO_LIFETIME,
)
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link, void
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.actions import post
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Email, Origin, digest


def ask_email_change(account: Account, password: str, email: Email, *, origin: Origin) -> Asked | Refused:
    """Send a link to the new address and a notice, with its own link, to the current one.

    An address that another account holds gets « vous avez déjà un compte » instead: the answer is the same.

    Raises:
        ServiceBusy: no room to verify a password just now.
    """
    if refused := prove_password(account, password, asked_for="email", origin=origin):
        return refused
    if email.key == account.email_key:
        return Refused("same")
    if account.email_changed_at and (free := account.email_changed_at + EMAIL_SETTLES) > timezone.now():
        return Refused("settling", free)
    verdict = hit((EMAIL_CHANGES, account.subject))
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    return _ask(account, email, origin=origin)


@transaction.atomic
def _ask(account: Account, email: Email, *, origin: Origin) -> Asked:
    note = {"old": account.email, "new": email.address}
    change = issue_link(EMAIL_CHANGE, account.subject, lifetime=EMAIL_CHANGE_LIFETIME, note=note)
    undo_note = note | {"account": str(account.pk)}
    undo = issue_link(EMAIL_UNDO, account.undo_subject, lifetime=EMAIL_UNDO_LIFETIME, note=undo_note)
    holder = Account.objects.holding(email.key).first()
    told = mails.already_signed_up(holder, "email", origin) if holder else None
    post(told or mails.confirm_address(account, email, change, origin))
    post(mails.address_changing(account, email, undo, origin))
    write(events.EmailChangeAsked(account=account.id), origin)
    return Asked()


def email_link(token: str) -> Ready | Refused:
    """What the link sent to the new address is worth. Reads only."""
    return worth(token, EMAIL_CHANGE)


def undo_link(token: str) -> Ready | Refused:
    """What the link sent to the former address is worth. Reads only."""
    return worth(token, EMAIL_UNDO)


def confirm_email_change(token: str, *, origin: Origin) -> Done | Refused:
    """Whoever reads the new mailbox agrees: the address changes and everything opened before is dead."""
    ticket = usable(token, EMAIL_CHANGE)
    if isinstance(ticket, Refused):
        return _refuse(ticket, None, origin=origin)
    done = spend_for(ticket, lambda: _move(ticket, origin=origin))
    if done is None:
        refused = overtaken(token, EMAIL_CHANGE, Refused("taken"))
        return _refuse(refused, UUID(ticket.subject), origin=origin)
    return done


def _move(ticket: Ticket, *, origin: Origin) -> Done | None:
    old, new = Email.parse(ticket.note["old"]), Email.parse(ticket.note["new"])
    account = Account.objects.active().filter(pk=ticket.subject, email_key=old.key)
    if not account.update(email_changed_at=timezone.now(), **_at(new)):
        return None
    _rename(ticket.subject, old, new)
    Account.objects.drop_claims(new.key)
    void(digest(new.key), ACTIVATION)
    void(ticket.subject)
    moved = Account.objects.get(pk=ticket.subject)
    write(events.EmailChanged(account=moved.id), origin)
    return Done(moved.id, moved.security_epoch)


def cancel_email_change(token: str, *, origin: Origin) -> Undone | Refused:
    """The former address refuses the change, or takes the account back once it was made."""
    ticket = usable(token, EMAIL_UNDO)
    if isinstance(ticket, Refused):
        return _refuse(ticket, None, origin=origin)
    undone = spend_for(ticket, lambda: _undo(ticket, origin=origin))
    if undone is None:
        return _refuse(overtaken(token, EMAIL_UNDO, Refused("gone")), UUID(ticket.note["account"]), origin=origin)
    return undone


def _undo(ticket: Ticket, *, origin: Origin) -> Undone | None:
    old, new = Email.parse(ticket.note["old"]), Email.parse(ticket.note["new"])
    account = Account.objects.active().filter(pk=ticket.note["account"])
    restored = account.filter(email_key=new.key).update(email_changed_at=None, **_at(old))
    _rename(ticket.note["account"], new, old)
    if not restored and not account.filter(email_key=old.key).exists():
        return None
    void(ticket.note["account"], None if restored else EMAIL_CHANGE)
    write(events.EmailChangeUndone(account=UUID(ticket.note["account"]), restored=bool(restored)), origin)
    return Undone(bool(restored))


def _rename(account: str, old: Email, new: Email) -> None:
    """An identifier that is the e-mail (the account came from another portal) goes with it."""
    named = Account.objects.active().filter(pk=account, identifier_key=old.key, email_key=new.key)
    named.update(identifier=new.address, identifier_key=new.key)


@transaction.atomic
def withdraw_email_change(account: Account, *, origin: Origin) -> Undone:
    """The person thinks better of it before the new address is proved."""
    void(account.subject, EMAIL_CHANGE)
    write(events.EmailChangeUndone(account=account.id, restored=False), origin)
    return Undone(restored=False)


def _at(email: Email) -> dict[str, Any]:
    return {"email": email.address, "email_key": email.key, "security_epoch": F("security_epoch") + 1}


@transaction.atomic
def _refuse(refused: Refused, account: UUID | None, *, origin: Origin) -> Refused:
    write(events.EmailChangeRefused(account=account, why=refused.why), origin)
    return refused
