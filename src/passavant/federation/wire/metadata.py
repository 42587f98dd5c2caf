"""What a provider publishes of itself (OpenID Connect Discovery 1.0), kept for an hour; its keys likewise."""

import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from passavant.federation.rules.limits import KEPT_METADATA_SECONDS, KEYS_AGAIN_SECONDS
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import NotProved, ProviderDown
from passavant.federation.wire.calls import Talk, call

DISCOVERY = "/.well-known/openid-configuration"
KTY = {"RS256": "RSA", "ES256": "EC"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """Addresses; "" for what is not offered. `says_iss`: its answers name it (RFC 9207)."""

    authorization: str
    token: str
    userinfo: str
    jwks: str
    end_session: str
    says_iss: bool


@dataclass
class Kept:
    """What one process remembers of a provider."""

    metadata: Metadata | None = None
    keys: list[Key] = field(default_factory=list)
    metadata_at: float = 0.0
    keys_at: float = 0.0


@lru_cache(maxsize=64)
def _kept(issuer: str) -> Kept:
    return Kept()


def metadata(talk: Talk) -> Metadata:
    """
    Raises:
        ProviderDown: it cannot be read; NotProved: it is somebody else's.
    """
    issuer = talk.provider.issuer
    kept, now = _kept(issuer), time.monotonic()
    if kept.metadata and now < kept.metadata_at + KEPT_METADATA_SECONDS:
        return kept.metadata
    told = call(talk, issuer.rstrip("/") + DISCOVERY).json()
    if told.get("issuer") != issuer:
        raise NotProved("issuer of the metadata")
    kept.metadata, kept.metadata_at = _read(talk.provider, told), now
    return kept.metadata


def key_for(talk: Talk, header: dict[str, Any], *, anew: bool = False) -> Key:
    """The one published key that may have signed under this header; keys are asked anew when it is unknown.

    `anew`: those we kept did not fit, although one had the name.

    Raises:
        NotProved: none, or several without a name to choose by.
    """
    kept = _kept(talk.provider.issuer)
    stale = time.monotonic() >= kept.keys_at + KEPT_METADATA_SECONDS
    if stale or anew or not _fitting(kept.keys, header):
        _renew_keys(talk, kept)  # two threads may both ask: better than one waiting for the other
    found = _fitting(kept.keys, header)
    if len(found) != 1:
        raise NotProved("key")
    return found[0]


def _renew_keys(talk: Talk, kept: Kept) -> None:
    now = time.monotonic()
    if kept.keys and now < kept.keys_at + KEYS_AGAIN_SECONDS:
        return
    told = call(talk, metadata(talk).jwks).json().get("keys")
    if not isinstance(told, list):
        raise ProviderDown("keys that cannot be read")
    kept.keys, kept.keys_at = [key for jwk in told if (key := _key(jwk))], now


def _key(jwk: Any) -> Key | None:
    """None for a kind of key we do not know, which is left aside (RFC 7517 §5)."""
    try:
        return JWKRegistry.import_key(jwk)
    except (JoseError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _fitting(keys: list[Key], header: dict[str, Any]) -> list[Key]:
    """Never a key that the token brings along; `use` and `alg` of the key, when it has them, must agree."""
    alg, kid = str(header.get("alg")), header.get("kid")
    fitting = [key for key in keys if key.key_type == KTY.get(alg) and key.get("use") in (None, "sig")]
    fitting = [key for key in fitting if key.get("alg") in (None, alg)]
    return [key for key in fitting if key.kid == kid] if kid is not None else fitting


def _read(provider: Provider, told: dict[str, Any]) -> Metadata:
    found = Metadata(
        authorization=_page(provider, told.get("authorization_endpoint")),
        token=_text(told, "token_endpoint"),
        userinfo=_text(told, "userinfo_endpoint"),
        jwks=_text(told, "jwks_uri"),
        end_session=_page(provider, told.get("end_session_endpoint")),
        says_iss=told.get("authorization_response_iss_parameter_supported") is True,
    )
    if not (found.authorization and found.token and found.jwks):
        raise ProviderDown("metadata without an endpoint")
    return found


def _page(provider: Provider, value: object) -> str:
    """An address to which a browser may be sent, or ""."""
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError:
        return ""
    fit = parts.scheme == "https" or (parts.scheme == "http" and provider.plain)
    return parts.geturl() if fit and parts.hostname else ""


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
