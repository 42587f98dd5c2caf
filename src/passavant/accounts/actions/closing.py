"""The end of an account: what it was stays true in the audit trail, what it knew of the person is erased."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.accounts import events, mails
from passavant.accounts.actions.credentials import prove_password
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account, State
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import void
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin


def close_account(account: Account, password: str, *, origin: Origin) -> Done | Refused:
    """Close and erase at once; a farewell leaves for the address, which may sign up again.

    The identifier is given to nobody else: only its keyed digest is kept (see `models.accounts.retired_keys`).

    Raises:
        ServiceBusy: no room to verify a password just now.
    """
    if refused := prove_password(account, password, asked_for="closing", origin=origin):
        return refused
    return _close(account, origin=origin)


@transaction.atomic
def _close(account: Account, *, origin: Origin) -> Done | Refused:
    post(mails.account_closed(account, origin))
    void(account.subject)
    void(account.undo_subject)
    ended = {"state": State.CLOSED.value, "closed_at": timezone.now(), "closing_reason": "person"}
    open_one = Account.objects.active().filter(pk=account.pk)
    if not open_one.update(security_epoch=F("security_epoch") + 1, **ended, **account.erased()):
        transaction.set_rollback(True)
        return Refused("gone")
    write(events.Closed(account=account.id, by="person"), origin)
    return Done(account.id, account.security_epoch + 1)
