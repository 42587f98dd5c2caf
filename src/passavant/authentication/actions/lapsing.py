"""What time does to the requests of who lost everything. Any number of workers may do it side by side."""

from django.db import transaction
from django.utils import timezone

from passavant.authentication import mails
from passavant.authentication.actions.losing import end_loss, returned
from passavant.authentication.events import losses as events
from passavant.authentication.models.losses import Loss
from passavant.authentication.rules.losses import KEPT
from passavant.foundation.audit.actions import write
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin

BATCH = 200  # requests a time
WORKER = Origin.system("worker")


def advance_losses() -> int:
    """Cancel, ripen, lapse and forget what is due; answers how many."""
    now = timezone.now()
    due = {_cancel: Loss.objects.vain(), _ripen: Loss.objects.ripe(now), _lapse: Loss.objects.stale(now)}
    done = sum(act(loss) for act, found in due.items() for loss in found.select_related("account")[:BATCH])
    return done + Loss.objects.forgotten(now - KEPT).delete()[0]


@transaction.atomic
def _cancel(loss: Loss) -> bool:
    if not end_loss(loss, "cancel", timezone.now()):
        return False
    back = loss.account.is_active and returned(loss)
    write(events.LossCancelled(account=loss.account_id, why="returned" if back else "account"), WORKER)
    return True


@transaction.atomic
def _ripen(loss: Loss) -> bool:
    now = timezone.now()
    if not Loss.objects.move(loss, "ripen", now):
        return False
    write(events.LossReady(account=loss.account_id), WORKER)
    post(mails.loss(loss.account, "ready", WORKER, lapses_at=loss.lapses_at))
    return True


@transaction.atomic
def _lapse(loss: Loss) -> bool:
    if not end_loss(loss, "lapse", timezone.now()):
        return False
    write(events.LossLapsed(account=loss.account_id), WORKER)
    if loss.account.is_active:
        post(mails.loss(loss.account, "lapsed", WORKER))
    return True
