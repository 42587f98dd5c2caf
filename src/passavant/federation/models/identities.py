"""Who a person is at another portal: (issuer, subject), never an e-mail."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.models.accounts import State


class IdentityQuerySet(models.QuerySet["ExternalIdentity"]):
    def known(self, issuer: str, subject: str) -> "ExternalIdentity | None":
        """The identity, with its account; an identity whose account was closed is nobody's. One query."""
        found = self.select_related("account").filter(issuer=issuer, subject=subject)
        return found.exclude(account__state=State.CLOSED.value).first()

    def of(self, account: Account) -> Self:
        return self.filter(account=account).order_by("linked_at")

    def orphaned(self) -> Self:
        """Those of closed accounts: a closing erases what is personal."""
        return self.filter(account__state=State.CLOSED.value)

    def vacated(self, issuer: str, subject: str) -> Self:
        """What a closed account still holds of it, until it is swept: it is no longer anybody's."""
        return self.orphaned().filter(issuer=issuer, subject=subject)

    def superfluous(self, account: Account) -> Self:
        """Those without which the account still has a way in: a password, or another of them."""
        others = ExternalIdentity.objects.filter(account=OuterRef("account")).exclude(pk=OuterRef("pk"))
        return self.filter(account=account).filter(Exists(others) | ~Q(account__password=""))


class ExternalIdentity(models.Model):
    """One way into an account; `email` is what the provider said last, shown when it is not the account's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names the link")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: whose identity this is"
    )
    provider = models.CharField(max_length=30, db_comment="plain: the operator's name for the portal")
    issuer = models.CharField(max_length=255, db_comment="plain: the portal's own name")
    subject = models.CharField(max_length=255, db_comment="personal: the person's number there")
    email = models.CharField(max_length=254, blank=True, db_comment="personal: address last told by the portal")
    linked_at = models.DateTimeField(default=timezone.now, db_comment="personal: since when it opens the account")
    used_at = models.DateTimeField(null=True, db_comment="personal: last arrival")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_external_identity"),
            models.UniqueConstraint(fields=["account", "issuer"], name="one_identity_per_portal_and_account"),
        ]

    @property
    def label(self) -> str:
        """The portal as people call it; its name in the settings once it is no longer offered."""
        portal = settings.PASSAVANT.federation.get(self.provider)
        return portal.label if portal else self.provider

    def __str__(self) -> str:
        return f"{self.provider} {self.id}"
