"""Client certificates: what tells one from all others. The certificate itself is not kept, its key never comes here."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.models.accounts import State
from passavant.authentication.rules.certificates import HOLDER_LENGTH, NAME_LENGTH, STAGES, Shown, stage


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, account: Account) -> Self:
        return self.filter(account=account)

    def shown(self, shown: Shown) -> "Certificate | None":
        """The one of this issuer and this number, with its account. One query."""
        found = self.select_related("account").filter(issuer=shown.issuer, serial=shown.serial)
        return next(iter(found), None)  # unique: nothing to order

    def namesake(self, shown: Shown) -> bool:
        """Whether another authority certified somebody of that name here. It says nothing of who this is."""
        return bool(shown.holder) and self.filter(holder=shown.holder).exclude(issuer=shown.issuer).exists()

    def use(self, certificate: "Certificate", now: datetime) -> bool:
        """Note that it has just been shown; False when it was removed meanwhile."""
        return self.filter(pk=certificate.pk).update(last_used_at=now) == 1

    def ending(self, now: datetime, days: int) -> Self:
        """Of active accounts, those that end within so many days, and whose persons were not told at that stage."""
        soon = self.filter(account__state=State.ACTIVE.value, ends_at__gt=now, ends_at__lte=now + timedelta(days=days))
        return soon.filter(models.Q(told_at_days=None) | models.Q(told_at_days__gt=days)).select_related("account")


class Certificate(models.Model):
    """One certificate of a person, bound by its issuer and number, and by its key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names it to its owner")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: whose certificate this is"
    )
    issuer = models.CharField(max_length=64, db_comment="personal: SHA-256 of its issuer's name")
    serial = models.CharField(max_length=64, db_comment="personal: its number at that issuer, in hexadecimal")
    key = models.CharField(max_length=64, db_comment="personal: SHA-256 of its public key")
    name = models.CharField(max_length=NAME_LENGTH, db_comment="personal: how its owner calls it")
    holder = models.CharField(max_length=HOLDER_LENGTH, db_comment="personal: the name written in it")
    authority = models.CharField(max_length=HOLDER_LENGTH, db_comment="personal: its issuer, as shown to people")
    ends_at = models.DateTimeField(db_comment="personal: when it ends")
    created_at = models.DateTimeField(default=timezone.now, db_comment="personal: when it was added")
    last_used_at = models.DateTimeField(null=True, db_comment="personal: last sign-in with it")
    told_at_days = models.PositiveSmallIntegerField(
        null=True, db_comment="plain: the last reminder of its end, in days before it"
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "serial"], name="authentication_one_certificate"),
            models.CheckConstraint(
                condition=models.Q(told_at_days=None) | models.Q(told_at_days__in=STAGES),
                name="authentication_certificate_stage",
            ),
        )
        indexes = (models.Index(fields=["ends_at"], name="authentication_certificate_end"),)

    def __str__(self) -> str:
        return f"certificate {self.id}"

    @classmethod
    def made(cls, account: Account, shown: Shown, now: datetime) -> Self:
        """The row of a certificate that was just shown, not saved yet; who adds it late is not reminded at once."""
        return cls(
            account=account,
            issuer=shown.issuer,
            serial=shown.serial,
            key=shown.key,
            name=(shown.holder or shown.authority)[:NAME_LENGTH],
            holder=shown.holder,
            authority=shown.authority,
            ends_at=shown.ends,
            told_at_days=stage(shown.ends, now),
        )
