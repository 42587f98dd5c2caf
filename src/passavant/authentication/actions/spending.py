"""SMS cost money: each is counted against every limit at which somebody could make us pay (E4)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.authentication import events
from passavant.authentication.rules import limits
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.throttling.rules import Charge
from passavant.foundation.values import NotAPhone, Origin, Phone


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no SMS may leave (a limit's name, or "country"), and until when."""

    why: str
    until: datetime


def refusal(number: str, account: str, *own: Charge, origin: Origin) -> Refusal | None:
    """Count one SMS against all limits, `own` too, or against none of them when one is reached."""
    country = _country(number)
    if country not in settings.PASSAVANT.sms_countries:
        return Refusal("country", timezone.now() + limits.PENDING_LIFETIME)
    budget = settings.PASSAVANT.sms_daily_budget
    common = {"all": limits.sms_budget(budget), country: limits.sms_country(country, budget)}
    verdict = hit(
        *own,
        (limits.SMS_ACCOUNT, account),
        (limits.SMS_NUMBER, number),
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
