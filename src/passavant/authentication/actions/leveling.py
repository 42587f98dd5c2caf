"""Another security level: at once when it is higher, after a delay that leaves time to refuse when it is lower."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.accounts.actions.letters import disowning_link, whom
from passavant.accounts.actions.outcomes import Ready, Refused
from passavant.accounts.actions.tickets import overtaken, spend_for, usable, worth
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import events, mails
from passavant.authentication.actions.outcomes import Lacking, LevelAwaited, LevelSet, Lost, Weaker
from passavant.authentication.actions.telling import tell
from passavant.authentication.models.held import held_by
from passavant.authentication.models.lowering import Lowering
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules.levels import Progress, missing, rank, steps
from passavant.authentication.rules.pending import RECOVERY
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link, void
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin

DELAY = timedelta(hours=72)
CANCEL = "authentication.level_cancel"  # subject: the account's undo; its note says to which address it was sent
BATCH = 200  # accounts a time
WORKER = Origin.system("worker")


def change_level(
    session: SessionStore, account: Account, wanted: Level, *, origin: Origin
) -> LevelSet | LevelAwaited | Lacking | Weaker | Lost:
    """Raise or lower the level of a person signed in, who has just proved the present one.

    A raise waits for nothing but its proof: the factor is enrolled, and this very session reached that level.
    """
    if rank(wanted) <= rank(Level(account.level)):
        return _lower(account, wanted, origin=origin)
    held = steps(held_by(account) - {RECOVERY})
    if lacking := missing(Progress(wanted, steps(["password"]), held)):
        return Lacking(lacking)
    if session.row is None or rank(Level(session.row.level)) < rank(wanted):
        return Weaker(wanted)
    return _raise(account, wanted, origin=origin)


@transaction.atomic
def _raise(account: Account, wanted: Level, *, origin: Origin) -> LevelSet | Lost:
    before = account.level
    same = Account.objects.active().filter(pk=account.pk, security_epoch=account.security_epoch, level=before)
    if not same.update(level=wanted.value, security_epoch=F("security_epoch") + 1):
        return Lost()
    account.refresh_from_db()
    void(account.subject)
    void(account.undo_subject, CANCEL)
    Lowering.objects.filter(account=account).delete()
    write(events.LevelChanged(account=account.id, before=before, after=wanted.value), origin)
    tell(account, "level_raised", origin)
    return LevelSet(wanted)


@transaction.atomic
def _lower(account: Account, wanted: Level, *, origin: Origin) -> LevelAwaited | LevelSet:
    if wanted.value == account.level:
        keep_level(account, origin=origin)
        return LevelSet(wanted)
    now = timezone.now()
    asked = {"level": wanted.value, "asked_at": now, "effective_at": now + DELAY}
    Lowering.objects.update_or_create(account=account, defaults=asked)
    token = issue_link(CANCEL, account.undo_subject, lifetime=DELAY, note=whom(account))
    post(mails.level_lowering(account, token, disowning_link(account), now + DELAY, origin))
    write(events.LevelLoweringAsked(account=account.id, before=account.level, after=wanted.value), origin)
    return LevelAwaited(wanted, now + DELAY)


@transaction.atomic
def keep_level(account: Account, *, origin: Origin) -> bool:
    """The person thinks better of a lower level; False when none was awaited."""
    void(account.undo_subject, CANCEL)
    return _kept(account.id, origin)


def lowering_link(token: str) -> Ready | Refused:
    """What the link of the notice is worth. Reads only."""
    return worth(token, CANCEL)


def cancel_lowering(token: str, *, origin: Origin) -> LevelSet | Refused:
    """Whoever reads the mailbox keeps the level as it is."""
    ticket = usable(token, CANCEL)
    if isinstance(ticket, Refused):
        return ticket
    return spend_for(ticket, lambda: _cancel(ticket, origin)) or overtaken(token, CANCEL, Refused("gone"))


def _cancel(ticket: Ticket, origin: Origin) -> LevelSet | None:
    account = Account.objects.active().filter(pk=ticket.note["account"], email_key=ticket.note["email"]).first()
    return LevelSet(Level(account.level)) if account and _kept(account.id, origin) else None


def _kept(account: UUID, origin: Origin) -> bool:
    if not Lowering.objects.filter(account=account).delete()[0]:
        return False
    write(events.LevelLoweringCancelled(account=account), origin)
    return True


def lowered(account: Account, *, origin: Origin) -> bool:
    """Whether a lower level is due, which then is in force: a worker that is late changes nothing. One query if not."""
    due = Lowering.objects.due(timezone.now()).filter(account=account).first()
    if due is None:
        return False
    _apply(due, origin)
    account.level = due.level
    return True


def apply_lowerings() -> int:
    """Put in force the lower levels that are due; answers how many. Any number of workers may do it side by side."""
    due = list(Lowering.objects.due(timezone.now())[:BATCH])
    return sum(_apply(lowering, WORKER) for lowering in due)


@transaction.atomic
def _apply(due: Lowering, origin: Origin) -> bool:
    """Of several at once, one is told True."""
    if not Lowering.objects.filter(pk=due.pk, level=due.level, effective_at=due.effective_at).delete()[0]:
        return False
    account = Account.objects.active().filter(pk=due.account_id).first()
    if account is None:
        return False
    Account.objects.filter(pk=account.pk).update(level=due.level)
    write(events.LevelChanged(account=account.id, before=account.level, after=due.level), origin)
    tell(account, "level_lowered", WORKER)  # nobody is in front of us: it was asked three days ago
    return True
