"""The second step by SMS: send a code, check it."""

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
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.authentication.rules import limits
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step
from passavant.authentication.rules.pending import Pending
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_code, try_code
from passavant.foundation.onetime.rules import CodeAnswer
from passavant.foundation.outbox.actions import post
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import NotAPhone, Origin, Phone

PURPOSE = "sign-in"
HELD = "pending"  # where the session keeps it


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no SMS may leave (a limit's name, or "country"), and until when."""

    why: str
    until: datetime


def begin_codes(session: SessionStore, proof: Proof, *, origin: Origin) -> CodeAsked:
    """Go on, under a new key, with a pending sign-in and a first code."""
    account = proof.account
    pending = Pending(
        account=account.id.hex,
        epoch=account.security_epoch,
        level=account.level,
        done=tuple(sorted(step.value for step in proof.done)),
        through=proof.through,
        arrival=proof.arrival,
        methods=proof.methods,
        tries=proof.attempt.who,
        next=proof.next,
        number=account.mobile,
    )
    refusal = _refusal(pending, origin)
    with transaction.atomic():
        pending = _dispatched(pending, account, refusal, origin)
        session.open(Session(), {HELD: pending.stored()})
    return CodeAsked()


def send_code(session: SessionStore, *, origin: Origin) -> CodeAsked | Slowed | Lost:
    """Send another code, if the limits allow; the former one is dead."""
    if (held := _held(session)) is None:
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
    if (held := _held(session)) is None:
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


def _held(session: SessionStore) -> tuple[Pending, Account] | None:
    """The pending sign-in and its account, if nothing of it changed since the password."""
    pending = Pending.read(session.get(HELD))
    if pending is None:
        return None
    same = Account.objects.active().filter(security_epoch=pending.epoch, mobile=pending.number, level=pending.level)
    account = same.filter(pk=pending.account_id).first()
    return (pending, account) if account else None


def _proof(pending: Pending, account: Account, devices: Devices, origin: Origin) -> Proof:
    device = devices.known(account.id, account.security_epoch)
    attempt = Attempt.of(pending.tries, device, origin.network)
    # A code typed back shows that the number is somebody's who wanted it: the next sign-ins of the day need it too.
    sms = ((limits.CODES, pending.account), (limits.SMS_ACCOUNT, pending.account), (limits.SMS_NUMBER, pending.number))
    return Proof(
        account=account,
        done=frozenset({*pending.progress.done, Step.SMS}),
        methods=(*pending.methods, AMR[Step.SMS]),
        attempt=attempt,
        through=pending.through,
        arrival=pending.arrival,
        forgiven=(*attempt.forgiven, *sms),
        next=pending.next,
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
