"""The link of « mot de passe oublié »: a new password, and nothing else. And the way back when it was somebody else."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.accounts import events, mails
from passavant.accounts.actions.credentials import password_faults
from passavant.accounts.actions.forgotten import reset_link_for
from passavant.accounts.actions.letters import post_password_changed
from passavant.accounts.actions.outcomes import Asked, Done, Ready, Refused
from passavant.accounts.actions.passwords import hashed
from passavant.accounts.actions.tickets import overtaken, spend_for, usable, worth
from passavant.accounts.models import Account
from passavant.accounts.models.accounts import AccountQuerySet
from passavant.accounts.rules.limits import RESET_MAILS, RESET_TRIES
from passavant.accounts.rules.links import NOT_ME, RESET
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import void
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.actions import post
from passavant.foundation.throttling.actions import forgive, hit
from passavant.foundation.values import Origin, identifier_key


def reset_link(token: str) -> Ready | Refused:
    """What the link is worth. Reads only."""
    return worth(token, RESET)


def not_me_link(token: str) -> Ready | Refused:
    """What the link of the notice is worth. Reads only."""
    return worth(token, NOT_ME)


def reset_password(token: str, login: str, new: str, *, origin: Origin) -> Done | Refused:
    """Give the account a new password; everything opened before is dead, nobody is signed in (B10).

    The level and the second factor stay as they are. The link is spent by success alone.

    Raises:
        ServiceBusy: no room to hash just now; the link is still good.
    """
    ticket = usable(token, RESET)
    if isinstance(ticket, Refused):
        return _refuse(ticket, None, link="reset", origin=origin)
    account = _reached(ticket).first()
    if account is None:
        return _refuse(Refused("gone"), UUID(ticket.note["account"]), link="reset", origin=origin)
    if refused := _misnamed(account, login, ticket, origin=origin):
        return _refuse(refused, account.id, link="reset", origin=origin)
    if lacking := password_faults(account, new):
        return Refused("weak", faults=tuple(lacking))
    encoded = hashed(new)
    if done := spend_for(ticket, lambda: _replace(account, encoded, origin=origin)):
        forgive((RESET_MAILS, account.email_key))
        return done
    return _refuse(overtaken(token, RESET, Refused("gone")), account.id, link="reset", origin=origin)


def disown_reset(token: str, *, origin: Origin) -> Asked | Refused:
    """« Ce n’était pas moi »: the password and all it opened are dead, another link leaves for the address."""
    ticket = usable(token, NOT_ME)
    if isinstance(ticket, Refused):
        return _refuse(ticket, None, link="not_me", origin=origin)
    if asked := spend_for(ticket, lambda: _disown(ticket, origin=origin)):
        return asked
    refused = overtaken(token, NOT_ME, Refused("gone"))
    return _refuse(refused, UUID(ticket.note["account"]), link="not_me", origin=origin)


def _reached(ticket: Ticket) -> AccountQuerySet:
    """The account, while it is active and has the address to which the link was sent."""
    return Account.objects.active().filter(pk=ticket.note["account"], email_key=ticket.note["email"])


def _misnamed(account: Account, login: str, ticket: Ticket, *, origin: Origin) -> Refused | None:
    """None when identifier or e-mail is this account's; else why not, counted per link and place."""
    charge = (RESET_TRIES, f"{ticket.pk} {origin.network}")
    verdict = hit(charge)
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    if identifier_key(login) in {account.identifier_key, account.email_key}:
        forgive(charge)
        return None
    return Refused("wrong", verdict.retry_at, verdict.left)


def _replace(account: Account, encoded: str, *, origin: Origin) -> Done | None:
    unmoved = Account.objects.active().filter(pk=account.pk, email_key=account.email_key)
    moved = {"password": encoded, "reset_at": timezone.now(), "security_epoch": F("security_epoch") + 1}
    if not unmoved.update(**moved):
        return None
    account.refresh_from_db()
    void(account.subject)
    post_password_changed(account, origin)
    write(events.PasswordReset(account=account.id), origin)
    return Done(account.id, account.security_epoch)


def _disown(ticket: Ticket, *, origin: Origin) -> Asked | None:
    account = _reached(ticket).first()
    return Asked() if account and force_reset(account, origin=origin) else None


def force_reset(account: Account, *, origin: Origin) -> bool:
    """The password and all it opened are dead, a reset link leaves; in the caller's transaction. False: not active."""
    unmoved = Account.objects.active().filter(pk=account.pk, email_key=account.email_key)
    if not unmoved.update(password="", security_epoch=F("security_epoch") + 1):
        return False
    account.refresh_from_db()
    void(account.subject)
    post(mails.reset(account, reset_link_for(account), origin, because="not_me"))
    write(events.PasswordDisowned(account=account.id), origin)
    return True


@transaction.atomic
def _refuse(refused: Refused, account: UUID | None, *, link: events.ResetLink, origin: Origin) -> Refused:
    write(events.ResetRefused(account=account, link=link, why=refused.why), origin)
    return refused
