"""What the worker does about registrations nobody activated. Any number of workers may run these side by side."""

from django.db import transaction
from django.utils import timezone

from passavant.accounts import events, mails
from passavant.accounts.models import Account
from passavant.accounts.models.accounts import HOLDING, AccountQuerySet, unactivated_since
from passavant.accounts.rules.links import ACTIVATION, ACTIVATION_LIFETIME, REMINDER_AGE, kept
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin

BATCH = 500  # registrations in one transaction
WORKER = Origin.system("worker")


@transaction.atomic
def remind_unactivated() -> int:
    """Remind once, with a new link, those who signed up a week ago; answers how many registrations were handled.

    One mail an address, about its newest registration; none to an address that an activated account holds.
    """
    waiting = unactivated_since(REMINDER_AGE).filter(reminded_at=None, created_at__gt=timezone.now() - kept())
    batch = _claimed(waiting)
    if batch:
        Account.objects.filter(pk__in=[account.pk for account in batch]).update(reminded_at=timezone.now())
        known = set(_held(batch).values_list("email_key", flat=True))
        newest = {account.email_key: account for account in batch if account.email_key not in known}
        for account in newest.values():
            _remind(account)
        write(events.Reminded(count=len(newest)), WORKER)
    return len(batch)


@transaction.atomic
def free_unactivated() -> int:
    """Delete registrations past their time: their identifiers may be chosen again; answers how many were."""
    batch = _claimed(unactivated_since(kept()))
    if batch:
        Account.objects.pending().filter(pk__in=[account.pk for account in batch]).delete()
        write(events.Freed(count=len(batch)), WORKER)
    return len(batch)


def _claimed(registrations: AccountQuerySet) -> list[Account]:
    """Some of them, left alone by the other workers until the end of the transaction."""
    return list(registrations.select_for_update(skip_locked=True)[:BATCH])


def _held(batch: list[Account]) -> AccountQuerySet:
    return Account.objects.filter(email_key__in={account.email_key for account in batch}, state__in=HOLDING)


def _remind(account: Account) -> None:
    token = issue_link(ACTIVATION, account.email_subject, lifetime=ACTIVATION_LIFETIME)
    post(mails.activation_reminder(account, token, account.created_at + kept()))
