"""« J’ai tout perdu »: asked by anybody in the same words, opened by who reads the mailbox, one click cancels."""

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from passavant.accounts.actions.letters import whom
from passavant.accounts.actions.outcomes import Done, Ready, Refused
from passavant.accounts.actions.tickets import overtaken, spend_for, usable, worth
from passavant.accounts.models import Account, State
from passavant.accounts.rules.levels import Level
from passavant.authentication import mails
from passavant.authentication.actions.outcomes import CodeDead, CodeWrong, LossAwaits, Slowed
from passavant.authentication.actions.spending import refusal
from passavant.authentication.events import losses as events
from passavant.authentication.models.losses import Loss
from passavant.authentication.rules import limits
from passavant.authentication.rules.losses import DELAY, LIFE, Claim, obstacle, rests_until
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_code, issue_link, try_code, void
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.actions import post
from passavant.foundation.outbox.messages import Letter
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin, identifier_key, keyed_digest

CODE = "authentication.loss"  # subject: the claim, so that nobody else uses up its tries
CANCEL = "authentication.loss_cancel"  # subject: the account's undo; its note names the request


def ask_loss(login: str, *, origin: Origin) -> Claim | Slowed:
    """Post a code, or why there is none, to whom an identifier or an e-mail designates; the answer tells nothing."""
    key = identifier_key(login)
    verdict = hit((limits.LOSS_ASKED, f"{key} {origin.network}"), (limits.LOSSES, origin.network))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now())
    named = Account.objects.by_login(login)
    account = named if named and named.is_active else None
    mailed = hit((limits.LOSS_MAILS, account.email_key if account else key)).allowed
    return _ask(account, key, mailed=mailed, origin=origin)


@transaction.atomic
def _ask(account: Account | None, key: str, *, mailed: bool, origin: Origin) -> Claim:
    why = _obstacle(account, timezone.now()) if account else None
    able = account is not None and mailed and not why
    claim = Claim(uuid4().hex, str(account.pk) if account and able else "", account.security_epoch if account else 0)
    code = issue_code(CODE, claim.id, lifetime=limits.CODE_LIFETIME, tries=limits.CODE_TRIES)
    with transaction.atomic():
        post(_letter(account or _nobody(), why, code, claim, origin))
        if account is None or not mailed:  # written, then taken back: a mail to nobody costs the time of any other
            transaction.set_rollback(True)
    login = keyed_digest(settings.SECRET_KEY, key)
    write(events.LossAsked(account=account.id if account else None, login=login, obstacle=why), origin)
    return claim


def prove_loss(claim: Claim, typed: str, *, origin: Origin) -> LossAwaits | CodeWrong | CodeDead:
    """Compare the code; when it is right, the request is open, and every address is told at once."""
    with transaction.atomic():
        answer = try_code(CODE, claim.id, typed)
        account = _claimed(claim) if answer.kind == "right" else None
        if account is not None:
            return _open(account, timezone.now(), origin)
        why = "none" if answer.kind == "right" else answer.kind
        whose = UUID(claim.account) if claim.account else None
        write(events.LossCodeRefused(account=whose, why=why, left=answer.tries_left), origin)
    if why == "wrong":
        return CodeWrong(answer.tries_left)
    if why == "expired":
        return CodeDead("expired", answer.expires_at)
    return CodeDead("used" if answer.used else "none")


def cancel_loss_link(token: str) -> Ready | Refused:
    """What the link of the notice is worth. Reads only."""
    return worth(token, CANCEL)


def cancel_loss(token: str, *, origin: Origin) -> Done | Refused:
    """Whoever reads the mailbox keeps the factors as they are."""
    ticket = usable(token, CANCEL)
    if isinstance(ticket, Refused):
        return ticket
    return spend_for(ticket, lambda: _cancel(ticket, origin)) or overtaken(token, CANCEL, Refused("gone"))


def end_loss(loss: Loss, move: str, now: datetime) -> bool:
    """One of the moves that close a request, in the caller's transaction; its link is dead."""
    if not Loss.objects.move(loss, move, now):
        return False
    void(loss.account.undo_subject, CANCEL)
    return True


def returned(loss: Loss) -> bool:
    """Whether the old factor served since the request was opened: whoever has it lost nothing."""
    proved = loss.account.factor_proved_at
    return proved is not None and proved > loss.opened_at


def rests(account: Account, now: datetime) -> datetime | None:
    """Until when a new password forbids the removal of this account's factors (B10)."""
    return rests_until(account.reset_at, account.factor_proved_at, now)


def _obstacle(account: Account, now: datetime) -> events.Obstacle | None:
    return obstacle(account.level, rests=rests(account, now) is not None)


def _letter(account: Account, why: events.Obstacle | None, code: str, claim: Claim, origin: Origin) -> Letter:
    if why is None:
        return mails.loss_code(account, code, claim.id, origin)
    if until := rests(account, timezone.now()):
        return mails.loss(account, why, origin, thread=claim.id, until=until)
    return mails.loss(account, why, origin, thread=claim.id)


def _nobody() -> Account:
    return Account(
        state=State.ACTIVE.value, level=Level.TOTP.value, email="personne@example.invalid", email_key="personne"
    )


def _claimed(claim: Claim) -> Account | None:
    """The account, if nothing changed about it since the code left."""
    if not claim.account:
        return None
    account = Account.objects.active().filter(pk=claim.account, security_epoch=claim.epoch).first()
    return account if account and not _obstacle(account, timezone.now()) else None


def _open(account: Account, now: datetime, origin: Origin) -> LossAwaits:
    """The request that is open, or a new one; of two at once, both are told the same."""
    found = Loss.objects.open().of(account).select_related("account").first()
    if found and not _over(found, now, origin):
        return LossAwaits(found.ready_at, found.lapses_at)
    loss = Loss(account=account, opened_at=now, ready_at=now + DELAY, lapses_at=now + LIFE)
    try:
        with transaction.atomic():
            loss.save(force_insert=True)
    except IntegrityError:
        loss = Loss.objects.open().get(account=account)
    else:
        _tell(loss, origin)
    return LossAwaits(loss.ready_at, loss.lapses_at)


def _over(loss: Loss, now: datetime, origin: Origin) -> bool:
    """Close a request that the clock or a sign-in has ended, and the worker not yet."""
    account = loss.account_id
    if loss.lapses_at <= now and end_loss(loss, "lapse", now):
        write(events.LossLapsed(account=account), origin)
        return True
    if returned(loss) and end_loss(loss, "cancel", now):
        write(events.LossCancelled(account=account, why="returned"), origin)
        return True
    return False


def _tell(loss: Loss, origin: Origin) -> None:
    account = loss.account
    token = issue_link(CANCEL, account.undo_subject, lifetime=LIFE, note={**whom(account), "loss": str(loss.pk)})
    post(mails.loss(account, "opened", origin, token=token, ready_at=loss.ready_at, lapses_at=loss.lapses_at))
    texts = bool(account.mobile_proved_at and settings.PASSAVANT.sms_url)
    if texts and refusal(account.mobile, account.id.hex, origin=origin) is None:
        post(mails.loss_text(account))
    write(events.LossOpened(account=account.id, ready_at=loss.ready_at), origin)


def _cancel(ticket: Ticket, origin: Origin) -> Done | None:
    loss = Loss.objects.filter(pk=ticket.note["loss"]).select_related("account").first()
    if loss is None or not end_loss(loss, "cancel", timezone.now()):
        return None
    write(events.LossCancelled(account=loss.account_id, why="link"), origin)
    return Done(loss.account_id, loss.account.security_epoch)
