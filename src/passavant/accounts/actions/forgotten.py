"""« Mot de passe oublié ? »: one answer for everybody, at one price; the mail says the rest to whom it concerns."""

from django.conf import settings
from django.db import transaction

from passavant.accounts import events, mails
from passavant.accounts.actions.letters import whom
from passavant.accounts.actions.outcomes import Asked, Refused
from passavant.accounts.models import Account, State
from passavant.accounts.rules.limits import RESET_ASKED, RESET_MAILS, RESETS
from passavant.accounts.rules.links import ACTIVATION, ACTIVATION_LIFETIME, RESET, RESET_LIFETIME
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.outbox.actions import post
from passavant.foundation.outbox.messages import Letter
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin, identifier_key, keyed_digest


def ask_reset(login: str, *, origin: Origin) -> Asked | Refused:
    """Post a reset link to whom an identifier or an e-mail designates; the answer tells nothing of them.

    The wait is counted for what was typed from one place. Beyond its daily number of mails an address gets none,
    whoever asks, and keeps its last link, which outlives the wait.
    """
    key = identifier_key(login)
    verdict = hit((RESET_ASKED, f"{key} {origin.network}"), (RESETS, origin.network))
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    named = Account.objects.by_login(login)
    # A registration whose address belongs to an account is no way to another mailbox than its owner's.
    account = Account.objects.holding(named.email_key if named else key).first() or named
    mailed = hit((RESET_MAILS, account.email_key if account else key)).allowed
    return _ask(account, key, mailed=mailed, origin=origin)


@transaction.atomic
def _ask(account: Account | None, key: str, *, mailed: bool, origin: Origin) -> Asked:
    with transaction.atomic():
        post(_letter(account or _nobody(), origin))
        if account is None or not mailed:  # written, then taken back: a mail to nobody costs the time of any other
            transaction.set_rollback(True)
    login = keyed_digest(settings.SECRET_KEY, key)
    write(events.ResetAsked(account=account.id if account else None, login=login), origin)
    return Asked()


def _letter(account: Account, origin: Origin) -> Letter:
    """What the state of the account allows. Each makes a link, so that all cost the same."""
    if account.state == State.PENDING.value:
        token = issue_link(ACTIVATION, account.email_subject, lifetime=ACTIVATION_LIFETIME)
        return mails.activation_instead(account, token, origin)
    token = reset_link_for(account)
    return mails.reset(account, token, origin) if account.is_active else mails.reset_suspended(account, origin)


def reset_link_for(account: Account) -> str:
    """A new link, for as long as the account keeps this address; the former one is dead."""
    return issue_link(RESET, account.subject, lifetime=RESET_LIFETIME, note=whom(account))


def _nobody() -> Account:
    return Account(state=State.ACTIVE.value, email="personne@example.invalid", email_key="personne@example.invalid")
