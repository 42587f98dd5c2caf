"""What « Sécurité » shows. Two statements, whatever the number of factors."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.models.held import Factor, factors_of
from passavant.authentication.models.recovery import RecoveryCode
from passavant.space.rules.standing import Standing


def standing_of(account: Account) -> tuple[list[Factor], Standing]:
    """The factors enrolled, and how safely this person can come back."""
    factors = factors_of(account)
    kinds = tuple(factor.kind for factor in factors)
    unused = RecoveryCode.objects.filter(account=OuterRef("pk"), used_at=None).order_by().values("account")
    left = Coalesce(Subquery(unused.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)
    told = Account.objects.filter(pk=account.pk).values_list(left, "lowering__level", "lowering__effective_at")
    codes, lower, at = told.get()
    lowering = Level(lower) if lower else None
    return factors, Standing(Level(account.level), kinds, codes, bool(account.mobile), lowering, at)
