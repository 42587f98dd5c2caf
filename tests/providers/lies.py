"""What the hostile provider can be told to do: each mode by its name, and what it does to a token.

Endpoint faults are named with their endpoint, as "slow:token": see FAULTS and ENDPOINTS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.providers.signing import Json, Key, spoilt, token

ELSEWHERE = "http://127.0.0.1:1/another-provider"
SOMEBODY_ELSE = "somebody-else"
FAR = 3600  # seconds, beyond any clock skew that is forgiven
ENDPOINTS = ("discovery", "jwks", "authorization", "token", "userinfo", "end_session")
EVENT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True)
class Keys:
    """`own` is published; `other` beside it when several keys are; `thief` is published nowhere but at the canary."""

    own: Key
    other: Key
    thief: Key
    secret: str
    canary: str


# what becomes of the payload: a claim replaced, or taken away (None); `now` in seconds, of this provider's clock
Spoil = Callable[[Json, int], Json]
PAYLOAD: dict[str, Spoil] = {
    "wrong-iss": lambda claims, now: {"iss": ELSEWHERE},
    "missing-iss": lambda claims, now: {"iss": None},
    "wrong-aud": lambda claims, now: {"aud": SOMEBODY_ELSE},
    "missing-aud": lambda claims, now: {"aud": None},
    "several-aud-without-azp": lambda claims, now: {"aud": [claims["aud"], SOMEBODY_ELSE]},
    "several-aud-wrong-azp": lambda claims, now: {"aud": [claims["aud"], SOMEBODY_ELSE], "azp": SOMEBODY_ELSE},
    "wrong-nonce": lambda claims, now: {"nonce": "of-another-sign-in"},
    "missing-nonce": lambda claims, now: {"nonce": None},
    "missing-sub": lambda claims, now: {"sub": None},
    "sub-not-text": lambda claims, now: {"sub": 42},
    "missing-iat": lambda claims, now: {"iat": None},
    "missing-exp": lambda claims, now: {"exp": None},
    "expired": lambda claims, now: {"iat": now - 2 * FAR, "exp": now - FAR},
    "issued-in-the-future": lambda claims, now: {"iat": now + FAR, "exp": now + 2 * FAR},
    "not-yet-valid": lambda claims, now: {"nbf": now + FAR, "exp": now + 2 * FAR},
    "exp-not-a-number": lambda claims, now: {"exp": "tomorrow"},
}
SIGNATURE: dict[str, Callable[[Json, Keys], str]] = {
    "alg-none": lambda claims, keys: token({"alg": "none"}, claims, None),
    "alg-none-with-kid": lambda claims, keys: token({"alg": "nOnE", "kid": keys.own.kid}, claims, None),
    "hs256-public-key": lambda claims, keys: token({"alg": "HS256", "kid": keys.own.kid}, claims, keys.own.pem()),
    "hs256-client-secret": lambda claims, keys: token({"alg": "HS256"}, claims, keys.secret.encode()),
    "unknown-kid": lambda claims, keys: token({"alg": "RS256", "kid": "never-published"}, claims, keys.thief),
    "kid-absent": lambda claims, keys: token({"alg": "RS256"}, claims, keys.own),
    "kid-absent-several-keys": lambda claims, keys: token({"alg": "RS256"}, claims, keys.own),
    "wrong-key": lambda claims, keys: token({"alg": "RS256", "kid": keys.own.kid}, claims, keys.thief),
    "bad-signature": lambda claims, keys: spoilt(good(claims, keys)),
    "rs512": lambda claims, keys: token({"alg": "RS512", "kid": keys.own.kid}, claims, keys.own),
    "jku": lambda claims, keys: token({"alg": "RS256", "kid": keys.thief.kid, "jku": keys.canary}, claims, keys.thief),
    "jwk": lambda claims, keys: token({"alg": "RS256", "jwk": keys.thief.public()}, claims, keys.thief),
    "not-a-token": lambda claims, keys: "not.a.token",
}
RESPONSE = ("response-wrong-iss", "response-missing-iss", "response-wrong-state", "response-missing-state")
DISCOVERY = (
    "discovery-wrong-issuer",
    "discovery-metadata-address",  # jwks, token and userinfo at 169.254.169.254
    "discovery-file",
    "discovery-private-address",
    "discovery-canary",
)
TOKEN = ("token-without-id-token", "token-odd-type", "token-without-access-token")
USERINFO = (
    "userinfo-other-sub",
    "userinfo-without-sub",
    "userinfo-jwt",  # signed and good
    "userinfo-jwt-unsigned",
    "userinfo-jwt-wrong-aud",
    "userinfo-jwt-wrong-iss",
    "userinfo-jwt-wrong-key",
    "userinfo-jwt-hs256-public-key",
    "userinfo-jwt-other-sub",
    "userinfo-jwt-expired",
)
KEYS = ("jwks-empty", "jwks-several")
# each at an endpoint, as "slow:token": one byte a second · no answer · 500 · HTML · [] · a redirect to the canary ·
# 10 MB of good JSON without a length · the same, packed into 10 kB
FAULTS = ("slow", "hang", "500", "not-json", "list", "redirect", "huge", "bomb")

LOGOUT_PAYLOAD: dict[str, Spoil] = {
    "no-event": lambda claims, now: {"events": None},
    "wrong-event": lambda claims, now: {"events": {"http://schemas.openid.net/event/another": {}}},
    "event-not-an-object": lambda claims, now: {"events": {EVENT: "now"}},
    "with-nonce": lambda claims, now: {"nonce": "of-an-id-token"},
    "no-sub-nor-sid": lambda claims, now: {"sub": None, "sid": None},
    "missing-jti": lambda claims, now: {"jti": None},
    **{name: PAYLOAD[name] for name in ("wrong-iss", "missing-iss", "wrong-aud", "missing-aud", "missing-iat")},
    **{name: PAYLOAD[name] for name in ("missing-exp", "expired", "issued-in-the-future")},
}
LOGOUT_MODES = ("good", *LOGOUT_PAYLOAD, *SIGNATURE)


def known(mode: str) -> bool:
    """Whether the provider can be told this."""
    fault, _, endpoint = mode.partition(":")
    if endpoint:
        return fault in FAULTS and endpoint in ENDPOINTS
    return mode in {*PAYLOAD, *SIGNATURE, *RESPONSE, *DISCOVERY, *TOKEN, *USERINFO, *KEYS}


def every_mode() -> list[str]:
    faults = [f"{fault}:{endpoint}" for fault in FAULTS for endpoint in ENDPOINTS]
    return [*PAYLOAD, *SIGNATURE, *RESPONSE, *DISCOVERY, *TOKEN, *USERINFO, *KEYS, *faults]


def good(claims: Json, keys: Keys) -> str:
    return token({"alg": "RS256", "kid": keys.own.kid}, claims, keys.own)


def changed(claims: Json, changes: dict[str, Any]) -> Json:
    """Claims replaced; None takes one away."""
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


def written(
    claims: Json, modes: set[str], keys: Keys, now: int, payload: dict[str, Spoil] = PAYLOAD, *, typ: str = "JWT"
) -> str:
    """The token of these claims, spoilt as the modes say."""
    for mode in modes & payload.keys():
        claims = changed(claims, payload[mode](claims, now))
    if sign := next((SIGNATURE[mode] for mode in sorted(modes) if mode in SIGNATURE), None):
        return sign(claims, keys)
    return token({"alg": "RS256", "kid": keys.own.kid, "typ": typ}, claims, keys.own)
