"""Browsers in which somebody already signed in completely. They relax a limit, never a factor."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

KEPT = timedelta(days=180)
MOST = 5  # people sharing one browser
NAME_BYTES = 9  # of chance: a device is a place of its own for the limits

Entry = tuple[str, int, str, int]  # account (hex), security epoch, name of the device, when (Unix seconds)


@dataclass(frozen=True, slots=True)
class Devices:
    """What one browser remembers, newest first; `tokens`: those by which it may be trusted."""

    entries: tuple[Entry, ...] = ()
    tokens: tuple[str, ...] = ()

    @classmethod
    def read(cls, entries: Iterable[Iterable[object]], now: datetime) -> Self:
        """Keep what is young enough."""
        oldest = (now - KEPT).timestamp()
        rows = [(str(a), int(str(e)), str(n), int(str(at))) for a, e, n, at in entries]
        return cls(tuple(row for row in rows if row[3] > oldest)[:MOST])

    def known(self, account: UUID, epoch: int) -> str:
        """The name of this device for this account, or "" when unknown or remembered under another epoch."""
        return next((name for who, when, name, _at in self.entries if (who, when) == (account.hex, epoch)), "")

    def adding(self, account: UUID, epoch: int, now: datetime) -> Self:
        name = self.known(account, epoch) or secrets.token_urlsafe(NAME_BYTES)
        others = [entry for entry in self.entries if entry[0] != account.hex]
        return type(self)(((account.hex, epoch, name, int(now.timestamp())), *others)[:MOST])
