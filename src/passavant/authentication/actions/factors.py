"""What every change of a person's factors does besides: the others' sessions end, the person is told."""

from django.db import transaction
from django.db.models import F, Model

from passavant.accounts.models import Account, State
from passavant.authentication import events
from passavant.authentication.actions.telling import tell
from passavant.authentication.models.held import TABLES
from passavant.authentication.models.recovery import RecoveryCode
from passavant.authentication.models.trusted import TrustedDevice
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import void
from passavant.foundation.values import Origin


def moved(account: Account) -> bool:
    """Close all that was open, in the caller's transaction; False when another request was faster.

    `account` then knows its new epoch: whoever goes on opens a session under it.
    """
    same = Account.objects.active().filter(pk=account.pk, security_epoch=account.security_epoch)
    if not same.update(security_epoch=F("security_epoch") + 1):
        return False
    account.security_epoch += 1
    void(account.subject)
    return True


def tell_added(account: Account, kind: events.FactorKind, name: str, origin: Origin) -> None:
    """The event and the notice of a new factor, in the caller's transaction."""
    write(events.FactorAdded(account=account.id, kind=kind), origin)
    tell(account, "factor_added", origin, factor=name)


def tell_removed(account: Account, kind: events.FactorKind, name: str, origin: Origin) -> None:
    """The event and the notice of a factor that is gone, in the caller's transaction."""
    write(events.FactorRemoved(account=account.id, kind=kind), origin)
    tell(account, "factor_removed", origin, factor=name)


@transaction.atomic
def forget_factors() -> int:
    """Delete what belonged to accounts that are closed; answers how many rows."""
    tables: tuple[type[Model], ...] = (*TABLES.values(), RecoveryCode, TrustedDevice)
    return sum(table._default_manager.filter(account__state=State.CLOSED.value).delete()[0] for table in tables)
