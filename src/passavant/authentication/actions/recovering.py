"""What officers do for who lost everything: one sees the paper, another confirms. They never see nor set a secret."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import mails
from passavant.authentication.actions.losing import CANCEL, end_loss, rests, returned
from passavant.authentication.actions.outcomes import LossHindered, LossMoved
from passavant.authentication.actions.telling import tell
from passavant.authentication.events import losses as events
from passavant.authentication.models.held import TABLES
from passavant.authentication.models.losses import Loss
from passavant.authentication.models.recovery import RecoveryCode
from passavant.authentication.rules.losses import REMOVABLE, Paper
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import void
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin


@dataclass(frozen=True, slots=True)
class Shown:
    """The identity paper an officer saw: all that is kept of it."""

    paper: Paper
    last_four: str


def check_loss(login: str, shown: Shown, *, officer: str, origin: Origin) -> LossMoved | LossHindered:
    """A first officer saw the person. `officer` is what `rules.losses.officer_key` makes of a name."""
    loss, now = _case("check", login, officer, origin), timezone.now()
    if isinstance(loss, LossHindered):
        return loss
    paper, four = shown.paper.value, shown.last_four
    with transaction.atomic():
        if not Loss.objects.move(loss, "check", now, paper=paper, last_four=four, checked_by=officer, checked_at=now):
            return _stopped(loss.account, "check", LossHindered("state"), officer, origin)
        write(events.LossChecked(account=loss.account.id, officer=officer, paper=paper, last_four=four), origin)
    return LossMoved()


def confirm_loss(login: str, *, officer: str, origin: Origin) -> LossMoved | LossHindered:
    """Another officer confirms: the factors are removed, every session ends, the level stays."""
    loss, now = _case("confirm", login, officer, origin), timezone.now()
    if isinstance(loss, LossHindered):
        return loss
    others = Loss.objects.exclude(checked_by=officer)
    with transaction.atomic():
        if others.move(loss, "confirm", now, confirmed_by=officer) and _moved(loss.account):
            return _complete(loss.account, officer, origin)
        transaction.set_rollback(True)
    return _stopped(loss.account, "confirm", LossHindered("state"), officer, origin)


def refuse_loss(login: str, *, officer: str, origin: Origin) -> LossMoved | LossHindered:
    """An officer does not believe it: the request is over, its person is told."""
    loss = _case("refuse", login, officer, origin)
    if isinstance(loss, LossHindered):
        return loss
    with transaction.atomic():
        if not end_loss(loss, "refuse", timezone.now()):
            return _stopped(loss.account, "refuse", LossHindered("state"), officer, origin)
        write(events.LossRefused(account=loss.account.id, officer=officer), origin)
        post(mails.loss(loss.account, "refused", origin))
    return LossMoved()


def _case(act: events.Act, login: str, officer: str, origin: Origin) -> Loss | LossHindered:
    """The open request of whom an identifier or an e-mail designates, if each question of the act lets it pass."""
    account = Account.objects.by_login(login)
    if account is None or not account.is_active:
        return LossHindered("nobody")
    loss = Loss.objects.open().of(account).select_related("account").first()
    if loss is None:
        return _stopped(account, act, LossHindered("none"), officer, origin)
    for question in QUESTIONS[act]:
        if hindered := question(loss, officer, timezone.now()):
            return _stopped(account, act, hindered, officer, origin)
    return loss


@transaction.atomic
def _stopped(account: Account, act: events.Act, said: LossHindered, officer: str, origin: Origin) -> LossHindered:
    if said.why != "nobody":
        write(events.LossStopped(account=account.id, act=act, why=said.why, officer=officer), origin)
    return said


def _lapsed(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    return LossHindered("lapsed") if loss.lapses_at <= now else None


def _returned(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    return LossHindered("returned") if returned(loss) else None


def _level(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    return None if Level(loss.account.level) in REMOVABLE else LossHindered("level")


def _rests(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    until = rests(loss.account, now)
    return LossHindered("reset", until) if until else None


def _early(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    return LossHindered("early", loss.ready_at) if now < loss.ready_at else None


def _unchecked(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    return None if loss.is_checked else LossHindered("unchecked")


def _same(loss: Loss, officer: str, now: datetime) -> LossHindered | None:
    return LossHindered("same") if loss.checked_by == officer else None


Question = Callable[[Loss, str, datetime], LossHindered | None]
STANDING: tuple[Question, ...] = (_lapsed, _returned, _level, _rests)
QUESTIONS: dict[events.Act, tuple[Question, ...]] = {
    "check": (*STANDING, _early),
    "confirm": (*STANDING, _unchecked, _same),
    "refuse": (),
}


def _moved(account: Account) -> bool:
    """Close all that was open, unless a sign-in or a change of credentials was faster."""
    read = ("security_epoch", "level", "factor_proved_at", "reset_at")
    same = Account.objects.active().filter(pk=account.pk, **{name: getattr(account, name) for name in read})
    return same.update(security_epoch=F("security_epoch") + 1) == 1


def _complete(account: Account, officer: str, origin: Origin) -> LossMoved:
    tables: tuple[type[Model], ...] = (*TABLES.values(), RecoveryCode)
    gone = [table._default_manager.filter(account=account).delete()[0] for table in tables]
    factors = sum(gone[: len(TABLES)])
    void(account.subject)
    void(account.undo_subject, CANCEL)
    write(events.LossCompleted(account=account.id, officer=officer, factors=factors), origin)
    tell(account, "factors_removed", origin)
    return LossMoved(factors)
