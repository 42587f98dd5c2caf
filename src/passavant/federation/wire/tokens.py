"""The signed tokens of a provider: the signature first, by a key it publishes and an algorithm we chose."""

import base64
import json
from typing import Any, TypeGuard

from django.utils import timezone
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key

from passavant.federation.rules.limits import CLOCK_SKEW_SECONDS
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import NotProved
from passavant.federation.wire.calls import Talk
from passavant.federation.wire.metadata import key_for

TOKEN_CHARS = 16 * 1024
Claims = dict[str, Any]


def signed(talk: Talk, token: object) -> tuple[Claims, Claims]:
    """The header and the claims of a token that the provider signed.

    Raises:
        NotProved: it did not, or by an algorithm that is not on the list.
    """
    if not isinstance(token, str) or len(token) > TOKEN_CHARS:
        raise NotProved("token")
    header = _header(token)
    if header.get("alg") not in talk.provider.signatures:
        raise NotProved("algorithm")
    kept = key_for(talk, header)
    read = _read(talk, token, kept)
    if read is None and (other := key_for(talk, header, anew=True)) is not kept:  # rotated without another name
        read = _read(talk, token, other)
    if read is None:
        raise NotProved("signature")
    return header, read


def _read(talk: Talk, token: str, key: Key) -> Claims | None:
    try:
        return jwt.decode(token, key, algorithms=list(talk.provider.signatures)).claims
    except (JoseError, ValueError, RecursionError):
        return None


def check_addressed(provider: Provider, claims: Claims, *, required: bool = True) -> None:
    """Issuer and audience: from this provider, to us alone or to us by name (OpenID Connect Core §3.1.3.7)."""
    if claims.get("iss") != provider.issuer and (required or "iss" in claims):
        raise NotProved("issuer")
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if provider.client_id not in named and (required or "aud" in claims):
        raise NotProved("audience")
    if claims.get("azp", provider.client_id) != provider.client_id or (len(named) > 1 and "azp" not in claims):
        raise NotProved("authorized party")


def check_times(claims: Claims, *, required: bool = True) -> None:
    """Issued, and not expired, within the skew that two clocks may have; `required`: it must say both."""
    now = timezone.now().timestamp()
    issued, expires, begins = (claims.get(name) for name in ("iat", "exp", "nbf"))
    for at in [issued] * (required or issued is not None) + [begins] * (begins is not None):
        if not _moment(at) or at > now + CLOCK_SKEW_SECONDS:
            raise NotProved("time of issue")
    if (required or expires is not None) and (not _moment(expires) or expires <= now - CLOCK_SKEW_SECONDS):
        raise NotProved("expiry")


def subject(claims: Claims) -> str:
    """
    Raises:
        NotProved: there is none that could be stored.
    """
    told = claims.get("sub")
    if not isinstance(told, str) or not 0 < len(told) <= 255 or not told.isprintable():
        raise NotProved("subject")
    return told


def _header(token: str) -> Claims:
    part = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        raise NotProved("token") from None
    if not isinstance(header, dict):
        raise NotProved("token")
    return header


def _moment(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
