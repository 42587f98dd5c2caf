"""Client certificates: what is read of one, what is asked of it, and when its person is told that it ends.

Sources: RFC 5280 (certificates, revocation lists); RFC 8176 for « sc »; NIST SP 800-57 part 1 for the sizes of keys.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Self

LIFETIME = timedelta(seconds=60)  # of a ticket: the time of a redirect
MOST = 10  # certificates of one person
NAME_LENGTH, HOLDER_LENGTH = 60, 200  # characters
STAGES = (60, 30, 7)  # days before the end at which its person is told, once each
ADD = "ajout"  # what a ticket is for: a certificate more; "" for a sign-in

Fault = Literal[
    "none", "malformed", "early", "expired", "issuer", "chain", "revoked", "list", "usage", "key",
    "ticket", "unknown", "namesake", "mismatch", "account", "disabled", "known", "many",
]  # fmt: skip

# How OpenSSL words a refusal, as nginx hands it on (FAILED:…): the first mark found wins.
VERDICTS: tuple[tuple[str, Fault], ...] = (
    ("CRL", "list"),
    ("certificate revoked", "revoked"),
    ("has expired", "expired"),
    ("not yet valid", "early"),
    ("purpose", "usage"),
    ("key too", "key"),
    ("issuer", "issuer"),
    ("self-signed", "issuer"),
    ("self signed", "issuer"),
    ("first certificate", "issuer"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate, as far as we look at it.

    `issuer` and `key` are SHA-256 in hexadecimal: of the issuer's name and of the public key, both in DER. `serial` is
    hexadecimal. `holder` and `authority` are names to show people: they never say whose certificate this is.
    """

    issuer: str
    serial: str
    key: str
    holder: str
    authority: str
    starts: datetime
    ends: datetime
    for_clients: bool = True
    strong: bool = True

    def noted(self) -> dict[str, str]:
        """For the note of a ticket: only what holds is handed on."""
        return {name: str(value) for name, value in asdict(self).items() if name not in {"for_clients", "strong"}}

    @classmethod
    def read(cls, note: dict[str, Any]) -> Self:
        """Back from such a note."""
        names = {name: note[name] for name in ("issuer", "serial", "key", "holder", "authority")}
        starts, ends = (datetime.fromisoformat(note[name]) for name in ("starts", "ends"))
        return cls(**names, starts=starts, ends=ends)


@dataclass(frozen=True, slots=True)
class Errand:
    """Why a browser shows its certificate: `browser` names it, `act` is ADD or "", `next` a page of ours or ""."""

    browser: str
    act: str = ""
    next: str = ""


def verdict(said: str) -> Fault | None:
    """What nginx says of the chain, in our words ($ssl_client_verify: SUCCESS, NONE or FAILED:reason)."""
    if said == "SUCCESS":
        return None
    if not said.startswith("FAILED:"):
        return "none"
    return next((fault for mark, fault in VERDICTS if mark in said), "chain")


def fault(shown: Shown, now: datetime) -> Fault | None:
    """What nginx does not ask, or not by our clock."""
    if now < shown.starts:
        return "early"
    if now >= shown.ends:
        return "expired"
    if not shown.for_clients:
        return "usage"
    return None if shown.strong else "key"


def stage(ends: datetime, now: datetime) -> int | None:
    """The last reminder due, in days before the end; None while it is too early."""
    return min((days for days in STAGES if now >= ends - timedelta(days=days)), default=None)
