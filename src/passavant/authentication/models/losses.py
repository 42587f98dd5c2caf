"""Requests of people who lost every factor. A move is one guarded UPDATE: of two officers, one wins."""

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from passavant.accounts.models import Account
from passavant.accounts.models.accounts import State as AccountState
from passavant.authentication.rules.losses import FOUR, MOVES, NAME_LENGTH, OPEN, State

STATES = [state.value for state in State]
OPEN_STATES = sorted(state.value for state in OPEN)


class LossQuerySet(models.QuerySet["Loss"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def of(self, account: Account) -> Self:
        return self.filter(account=account)

    def ripe(self, now: datetime) -> Self:
        """Waited long enough, and not said so yet."""
        return self.filter(state=State.WAITING.value, ready_at__lte=now, lapses_at__gt=now)

    def stale(self, now: datetime) -> Self:
        return self.open().filter(lapses_at__lte=now)

    def vain(self) -> Self:
        """The old factor served since the opening, or the account is not active any more."""
        gone = ~Q(account__state=AccountState.ACTIVE.value)
        return self.open().filter(Q(account__factor_proved_at__gt=F("opened_at")) | gone)

    def forgotten(self, before: datetime) -> Self:
        """Over since then, or of an account that is closed."""
        return self.filter(Q(ended_at__lte=before) | Q(account__state=AccountState.CLOSED.value))

    def move(self, loss: "Loss", name: str, now: datetime, **columns: Any) -> bool:
        """Whether the move was made: the table and the clock allow it, and nobody was faster."""
        move = MOVES[name]
        rows = self.filter(pk=loss.pk, state__in=[state.value for state in move.sources])
        rows = rows.filter(lapses_at__lte=now) if move.stale else rows.filter(lapses_at__gt=now)
        rows = rows.filter(ready_at__lte=now) if move.ripe else rows
        ended = {} if move.target in OPEN else {"ended_at": now}
        return rows.update(state=move.target.value, **ended, **columns) == 1


class Loss(models.Model):
    """One request; an account has at most one that is open."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: number")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_comment="personal: whose factors are lost"
    )
    state = models.CharField(max_length=10, default=State.WAITING.value, db_comment="plain: where the request is")
    opened_at = models.DateTimeField(db_comment="personal: when the code received by mail was typed back")
    ready_at = models.DateTimeField(db_index=True, db_comment="plain: from when an officer may check")
    lapses_at = models.DateTimeField(db_index=True, db_comment="plain: when it is over if nobody came")
    paper = models.CharField(max_length=20, blank=True, db_comment="personal: type of the identity paper shown")
    last_four = models.CharField(
        max_length=FOUR, blank=True, db_comment="personal: last characters of that paper's number; nothing more is kept"
    )
    checked_by = models.CharField(
        max_length=NAME_LENGTH, blank=True, db_comment="personal: the officer who saw the person and the paper"
    )
    checked_at = models.DateTimeField(null=True, db_comment="personal: when")
    confirmed_by = models.CharField(
        max_length=NAME_LENGTH, blank=True, db_comment="personal: the other officer, who confirmed"
    )
    ended_at = models.DateTimeField(null=True, db_index=True, db_comment="plain: when it was over, in whatever way")

    objects = LossQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account"], condition=Q(state__in=OPEN_STATES), name="authentication_one_open_loss"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="authentication_loss_state"),
            models.CheckConstraint(
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("checked_by")), name="authentication_two_officers"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DONE.value) | (~Q(checked_by="") & ~Q(confirmed_by="")),
                name="authentication_loss_done_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"loss {self.id}"

    @property
    def is_checked(self) -> bool:
        return self.state == State.CHECKED.value
