"""A new activation link, asked from the confirmation page or from its own; and a mistyped address put right."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts import events
from passavant.accounts.actions.letters import post_link
from passavant.accounts.actions.outcomes import Asked, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import CLAIMS_A_DAY, CORRECTIONS, DAY, RESEND_WAIT, RESENDS
from passavant.accounts.rules.links import ACTIVATION, ACTIVATION_LIFETIME
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link, void
from passavant.foundation.throttling.actions import hit, look
from passavant.foundation.throttling.rules import Verdict
from passavant.foundation.values import Email, Origin, digest, identifier_key, keyed_digest


def resend_activation(login: str, *, origin: Origin) -> Asked | Refused:
    """Post a new link to whom an identifier or an e-mail designates; the answer tells nothing of them.

    The wait is counted for what was typed from one place: nobody can make another person wait.
    """
    key = identifier_key(login)
    verdict = hit((RESEND_WAIT, f"{key} {origin.network}"), (RESENDS, origin.network))
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    return _resend(Account.objects.by_login(login), key, origin=origin)


def resend_to(registration: UUID, *, origin: Origin) -> Asked | Refused:
    """The same for the registration that this visitor has just made."""
    verdict = hit((RESEND_WAIT, str(registration)), (RESENDS, origin.network))
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    return _resend(Account.objects.unclosed().filter(pk=registration).first(), str(registration), origin=origin)


def next_resend(registration: UUID) -> Verdict:
    """Whether, and when, the visitor may ask again. Reads only."""
    return look((RESEND_WAIT, str(registration)))


@transaction.atomic
def _resend(account: Account | None, asked: str, *, origin: Origin) -> Asked:
    if account:
        post_link(account, because="link", origin=origin)
    else:  # a link sent to nobody costs the time of one sent to somebody
        issue_link(ACTIVATION, digest(asked), lifetime=ACTIVATION_LIFETIME)
    login = keyed_digest(settings.SECRET_KEY, asked)
    write(events.ActivationLinkAsked(account=account.id if account else None, login=login), origin)
    return Asked()


def correct_address(registration: UUID, email: Email, *, origin: Origin) -> Asked | Refused:
    """Send the activation to another address than the one typed at sign-up; the former one's link is dead."""
    verdict = hit((CORRECTIONS, str(registration)), (RESENDS, origin.network))
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    account = Account.objects.pending().filter(pk=registration).first()
    if account is None:
        return Refused("gone")
    if Account.objects.claiming(email.key, since=timezone.now() - DAY) >= CLAIMS_A_DAY:
        return Asked()
    return _moved(account, email, origin=origin)


@transaction.atomic
def _moved(account: Account, email: Email, *, origin: Origin) -> Asked | Refused:
    waiting = Account.objects.pending().filter(pk=account.pk, email_key=account.email_key)
    if not waiting.update(email=email.address, email_key=email.key):
        return Refused("gone")
    # Another registration may wait for the former address: its owner's link must not die because somebody else left.
    if not Account.objects.pending().filter(email_key=account.email_key).exists():
        void(account.email_subject, ACTIVATION)
    account.email, account.email_key = email.address, email.key
    post_link(account, because="sign_up", origin=origin)
    write(events.AddressCorrected(account=account.id), origin)
    return Asked()
