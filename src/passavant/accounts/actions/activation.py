"""The link proves the e-mail; identifier and password say which registration of that e-mail becomes an account."""

from django.db import transaction
from django.utils import timezone

from passavant.accounts import events
from passavant.accounts.actions.outcomes import Done, Ready, Refused
from passavant.accounts.actions.passwords import matches
from passavant.accounts.actions.tickets import overtaken, spend_for, usable, worth
from passavant.accounts.models import Account, State
from passavant.accounts.rules.limits import ACTIVATION_TRIES
from passavant.accounts.rules.links import ACTIVATION
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.throttling.actions import forgive, hit
from passavant.foundation.values import Origin


def activation_link(token: str) -> Ready | Refused:
    """What the link is worth. Reads only."""
    return worth(token, ACTIVATION)


def activate(token: str, login: str, password: str, *, origin: Origin) -> Done | Refused:
    """Make the registration an account. The link is spent by success alone, and signs nobody in.

    Raises:
        ServiceBusy: no room to verify a password just now; the link is still good.
    """
    ticket = usable(token, ACTIVATION)
    if isinstance(ticket, Refused):
        return _refuse(ticket, None, origin=origin)
    charge = (ACTIVATION_TRIES, f"{ticket.subject} {origin.network}")
    verdict = hit(charge)
    if not verdict.allowed:
        return _refuse(Refused("throttled", verdict.retry_at), None, origin=origin)
    named = Account.objects.by_login(login)
    account = named if named and _waits_for(named, ticket) else None
    if not matches(password, account) or account is None:
        wrong = Refused("wrong", verdict.retry_at, verdict.left)
        return _refuse(overtaken(token, ACTIVATION, wrong), named, origin=origin)
    if done := spend_for(ticket, lambda: _open(account, origin=origin)):
        forgive(charge)
        return done
    return _refuse(overtaken(token, ACTIVATION, Refused("used")), account, origin=origin)


def _waits_for(account: Account, ticket: Ticket) -> bool:
    return account.state == State.PENDING.value and account.email_subject == ticket.subject


@transaction.atomic
def _refuse(refused: Refused, account: Account | None, *, origin: Origin) -> Refused:
    write(events.ActivationRefused(account=account.id if account else None, why=refused.why), origin)
    return refused


def _open(account: Account, *, origin: Origin) -> Done | None:
    waiting = Account.objects.pending().filter(pk=account.pk, email_key=account.email_key)
    if not waiting.update(state=State.ACTIVE.value, activated_at=timezone.now()):
        return None
    dropped = Account.objects.drop_claims(account.email_key)
    write(events.Activated(account=account.id, others_dropped=dropped), origin)
    return Done(account.id, account.security_epoch)
