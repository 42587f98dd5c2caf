"""The notices of what changed in the ways in, with the link that takes it for somebody else's act."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts.actions.letters import disowning_link
from passavant.accounts.models import Account
from passavant.authentication import mails
from passavant.authentication.actions.spending import refusal
from passavant.authentication.models.sessions import Session
from passavant.authentication.rules import limits
from passavant.foundation.outbox.actions import post
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin


def tell(account: Account, what: mails.What, origin: Origin, **said: str | int) -> None:
    """Post it, in the caller's transaction."""
    post(mails.notice(account, what, disowning_link(account), origin, **said))


def tell_new_sign_in(account: Account, session: Session, origin: Origin) -> None:
    """Of a device not known yet: at once or, when another has just been told, with those that follow it."""
    verdict, none = hit((limits.NOTICES, account.id.hex)), timedelta()
    wait = none if verdict.retry_at is None or verdict.allowed else max(verdict.retry_at - timezone.now(), none)
    post(mails.new_sign_in(account, session, disowning_link(account), wait, origin))


@transaction.atomic
def tell_former_number(account: Account, number: str, *, origin: Origin) -> bool:
    """One SMS to a number that was the account's; False when none may leave (the mail tells it all the same)."""
    if not settings.PASSAVANT.sms_url or refusal(number, account.id.hex, origin=origin):
        return False
    post(mails.mobile_changed(account, number))
    return True
