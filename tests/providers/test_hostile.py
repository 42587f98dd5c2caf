"""The hostile provider is good until told otherwise, and then lies in the one way it was told."""

import json

import pytest
import urllib3
from joserfc import jws
from joserfc.errors import JoseError

from tests.providers.lies import LOGOUT_MODES, every_mode
from tests.providers.party import Json, Party
from tests.providers.running import CLIENT, Hostile
from tests.providers.walking import Walker, sign_in_at


def arrive(party: Party, walker: Walker) -> str:
    """The id token."""
    token: str = party.exchange(party.told(sign_in_at(walker, party.start, ""))["code"])["id_token"]
    return token


def read(token: str) -> tuple[Json, Json]:
    """Header and payload of a token, whatever its signature."""
    read = jws.extract_compact(token.encode())
    return dict(read.headers()), json.loads(read.payload)


def test_it_is_good_until_told_otherwise(hostile: Hostile, walker: Walker) -> None:
    with Party(hostile.issuer) as party:
        told = party.told(sign_in_at(walker, party.start, ""))
        assert told["iss"] == party.metadata["issuer"] == hostile.issuer
        claims = party.claims(party.exchange(told["code"])["id_token"])
        assert (claims["iss"], claims["aud"]) == (hostile.issuer, CLIENT)
        assert claims["nonce"] == party.asked["nonce"]
        assert claims["exp"] > claims["iat"]
        assert party.userinfo().json()["sub"] == claims["sub"]
        assert party.exchange(told["code"])["error"] == "invalid_grant", "used twice"
        assert hostile.hits() == {"discovery": 1, "authorization": 1, "token": 2, "jwks": 1, "userinfo": 1}
        assert hostile.requests("/token")[0]["form"]["code"] == told["code"]


@pytest.mark.parametrize(
    ("mode", "claim", "value"),
    [("wrong-aud", "aud", "somebody-else"), ("missing-nonce", "nonce", None), ("missing-sub", "sub", None)],
)
def test_a_claim_is_spoilt(hostile: Hostile, walker: Walker, mode: str, claim: str, value: str | None) -> None:
    hostile.set(modes=[mode])
    with Party(hostile.issuer) as party:
        assert party.claims(arrive(party, walker)).get(claim) == value, "signed well, and not what it should say"


@pytest.mark.parametrize(
    ("mode", "algorithm"),
    [("alg-none", "none"), ("hs256-public-key", "HS256"), ("rs512", "RS512"), ("wrong-key", "RS256"), ("jku", "RS256")],
)
def test_a_signature_is_spoilt(hostile: Hostile, walker: Walker, mode: str, algorithm: str) -> None:
    hostile.set(modes=[mode])
    with Party(hostile.issuer) as party:
        token = arrive(party, walker)
        assert read(token)[0]["alg"] == algorithm
        with pytest.raises((JoseError, ValueError)):
            party.claims(token)
    assert not [name for name in hostile.hits() if name.startswith("canary")]


def test_a_key_without_a_name_is_the_only_one(hostile: Hostile, walker: Walker) -> None:
    hostile.set(modes=["kid-absent"])
    with Party(hostile.issuer) as party:
        token = arrive(party, walker)
        assert "kid" not in read(token)[0]
        assert party.claims(token)["aud"] == CLIENT


def test_answers_swell_point_elsewhere_and_fall_silent(hostile: Hostile) -> None:
    hostile.set(modes=["huge:jwks", "discovery-private-address"])
    with Party(hostile.issuer) as party:
        assert party.metadata["token_endpoint"].startswith("http://10.0.0.1/")
        assert len(party.http.request("GET", f"{hostile.issuer}/jwks").data) > 10_000_000
        hostile.set(modes=["redirect:jwks"])
        moved = party.http.request("GET", f"{hostile.issuer}/jwks", redirect=False)
        assert (moved.status, moved.headers["Location"]) == (307, f"{hostile.canary}/redirected")
        party.http.request("GET", moved.headers["Location"])
        assert hostile.hits()["canary /redirected"] == 1
        for mode in ("hang:jwks", "slow:jwks"):
            hostile.set(modes=[mode])
            with pytest.raises(urllib3.exceptions.HTTPError):
                party.http.request("GET", f"{hostile.issuer}/jwks", timeout=0.3)


def test_a_logout_token_is_good_or_spoilt(hostile: Hostile) -> None:
    with Party(hostile.issuer) as party:
        claims = party.claims(hostile.logout_token(sub="one", sid=None))
        assert (claims["sub"], claims["aud"]) == ("one", CLIENT)
        assert "sid" not in claims
    tokens = {mode: hostile.logout_token(mode) for mode in LOGOUT_MODES if mode != "not-a-token"}
    assert "nonce" in read(tokens["with-nonce"])[1]
    assert "events" not in read(tokens["no-event"])[1]
    assert {"sub", "sid"}.isdisjoint(read(tokens["no-sub-nor-sid"])[1])
    assert read(tokens["alg-none"])[0]["alg"] == "none"


def test_every_mode_is_taken_and_no_other(hostile: Hostile) -> None:
    modes = every_mode()
    assert len(modes) == len(set(modes)) > 80
    hostile.set(modes=modes)
    with pytest.raises(RuntimeError, match="unknown"):
        hostile.set(modes=["wrong-weather"])
    hostile.reset()
