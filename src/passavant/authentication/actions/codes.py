"""The second step by SMS: send a code, check it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import events, mails
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.outcomes import CodeAsked, CodeDead, CodeWrong, Entered, Lost, Slowed
from passavant.authentication.actions.resuming import proof_after, taken_up
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
from passavant.foundation.values import NotAPhone, Origin, Phone

PURPOSE = "sign-in"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no SMS may leave (a limit's name, or "country"), and until when."""

    why: str
    until: datetime


def first_code(pending: Pending, account: Account, *, origin: Origin) -> Callable[[], Pending]:
    """Count the SMS that begins a step; what is answered posts it, in the caller's transaction."""
    refusal = _refusal(pending, origin)
    return lambda: _dispatched(pending, account, refusal, origin)


def send_code(session: SessionStore, *, origin: Origin) -> CodeAsked | Slowed | Lost:
    """Send another code, if the limits allow; the former one is dead."""
    if (held := taken_up(session, Step.SMS.value)) is None:
        return Lost()
    pending, account = held
    refusal = _refusal(pending, origin)
    if refusal and refusal.why == limits.SMS_AGAIN.name:
        return Slowed(refusal.until)
    try:
        with transaction.atomic():
            session[HELD] = _dispatched(pending, account, refusal, origin).stored()
            session.save()
    except UpdateError:  # the sign-in was finished, or begun anew, in another tab: no SMS leaves
        return Lost()
    return Slowed(refusal.until) if refusal else CodeAsked()


def check_code(
    session: SessionStore, typed: str, *, devices: Devices, origin: Origin
) -> Entered | CodeWrong | CodeDead | Slowed | Lost:
    """Compare the code, spend it when it is right, and end the sign-in. `typed` is six digits."""
    if (held := taken_up(session, Step.SMS.value)) is None:
        return Lost()
    pending, account = held
    verdict = hit((limits.CODES, pending.account))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now())
    with transaction.atomic():
        answer = try_code(PURPOSE, pending.id, typed)
        if answer.kind == "right":
            return enter(session, _proof(pending, account, devices, origin), origin=origin)
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


def _dispatched(pending: Pending, account: Account, refusal: Refusal | None, origin: Origin) -> Pending:
    """Post the code, or note why none leaves; answers the pending sign-in as it then stands."""
    if refusal:
        if pending.refusal != refusal.why:
            write(events.CodeWithheld(account=account.id, method="sms", why=refusal.why), origin)
        return replace(pending, refusal=refusal.why, again_at=refusal.until.isoformat())
    code = issue_code(PURPOSE, pending.id, lifetime=limits.CODE_LIFETIME, tries=limits.CODE_TRIES)
    post(mails.sign_in_code(account, code, pending.id))
    write(events.CodeSent(account=account.id, method="sms"), origin)
    now = timezone.now()
    again = now + limits.SMS_AGAIN.per
    return replace(pending, sent=pending.sent + 1, sent_at=now.isoformat(), again_at=again.isoformat(), refusal="")


def _refusal(pending: Pending, origin: Origin) -> Refusal | None:
    """Count one SMS against every limit that could make us pay, or none of them when one is reached."""
    country = _country(pending.number)
    if country not in settings.PASSAVANT.sms_countries:
        return Refusal("country", timezone.now() + limits.PENDING_LIFETIME)
    budget = settings.PASSAVANT.sms_daily_budget
    common = {"all": limits.sms_budget(budget), country: limits.sms_country(country, budget)}
    verdict = hit(
        (limits.SMS_AGAIN, pending.id),
        (limits.SMS_ACCOUNT, pending.account),
        (limits.SMS_NUMBER, pending.number),
        (limits.SMS_NETWORK, origin.network),
        *((limit, key) for key, limit in common.items()),
    )
    if verdict.allowed:
        return None
    for key in (key for key, limit in common.items() if limit.name == verdict.refused):
        _raise_alarm(key, common[key].allow, origin)
    return Refusal(verdict.refused or "", verdict.retry_at or timezone.now())


def _raise_alarm(budget: str, allowed: int, origin: Origin) -> None:
    if hit((limits.SMS_ALARM, budget)).allowed:
        with transaction.atomic():
            write(events.SmsBudgetReached(budget=budget, allowed=allowed), origin)


def _country(number: str) -> str:
    try:
        return Phone.parse(number).country
    except NotAPhone:
        return ""
