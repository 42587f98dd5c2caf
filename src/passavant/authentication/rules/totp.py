"""Codes of an authenticator app. Sources: RFC 6238 (30 s, HMAC-SHA1) and RFC 4226 §5.3 (truncation)."""

import base64
import hmac
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote, urlencode

PERIOD = 30  # seconds
DIGITS = 6
DRIFT = 1  # steps before and after: the clocks of a telephone and of a server
SECRET_BYTES = 20  # RFC 4226 §4: 160 bits
GROUP = 4  # characters of a key, as one types it


def step_at(moment: datetime) -> int:
    """The number of the period in which `moment` falls."""
    return int(moment.timestamp()) // PERIOD


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one period."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def matched(secret: bytes, typed: str, moment: datetime) -> int | None:
    """The period whose code this is, the latest first; None when it is that of none nearby."""
    around = range(step_at(moment) + DRIFT, step_at(moment) - DRIFT - 1, -1)
    right = [step for step in around if hmac.compare_digest(code(secret, step), typed)]
    return right[0] if right else None


def key(secret: bytes) -> str:
    """As applications take it: base32, without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def spaced(secret: bytes) -> str:
    """To be copied by hand: groups of four."""
    return " ".join(_groups(key(secret)))


def address(secret: bytes, issuer: str, who: str) -> str:
    """What the QR code says (the applications' otpauth:// format)."""
    label = quote(f"{issuer}:{who}", safe="")
    asked = urlencode({"secret": key(secret), "issuer": issuer, "digits": DIGITS, "period": PERIOD}, quote_via=quote)
    return f"otpauth://totp/{label}?{asked}"


def _groups(text: str) -> Iterator[str]:
    return (text[start : start + GROUP] for start in range(0, len(text), GROUP))
