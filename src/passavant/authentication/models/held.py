"""What a person could prove. One statement, whatever the number of factors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.models.apps import AppFactor
from passavant.authentication.models.certificates import Certificate
from passavant.authentication.models.passkeys import Passkey
from passavant.authentication.models.recovery import RecoveryCode
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import RECOVERY

Row = tuple[str, UUID, str, datetime, datetime | None, datetime | None]
# Each kind of factor that has a table, under the value of its step.
TABLES: dict[str, type[models.Model]] = {
    Step.TOTP.value: AppFactor,
    Step.PASSKEY.value: Passkey,
    Step.CERTIFICATE.value: Certificate,
}
ENDLESS = Cast(Value(None), models.DateTimeField())


def held_by(account: Account) -> frozenset[str]:
    """The steps this person could prove, as values, and RECOVERY when codes are left."""
    return frozenset(_kept(account)) | _known(account)


@dataclass(frozen=True, slots=True)
class Factor:
    """One row of the list a person sees; `kind` is the value of a step."""

    kind: str
    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    ends_at: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether it is of no use any more; held all the same, or a password alone would put another in its place."""
        return self.ends_at is not None and self.ends_at <= timezone.now()


def factors_of(account: Account) -> list[Factor]:
    """What the person enrolled, the oldest first."""
    return sorted((Factor(*row) for row in _rows(account)), key=lambda factor: factor.created_at)


def factor_of(account: Account, kind: str, number: UUID) -> Factor | None:
    """One of them, or None when it is nobody's or somebody else's."""
    found = _columns(kind, TABLES[kind]._default_manager.filter(account=account, pk=number)) if kind in TABLES else ()
    return next((Factor(*row) for row in found), None)


def certificates_open() -> bool:
    """Whether this site has a host where certificates are shown."""
    return bool(settings.PASSAVANT.certificate_url)


def _rows(account: Account) -> Iterable[Row]:
    first, *others = (
        _columns(kind, table._default_manager.filter(account=account).order_by()) for kind, table in TABLES.items()
    )
    rows: Iterable[Row] = first.union(*others, all=True)
    return rows


def _columns(kind: str, rows: Any) -> Any:
    until = F("ends_at") if kind == Step.CERTIFICATE else ENDLESS
    said = rows.annotate(kind=Value(kind), until=until)
    return said.values_list("kind", "id", "name", "created_at", "last_used_at", "until")


def _kept(account: Account) -> Iterable[str]:
    codes = RecoveryCode.objects.left(account)
    tables = {kind: table for kind, table in TABLES.items() if kind != Step.CERTIFICATE or certificates_open()}
    factors = [table._default_manager.filter(account=account) for table in tables.values()]
    names = (RECOVERY, *tables)
    first, *others = (
        rows.annotate(kind=Value(name)).values_list("kind", flat=True)
        for name, rows in zip(names, (codes, *factors), strict=True)
    )
    kinds: Iterable[str] = first.union(*others)
    return kinds


def _known(account: Account) -> frozenset[str]:
    """What the account's own row tells."""
    texts = account.level == Level.SMS.value or bool(account.mobile and settings.PASSAVANT.sms_url)
    held = {Step.PASSWORD.value: bool(account.password), Step.SMS.value: texts}
    return frozenset(step for step, is_held in held.items() if is_held)
