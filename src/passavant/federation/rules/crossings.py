"""The way from our page to the provider and back: what this browser alone knows of it."""

import base64
import secrets
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self

from django.utils import timezone

from passavant.federation.rules.limits import CROSSING_LIFETIME


def _drawn() -> str:
    """256 bits; ProConnect asks for 32 characters at least."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Kept sealed in a cookie; `wanted` is a page of ours, `began` in Unix seconds."""

    provider: str
    wanted: str = ""
    state: str = field(default_factory=_drawn)
    nonce: str = field(default_factory=_drawn)
    verifier: str = field(default_factory=_drawn)
    began: int = field(default_factory=lambda: int(timezone.now().timestamp()))

    @property
    def challenge(self) -> str:
        """PKCE S256 (RFC 7636 §4.2)."""
        return base64.urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    @property
    def over(self) -> bool:
        return timezone.now().timestamp() > self.began + CROSSING_LIFETIME.total_seconds()

    def packed(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def unpacked(cls, kept: dict[str, Any]) -> Self:
        """
        Raises:
            TypeError: packed by another version of the product.
        """
        return cls(**kept)
