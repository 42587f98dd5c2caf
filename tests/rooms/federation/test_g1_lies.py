"""Every lie a provider may tell: one page, a cause in the trail, and nothing opened (G1)."""

import json

import pytest
from joserfc.jwk import RSAKey

from passavant.accounts.models import Account
from passavant.federation import wire
from passavant.federation.models import Arrival
from passavant.federation.rules.refusals import NotProved
from passavant.federation.wire import calls, returning, tokens
from passavant.federation.wire.calls import Answer
from passavant.federation.wire.tokens import signed
from tests.people import person
from tests.providers.lies import every_mode
from tests.providers.running import Hostile
from tests.providers.signing import Key, b64
from tests.rooms.federation.traveller import Traveller, forget_providers, nothing_is_open, provider, published, refusals

pytestmark = pytest.mark.django_db
HALF = "\ud800"  # half a character
HONEST_AFTER_ALL = {"kid-absent", "userinfo-jwt", "jwks-several", "discovery-canary"}
ENDLESS = ("slow:", "hang:")  # told in test_g6_faults.py
OF_THE_PERSON = (":authorization", ":end_session")  # where the browser goes, and we do not
LIES = [
    mode
    for mode in every_mode()
    if mode not in HONEST_AFTER_ALL and not mode.startswith(ENDLESS) and not mode.endswith(OF_THE_PERSON)
]
CAUSES = {
    "wrong-iss": "issuer",
    "missing-iss": "issuer",
    "wrong-aud": "audience",
    "missing-aud": "audience",
    "several-aud-without-azp": "authorized party",
    "several-aud-wrong-azp": "authorized party",
    "wrong-nonce": "nonce",
    "missing-nonce": "nonce",
    "missing-sub": "subject",
    "sub-not-text": "subject",
    "missing-iat": "time of issue",
    "issued-in-the-future": "time of issue",
    "not-yet-valid": "time of issue",
    "missing-exp": "expiry",
    "expired": "expiry",
    "exp-not-a-number": "expiry",
    "alg-none": "algorithm",
    "alg-none-with-kid": "algorithm",
    "hs256-public-key": "algorithm",
    "hs256-client-secret": "algorithm",
    "rs512": "algorithm",
    "unknown-kid": "key",
    "kid-absent-several-keys": "key",
    "jku": "key",
    "jwks-empty": "key",
    "jwk": "signature",
    "wrong-key": "signature",
    "bad-signature": "signature",
    "response-wrong-iss": "issuer of the answer",
    "response-missing-iss": "issuer of the answer",
    "response-wrong-state": "state",
    "response-missing-state": "state",
    "discovery-wrong-issuer": "issuer of the metadata",
    "discovery-metadata-address": "down: an address inside a network",
    "discovery-private-address": "down: an address inside a network",
    "discovery-file": "down: an address without TLS",
    "token-without-id-token": "token",
    "token-without-access-token": "access token",
    "token-odd-type": "access token",
    "userinfo-other-sub": "subject of userinfo",
    "userinfo-without-sub": "subject of userinfo",
    "userinfo-jwt-other-sub": "subject of userinfo",
    "userinfo-jwt-wrong-aud": "audience",
    "userinfo-jwt-wrong-iss": "issuer",
    "userinfo-jwt-unsigned": "algorithm",
    "userinfo-jwt-hs256-public-key": "algorithm",
    "userinfo-jwt-wrong-key": "signature",
    "userinfo-jwt-expired": "expiry",
}


def test_no_lie_is_forgotten() -> None:
    assert CAUSES.keys() <= set(LIES)
    assert len(LIES) == 73


@pytest.mark.parametrize("mode", LIES)
def test_g1_a_lie_opens_nothing(liar: Hostile, lea: Traveller, mode: str) -> None:
    person(email="hugo@negoce-durand.example")
    url = lea.departs("liar")
    liar.set(modes=[mode])
    forget_providers()  # its metadata lie too
    lea.opens(lea.signs_in_there(url))
    (cause,) = refusals()
    down = cause.startswith("down: ")
    assert lea.status == (503 if down else 400), cause
    assert cause == CAUSES.get(mode, cause)
    assert cause != "down: ValueError"
    assert lea.page.title == ("Menteur ne répond pas" if down else "La connexion n’a pas abouti")
    assert lea.headers.get("Retry-After", "") == ("30" if down else "")
    assert "/connexion/" in lea.page.links.values(), "the local sign-in stays"
    assert "Traceback" not in lea.html
    assert nothing_is_open(lea.client)
    assert not Arrival.objects.exists()
    assert Account.objects.count() == 1
    assert not [name for name in liar.hits() if name.startswith("canary")]


@pytest.mark.parametrize("mode", sorted(HONEST_AFTER_ALL - {"discovery-canary"}))
def test_what_only_looks_odd_is_taken(liar: Hostile, lea: Traveller, mode: str) -> None:
    liar.set(modes=[mode])
    assert lea.crosses("liar").url == "/connexion/arrivee/compte/"
    assert refusals() == []


@pytest.mark.parametrize(
    "mode", ["discovery-wrong-issuer", "500:discovery", "not-json:discovery", "list:discovery", "redirect:discovery"]
)
def test_g1_nobody_is_sent_to_a_provider_that_says_who_it_is_not(liar: Hostile, lea: Traveller, mode: str) -> None:
    liar.set(modes=[mode])
    assert lea.departs("liar") == ""
    assert (lea.status, lea.page.title) == (503, "Menteur ne répond pas")
    assert "/connexion/" in lea.page.links.values()
    assert not [name for name in lea.client.cookies if name.startswith("trajet-")]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": ["x"]},
        {"sub": "a\x00b"},
        {"sub": "a" * 256},
        {"sub": ""},
        {"aud": {"passavant": 1}},
        {"aud": []},
        {"azp": ["passavant"]},
        {"iss": ["http://127.0.0.1"]},
        {"exp": True},
        {"exp": 10**400},
        {"iat": -(10**400), "nbf": [1]},
    ],
)
def test_g1_claims_of_another_kind(liar: Hostile, lea: Traveller, claims: dict[str, object]) -> None:
    liar.set(id_token=claims)
    lea.crosses("liar")
    assert (lea.status, nothing_is_open(lea.client)) == (200 if claims == {"exp": 10**400} else 400, True)


@pytest.mark.parametrize("claims", [{"nonce": HALF}, {"sub": HALF}, {"sub": "a", "nonce": "é"}])
def test_g1_claims_that_cannot_be_written(
    liar: Hostile, lea: Traveller, claims: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(talk: wire.Talk, token: object) -> tuple[dict[str, object], dict[str, object]]:
        header, told = signed(talk, token)
        return header, told | claims

    monkeypatch.setattr(returning, "signed", spoilt)
    assert lea.crosses("liar").status == 400
    assert refusals() in (["nonce"], ["subject"])


@pytest.mark.parametrize("depth", [10, 5_000])
def test_g1_a_token_of_great_depth(liar: Hostile, depth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Key("deep")
    text = f"{b64(json.dumps({'alg': 'RS256', 'kid': 'deep'}).encode())}.{b64(b'[' * depth + b']' * depth)}"
    token = f"{text}.{b64(key.sign(text.encode(), 'RS256'))}"
    monkeypatch.setattr(tokens, "key_for", lambda *_, **__: RSAKey.import_key(key.public()))
    with pytest.raises(NotProved, match="signature"):
        signed(wire.Talk.begin(provider(liar.issuer)), token)


@pytest.mark.parametrize(
    "token", [None, 7, "", "a.b", "é.é.é", "." * 5, "e30.e30.", "x" * 17_000, "W10.e30.x", "bnVsbA.."]
)
def test_g1_what_is_no_token_at_all(liar: Hostile, token: object) -> None:
    with pytest.raises(NotProved):
        signed(wire.Talk.begin(provider(liar.issuer)), token)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://127.0.0.1/", "//127.0.0.1/x", "http://[", "https:///x", "", None, 7, ["x"]]
)
def test_g1_nobody_is_sent_to_what_is_no_page(
    liar: Hostile, lea: Traveller, url: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(talk: wire.Talk, where: str) -> Answer:
        told = calls.call(talk, where).json() | {"authorization_endpoint": url, "end_session_endpoint": url}
        return Answer(200, "application/json", json.dumps(told).encode())

    monkeypatch.setattr(published, "call", answered)
    assert (lea.departs("liar"), lea.status) == ("", 503)


def test_a_key_of_an_unknown_kind_spoils_no_other(
    liar: Hostile, lea: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(talk: wire.Talk, where: str) -> Answer:
        told = calls.call(talk, where).json()
        if "keys" in told:
            told["keys"] += [{"kty": "AKP", "kid": "of-tomorrow"}, {"kty": "EC", "crv": "P-256"}, {}, None, 7]
        return Answer(200, "application/json", json.dumps(told).encode())

    monkeypatch.setattr(published, "call", answered)
    assert lea.crosses("liar").url == "/connexion/arrivee/compte/"
