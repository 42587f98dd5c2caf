"""People for tests: `person(sms=True, last_name="Durand")`. One password, hashed once."""

from typing import Any

from django.utils import timezone

from passavant.accounts.models import Account, State
from passavant.accounts.rules import terms
from passavant.accounts.rules.levels import Level
from passavant.foundation.values import Email

PASSWORD = "Grand-Voilier 1789 !"
# PASSWORD with the costs of the product: hashing it anew for each person would be half of the suite.
ENCODED = (
    "argon2$argon2id$v=19$m=19456,t=2,p=1$R2RmVjFJR2Z4OVNIaWFaSlZsSFFCVA$/weacXD4WvAlr90l9W/06oCTeXXVTEsbahVmahSyTvU"
)
MOBILE = "+33639981234"  # ARCEP keeps 06 39 98 for fiction


def person(
    *, pending: bool = False, sms: bool = False, closed: bool = False, suspended: bool = False, **columns: Any
) -> Account:
    """An activated account of level « password », unless a trait or a column says otherwise."""
    state = State.PENDING if pending else State.SUSPENDED if suspended else State.CLOSED if closed else State.ACTIVE
    now = timezone.now()
    account = Account(**_usual() | {"state": state.value, "activated_at": None if pending else now})
    account.suspended_at, account.closed_at = (now if suspended else None), (now if closed else None)
    if sms:
        account.level, account.mobile = Level.SMS.value, MOBILE
        account.mobile_proved_at = None if pending else now
    for name, value in (columns | _keys(account, columns)).items():
        setattr(account, name, value)
    for name, value in (account.erased() if closed else {}).items():
        setattr(account, name, value)
    account.save(force_insert=True)
    return account


def _usual() -> dict[str, Any]:
    """lea.durand, then lea.durand.1, lea.durand.2…"""
    others = Account.objects.count()
    name = f"lea.durand.{others}" if others else "lea.durand"
    return {
        "identifier": name,
        "email": f"{name}@example.org",
        "password": ENCODED,
        "last_name": "Durand",
        "first_name": "Léa",
        "terms_version": terms.VERSION,
        "terms_accepted_at": timezone.now(),
    }


def _keys(account: Account, columns: dict[str, Any]) -> dict[str, str]:
    identifier, email = columns.get("identifier", account.identifier), columns.get("email", account.email)
    return {"identifier_key": identifier.casefold(), "email_key": Email.parse(email).key}
