"""The table of sessions and Django's engine upon it: the key itself is nowhere but in the cookie."""

import json
import re
import secrets
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.foundation.values import digest

KEY = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 random bits, as secrets.token_urlsafe writes them
REFRESH = timedelta(minutes=1)  # a session in use is marked as seen at most that often


def idle() -> timedelta:
    return timedelta(minutes=settings.PASSAVANT.session_idle_minutes)


def total() -> timedelta:
    return timedelta(hours=settings.PASSAVANT.session_total_hours)


class SessionQuerySet(models.QuerySet["Session"]):
    def over(self, now: datetime) -> Self:
        """Past their total life; drafts of visitors also once idle (a person's idle session says why until then)."""
        return self.filter(Q(expires_at__lte=now) | Q(account=None, seen_at__lte=now - idle()))

    def of(self, account: Account) -> Self:
        return self.filter(account=account)

    def alive(self, account: Account, now: datetime) -> Self:
        """The sessions open on this account, the last used first."""
        alive = self.of(account).filter(epoch=account.security_epoch, expires_at__gt=now, seen_at__gt=now - idle())
        return alive.order_by("-seen_at")


class Session(models.Model):
    """One browser's session: a visitor's draft, a pending sign-in, or a person signed in (account set)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="plain: names it to its owner")
    key_digest = models.CharField(max_length=64, unique=True, db_comment="plain: SHA-256 of the cookie's key")
    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="+", db_comment="personal: who is signed in"
    )
    epoch = models.PositiveIntegerField(null=True, db_comment="plain: the account's security epoch at the opening")
    methods = models.CharField(max_length=40, blank=True, db_comment="plain: amr values, in order, blank between")
    level = models.CharField(max_length=12, blank=True, db_comment="plain: security level reached")
    through = models.CharField(
        max_length=30, blank=True, db_comment="plain: the portal that proved who this is; empty when we did"
    )
    arrival = models.UUIDField(null=True, db_index=True, db_comment="plain: names the arrival through that portal")
    authenticated_at = models.DateTimeField(null=True, db_comment="plain: last proof of identity")
    created_at = models.DateTimeField(db_comment="plain: start of the total life")
    seen_at = models.DateTimeField(db_comment="personal: last activity")
    expires_at = models.DateTimeField(db_index=True, db_comment="plain: end of the total life")
    network = models.CharField(max_length=45, blank=True, db_comment="personal: address or /64 of the opening")
    agent = models.CharField(max_length=200, blank=True, db_comment="personal: browser of the opening")
    data = models.JSONField(default=dict, db_comment="personal: drafts of forms, pending sign-in")

    objects = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.level or 'visitor'} {self.id}"

    def begin(self, key_digest: str, data: dict[str, Any], now: datetime) -> None:
        """Insert this row: its life starts."""
        self.key_digest, self.data = key_digest, data
        self.created_at, self.seen_at, self.expires_at = now, now, now + total()
        self.save(force_insert=True)

    def fault(self, now: datetime) -> str:
        """Why this session is no longer one ("expired", "ended"), or "" while it lives."""
        if self.expires_at <= now or self.seen_at <= now - idle():
            return "expired" if self.account_id else "ended"
        if self.account and not (self.account.is_active and self.account.security_epoch == self.epoch):
            return "ended"
        return ""


class SessionStore(SessionBase):
    """Django's session interface over `Session`; one query loads the session and its account together."""

    row: Session | None = None
    lost = ""  # why the cookie's key opens nothing: "expired", "ended"; "" when it does or there was none
    _kept = ""  # the data as the database holds it, in JSON

    @property
    def account(self) -> Account | None:
        """The person signed in; None for visitors, pending sign-ins and dead sessions."""
        if self.session_key:
            self.keys()  # loads it
        return self.row.account if self.row else None

    def open(self, row: Session, data: dict[str, Any] | None = None) -> None:
        """Go on under a new key with this row and this data only; the former session is dead."""
        former, self._session_key = self.session_key, None
        self.row, self._session_cache = row, data or {}
        self.create()
        if former:
            self.delete(former)

    def load(self) -> dict[str, Any]:
        found = Session.objects.select_related("account").filter(key_digest=digest(self.session_key or ""))
        row = next(iter(found), None)  # unique: nothing to order
        self.lost = row.fault(timezone.now()) if row else "ended"
        if row is None or self.lost:
            self._session_key = None
            return {}
        self.row, self._kept = row, json.dumps(row.data, sort_keys=True)
        data: dict[str, Any] = row.data
        return data

    def create(self) -> None:
        self._session_key = None
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """INSERT under a new key, or UPDATE the row when its data changed.

        Raises:
            UpdateError: the row is gone, for the person signed out meanwhile: it is not written again.
        """
        data, now = dict(self.items()), timezone.now()
        kept = json.dumps(data, sort_keys=True)
        if must_create or self.session_key is None:
            self._session_key, self.row, self.lost = secrets.token_urlsafe(32), self.row or Session(), ""
            self.row.begin(digest(self.session_key or ""), data, now)
        elif kept != self._kept:
            self._require(Session.objects.filter(key_digest=digest(self.session_key)).update(data=data, seen_at=now))
        self._kept = kept

    def take(self, name: str) -> Any:
        """Remove a value for good: of several requests that ask for it at once one receives it, the others None."""
        value = self.get(name)
        rest = {other: held for other, held in self.items() if other != name}
        same = Session.objects.filter(key_digest=digest(self.session_key or ""), **{f"data__{name}": value})
        if value is None or not same.update(data=rest):
            return None
        self._session_cache, self._kept = rest, json.dumps(rest, sort_keys=True)
        return value

    def cycle_key(self) -> None:
        """Keep everything, the end of life too, under a new key."""
        data, former = self.items(), digest(self.session_key or "")
        self._session_key, self._session_cache = secrets.token_urlsafe(32), dict(data)
        self._require(Session.objects.filter(key_digest=former).update(key_digest=digest(self.session_key or "")))
        self.modified = True

    def go_on_with(self, row: Session) -> bool:
        """Go on with a session begun in another store, its end of life too, under a new key; False when it is over."""
        former, key = self.session_key, secrets.token_urlsafe(32)
        same = Session.objects.filter(pk=row.pk, key_digest=row.key_digest)
        if not same.update(key_digest=digest(key)):
            return False
        if former:
            self.delete(former)
        self._session_key, self._session_cache, self.row, self.lost = key, dict(row.data), row, ""
        self._kept = json.dumps(row.data, sort_keys=True)
        self.modified = True
        return True

    def touch(self) -> None:
        """Mark a session in use as seen, at most once a minute."""
        now = timezone.now()
        if self.row and not self.modified and self.row.seen_at <= now - REFRESH:
            Session.objects.filter(pk=self.row.pk).update(seen_at=now)

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(key_digest=digest(key)).delete()
        if session_key is None:
            self.row, self.lost, self._kept = None, "", ""

    def is_empty(self) -> bool:
        # A dead cookie is left alone: deleting it could race with the new one that a double click has just obtained.
        return not self.lost and bool(super().is_empty())

    @classmethod
    def clear_expired(cls) -> int:  # type: ignore[override]
        """Delete what is over; answers how many rows."""
        return Session.objects.over(timezone.now()).delete()[0]

    def _require(self, changed: int) -> None:
        if not changed:
            self._session_key, self.row, self.lost, self.modified = None, None, "ended", False
            raise UpdateError

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and KEY.fullmatch(key))
