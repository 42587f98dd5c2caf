"""What a person does with the factors they hold: call them otherwise, or do without."""

from uuid import UUID

from django.db import transaction

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import events
from passavant.authentication.actions.factors import moved, tell_removed
from passavant.authentication.actions.outcomes import Lost, Removed, Spared
from passavant.authentication.models.held import TABLES, factor_of, factors_of, held_by
from passavant.authentication.rules.levels import Progress, missing, steps
from passavant.authentication.rules.pending import RECOVERY
from passavant.foundation.audit.actions import write
from passavant.foundation.values import Origin


@transaction.atomic
def rename_factor(account: Account, kind: events.FactorKind, number: UUID, name: str, *, origin: Origin) -> bool:
    """False when this person has no such factor."""
    if not TABLES[kind]._default_manager.filter(account=account, pk=number).update(name=name):
        return False
    write(events.FactorRenamed(account=account.id, kind=kind), origin)
    return True


@transaction.atomic
def remove_factor(
    account: Account, kind: events.FactorKind, number: UUID, *, origin: Origin
) -> Removed | Spared | Lost:
    """Do without it, unless the account's level could not be reached any more (E8).

    Whatever was open is closed, this session too until it is opened anew.
    """
    gone = factor_of(account, kind, number)
    if gone is None:
        return Lost()
    if needed(account, number):
        write(events.FactorKept(account=account.id, kind=kind), origin)
        return Spared()
    if not moved(account):  # two last ones removed at once: each saw the other
        return Lost()
    TABLES[kind]._default_manager.filter(account=account, pk=number).delete()
    tell_removed(account, kind, gone.name, origin)
    return Removed(gone.name)


def needed(account: Account, number: UUID) -> bool:
    """Whether the account's level would be out of reach without this factor."""
    others = {other.kind for other in factors_of(account) if other.id != number and not other.ended}
    held = [kind for kind in held_by(account) - {RECOVERY} if kind not in TABLES or kind in others]
    without = Progress(Level(account.level), steps(["password"]), steps(held))
    return missing(without) is not None
