"""The second step by SMS: send a code, check it."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import events, mails
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.outcomes import CodeAsked, CodeDead, CodeWrong, Entered, Lost, Slowed
from passavant.authentication.actions.resuming import proof_after, taken_up
from passavant.authentication.actions.spending import Refusal, refusal
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step
from passavant.authentication.rules.pending import HELD, Pending
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_code, try_code
from passavant.foundation.onetime.rules import CodeAnswer
from passavant.foundation.outbox.actions import post
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

PURPOSE = "sign-in"


def first_code(pending: Pending, account: Account, *, origin: Origin) -> Callable[[], Pending]:
    """Count the SMS that begins a step; what is answered posts it, in the caller's transaction."""
    refused = _refusal(pending, origin)
    return lambda: _dispatched(pending, account, refused, origin)


def send_code(session: SessionStore, *, origin: Origin) -> CodeAsked | Slowed | Lost:
    """Send another code, if the limits allow; the former one is dead."""
    if (held := taken_up(session, Step.SMS.value)) is None:
        return Lost()
    pending, account = held
    refused = _refusal(pending, origin)
    if refused and refused.why == limits.SMS_AGAIN.name:
        return Slowed(refused.until)
    try:
        with transaction.atomic():
            session[HELD] = _dispatched(pending, account, refused, origin).stored()
            session.save()
    except UpdateError:  # the sign-in was finished, or begun anew, in another tab: no SMS leaves
        return Lost()
    return Slowed(refused.until) if refused else CodeAsked()


def check_code(
    session: SessionStore, typed: str, *, remember: bool = False, devices: Devices, origin: Origin
) -> Entered | CodeWrong | CodeDead | Slowed | Lost:
    """Compare the code, spend it when it is right, and end the sign-in. `typed` is six digits.

    `remember`: the person trusts this browser.
    """
    if (held := taken_up(session, Step.SMS.value)) is None:
        return Lost()
    pending, account = held
    verdict = hit((limits.CODES, pending.account))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now())
    with transaction.atomic():
        answer = try_code(PURPOSE, pending.id, typed)
        if answer.kind == "right":
            return enter(session, replace(_proof(pending, account, devices, origin), remember=remember), origin=origin)
        left = min(answer.tries_left, verdict.left)
        write(events.CodeRefused(account=account.id, method="sms", why=answer.kind, left=left), origin)
    return _not_right(session, answer, left, origin)


def _not_right(session: SessionStore, answer: CodeAnswer, left: int, origin: Origin) -> CodeWrong | CodeDead:
    if answer.kind == "wrong":
        return CodeWrong(left)
    if answer.kind == "expired":
        renewed = isinstance(send_code(session, origin=origin), CodeAsked)
        return CodeDead("expired", answer.expires_at, renewed)
    return CodeDead("used" if answer.used else "none")


def _proof(pending: Pending, account: Account, devices: Devices, origin: Origin) -> Proof:
    # A code typed back shows that the number is somebody's who wanted it: the next sign-ins of the day need it too.
    sms = ((limits.SMS_ACCOUNT, pending.account), (limits.SMS_NUMBER, pending.number))
    return proof_after(
        pending,
        account,
        (Step.SMS,),
        (AMR[Step.SMS],),
        devices=devices,
        origin=origin,
        number=pending.number,
        forgiven=sms,
    )


def _dispatched(pending: Pending, account: Account, refused: Refusal | None, origin: Origin) -> Pending:
    """Post the code, or note why none leaves; answers the pending sign-in as it then stands."""
    if refused:
        if pending.refusal != refused.why:
            write(events.CodeWithheld(account=account.id, method="sms", why=refused.why), origin)
        return replace(pending, refusal=refused.why, again_at=refused.until.isoformat())
    code = issue_code(PURPOSE, pending.id, lifetime=limits.CODE_LIFETIME, tries=limits.CODE_TRIES)
    post(mails.sign_in_code(account, code, pending.id))
    write(events.CodeSent(account=account.id, method="sms"), origin)
    now = timezone.now()
    again = now + limits.SMS_AGAIN.per
    return replace(pending, sent=pending.sent + 1, sent_at=now.isoformat(), again_at=again.isoformat(), refusal="")


def _refusal(pending: Pending, origin: Origin) -> Refusal | None:
    return refusal(pending.number, pending.account, (limits.SMS_AGAIN, pending.id), origin=origin)
