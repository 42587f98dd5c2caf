"""The account of one person."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from passavant.accounts.rules.levels import Level
from passavant.foundation.values import digest, identifier_key, keyed_digest


class State(str, Enum):
    """A life: pending → active ⇄ suspended → closed."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


STATES = [state.value for state in State]
HOLDING = [State.ACTIVE.value, State.SUSPENDED.value]  # who proved an e-mail and still holds it


def retired_keys(identifier_key: str) -> list[str]:
    """What `identifier_key` becomes once its account is closed, newest secret first.

    Only somebody who types the identifier again can compute it, and only while the secret key in force at the
    closing stays in PASSAVANT_SECRET_KEY.
    """
    return [f"closed:{keyed_digest(key, identifier_key)}" for key in settings.PASSAVANT.secret_key]


class AccountQuerySet(models.QuerySet["Account"]):
    def pending(self) -> Self:
        return self.filter(state=State.PENDING.value)

    def active(self) -> Self:
        return self.filter(state=State.ACTIVE.value)

    def holding(self, email_key: str) -> Self:
        """The activated account (one at most) whose address this is."""
        return self.filter(email_key=email_key, state__in=HOLDING)

    def unclosed(self) -> Self:
        return self.exclude(state=State.CLOSED.value)

    def drop_claims(self, email_key: str) -> int:
        """Delete the registrations that wait for an address just proved: they gain nothing from it (B11). How many."""
        _rows, dropped = self.pending().filter(email_key=email_key).delete()
        return dropped.get(Account._meta.label, 0)

    def claiming(self, email_key: str, since: datetime) -> int:
        """How many registrations made since then wait for this address."""
        return self.pending().filter(email_key=email_key, created_at__gt=since).count()

    def taken(self, identifier_key: str) -> bool:
        """Whether somebody has, or had until the closing of the account, this identifier."""
        return self.filter(identifier_key__in=[identifier_key, *retired_keys(identifier_key)]).exists()

    def retired(self, identifier_key: str) -> bool:
        """Whether a closed account had this identifier: no constraint of the database can tell."""
        return self.filter(identifier_key__in=retired_keys(identifier_key)).exists()

    def by_login(self, text: str) -> "Account | None":
        """Whom an identifier or an e-mail designates: activated first, then the newest registration. One query."""
        key = identifier_key(text)
        found = self.unclosed().filter(Q(identifier_key=key) | Q(email_key=key)) if key else ()
        return max(found, key=lambda account: (account.state in HOLDING, account.created_at), default=None)


class Account(models.Model):
    """A person's account; several registrations may claim one e-mail, one activated account holds it."""

    id = models.UUIDField(
        primary_key=True, default=uuid4, editable=False, db_comment="plain: names the account everywhere"
    )
    identifier = models.CharField(max_length=254, db_comment="personal: chosen by the person; erased on closing")
    identifier_key = models.CharField(
        max_length=254, unique=True, db_comment="personal: normalised identifier; a keyed digest after closing"
    )
    email = models.CharField(max_length=254, db_comment="personal: address to write to; erased on closing")
    email_key = models.CharField(max_length=254, db_index=True, db_comment="personal: normalised; erased on closing")
    password = models.CharField(max_length=255, db_comment="personal: argon2id hash; erased on closing")
    level = models.CharField(max_length=12, default=Level.PASSWORD.value, db_comment="plain: security level chosen")
    last_factor = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        db_comment="plain: step of the last sign-in besides the password; offered first",
    )
    last_name = models.CharField(max_length=100, db_comment="personal: erased on closing")
    first_name = models.CharField(max_length=100, blank=True, db_comment="personal: erased on closing")
    mobile = models.CharField(
        max_length=20, blank=True, db_comment="personal: E.164; receives sign-in codes; erased on closing"
    )
    phone = models.CharField(max_length=20, blank=True, db_comment="personal: E.164; erased on closing")
    company_number = models.CharField(
        max_length=14, blank=True, db_comment="personal: SIREN or SIRET; erased on closing"
    )
    address = models.CharField(max_length=500, blank=True, db_comment="personal: of the company; erased on closing")
    language = models.CharField(max_length=2, default="fr", db_comment="plain: of mails and SMS")
    terms_version = models.CharField(max_length=10, db_comment="plain: version of the terms accepted")
    terms_accepted_at = models.DateTimeField(db_comment="plain: when they were accepted")
    state = models.CharField(
        max_length=10, default=State.PENDING.value, db_comment="plain: where the account is in its life"
    )
    security_epoch = models.PositiveIntegerField(default=0, db_comment="plain: what an older one opened is dead")
    born_of = models.CharField(
        max_length=30, blank=True, db_comment="plain: the portal from which the account was created; empty for the form"
    )
    created_at = models.DateTimeField(default=timezone.now, db_comment="plain: when the form was validated")
    reminded_at = models.DateTimeField(null=True, db_comment="plain: told that the registration will be deleted")
    activated_at = models.DateTimeField(null=True, db_comment="plain: when the e-mail was proved")
    mobile_proved_at = models.DateTimeField(
        null=True, db_comment="personal: first SMS code typed back; erased on closing"
    )
    email_changed_at = models.DateTimeField(null=True, db_comment="personal: last proved change; erased on closing")
    reset_at = models.DateTimeField(null=True, db_comment="personal: last password chosen by a link; erased on closing")
    factor_proved_at = models.DateTimeField(
        null=True, db_comment="personal: last proof of more than the password; erased on closing"
    )
    last_sign_in_at = models.DateTimeField(null=True, db_comment="personal: erased on closing")
    previous_sign_in_at = models.DateTimeField(null=True, db_comment="personal: shown at sign-in; erased on closing")
    suspended_at = models.DateTimeField(null=True, db_comment="plain: since when it may not be used")
    closed_at = models.DateTimeField(null=True, db_comment="plain: when it ended")
    closing_reason = models.CharField(max_length=20, blank=True, db_comment="plain: who closed it (person, operator)")

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="account_state_is_known"),
            models.UniqueConstraint(
                fields=["email_key"], condition=Q(state__in=HOLDING), name="one_activated_account_per_email"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state=State.PENDING.value), name="account_pending_since")
        ]

    def __str__(self) -> str:
        return self.identifier or str(self.id)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_active(self) -> bool:
        return self.state == State.ACTIVE.value

    @property
    def email_subject(self) -> str:
        """The subject of links that prove the e-mail: whoever opens one reads that mailbox."""
        return digest(self.email_key)

    @property
    def subject(self) -> str:
        """The subject of links and codes about this account; voided together by a change of credentials."""
        return str(self.pk)

    @property
    def undo_subject(self) -> str:
        """The subject of links by which a former address takes the account back: they outlive other changes."""
        return f"undo:{self.pk}"

    def void_everything_open(self) -> None:
        """Later rooms compare the epoch they opened under with this one; nobody is called."""
        Account.objects.filter(pk=self.pk).update(security_epoch=F("security_epoch") + 1)
        self.refresh_from_db(fields=["security_epoch"])

    def erased(self) -> dict[str, Any]:
        """The values of every personal column once the account is closed; the identifier stays taken."""
        personal = [f for f in self._meta.concrete_fields if (f.db_comment or "").endswith("erased on closing")]
        blank = {field.name: None if field.null else "" for field in personal}
        return blank | {"identifier_key": retired_keys(self.identifier_key)[0]}


def unactivated_since(age: timedelta) -> AccountQuerySet:
    """Registrations at least that old which nobody activated, oldest first."""
    return Account.objects.pending().filter(created_at__lte=timezone.now() - age).order_by("created_at")
