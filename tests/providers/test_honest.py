"""The provider of other hands does what its options and its control say."""

import base64
import hashlib
import json
from urllib.parse import urlencode

import pytest
import urllib3
from joserfc import jws
from joserfc.errors import JoseError

from tests.providers.party import Party
from tests.providers.running import CLIENT, Honest
from tests.providers.walking import LeftStanding, Walker, refuse_at, sign_in_at, sign_out_at

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def arrive(party: Party, walker: Walker, person: str, *, basic: bool = True) -> dict[str, object]:
    """Walk the whole code flow; the claims of the id token."""
    told = party.told(sign_in_at(walker, party.start, person))
    assert told["state"] == party.asked["state"]
    token: str = party.exchange(told["code"], basic=basic)["id_token"]
    return party.claims(token)


def test_a_person_signs_in_and_the_id_token_holds(honest: Honest, walker: Walker) -> None:
    with Party(honest.issuer, code_challenge=CHALLENGE, code_challenge_method="S256") as party:
        told = party.told(sign_in_at(walker, party.start, "lea"))
        assert told["iss"] == honest.issuer
        claims = party.claims(party.exchange(told["code"], code_verifier=VERIFIER)["id_token"])
        assert (claims["iss"], claims["aud"], claims["sub"]) == (honest.issuer, CLIENT, "sub-of-lea")
        assert (claims["nonce"], claims["acr"], claims["amr"]) == (party.asked["nonce"], "eidas1", ["pwd"])
        known = party.userinfo().json()
        assert (known["usual_name"], known["siret"], known["email_verified"]) == ("Durand", "73282932000074", True)
        assert party.exchange(told["code"], code_verifier=VERIFIER)["error"] == "invalid_grant", "used twice"


def test_a_person_of_whom_nothing_is_proved_has_no_acr(honest: Honest, walker: Walker) -> None:
    with Party(honest.issuer) as party:
        assert {"acr", "amr"}.isdisjoint(arrive(party, walker, "aline"))


def test_who_is_signed_in_is_asked_nothing_until_signed_out(honest: Honest, walker: Walker) -> None:
    honest.register(post_logout_redirect_uris=["http://localhost:8000/au-revoir"])
    with Party(honest.issuer) as party:
        arrive(party, walker, "marc")
        token = party.last["id_token"]
        assert "code" in party.told(sign_in_at(walker, party.start, "nobody is asked"))
        end = {"id_token_hint": token, "post_logout_redirect_uri": "http://localhost:8000/au-revoir", "state": "s1"}
        back = sign_out_at(walker, f"{party.metadata['end_session_endpoint']}?{urlencode(end)}")
        assert back == "http://localhost:8000/au-revoir?state=s1"
        with pytest.raises(LeftStanding):
            sign_in_at(walker, party.start, "nobody")


def test_signing_out_posts_a_logout_token(honest: Honest, walker: Walker) -> None:
    listens_nowhere = "http://127.0.0.1:1/logout"
    honest.register(backchannel_logout_uri=listens_nowhere, backchannel_logout_session_required=True)
    with Party(honest.issuer) as party:
        sid = arrive(party, walker, "lea")["sid"]
        sign_out = f"{party.metadata['end_session_endpoint']}?{urlencode({'id_token_hint': party.last['id_token']})}"
        with pytest.raises(LeftStanding, match="Vous êtes déconnecté"):
            sign_out_at(walker, sign_out)
        claims = party.claims(honest.logout_tokens()[-1])
        assert (claims["sub"], claims["sid"]) == ("sub-of-lea", sid)
        assert "nonce" not in claims


def test_refusing_comes_back_as_access_denied(honest: Honest, walker: Walker) -> None:
    with Party(honest.issuer) as party:
        told = party.told(refuse_at(walker, party.start))
        assert (told["error"], told["iss"]) == ("access_denied", honest.issuer)


def test_keys_turn_and_people_change_at_run_time(honest: Honest, walker: Walker) -> None:
    with Party(honest.issuer) as party:
        honest.set(person={"login": "lea", "claims": {"email": "new@example.org"}, "acr": None, "amr": ["pwd", "otp"]})
        claims = arrive(party, walker, "lea")
        assert "acr" not in claims
        assert claims["amr"] == ["pwd", "otp"]
        assert party.userinfo().json()["email"] == "new@example.org"
        old: str = party.last["id_token"]
        honest.set(rotate="keep")
        assert party.claims(old)["sub"] == "sub-of-lea"
        honest.set(rotate="drop")
        with pytest.raises((JoseError, ValueError)):
            party.claims(old)
        assert arrive(party, walker, "lea")["sub"] == "sub-of-lea", "its session outlived the keys"


def test_a_client_may_want_es256_and_the_secret_in_the_form(honest: Honest, walker: Walker) -> None:
    honest.register(id_token_signed_response_alg="ES256", token_endpoint_auth_method="client_secret_post")
    try:
        with Party(honest.issuer) as party:
            told = party.told(sign_in_at(walker, party.start, "marc"))
            token = party.exchange(told["code"], basic=False)["id_token"]
            assert jws.extract_compact(token.encode()).headers()["alg"] == "ES256"
            assert party.claims(token)["sub"] == "sub-of-marc"
    finally:
        honest.register(id_token_signed_response_alg="RS256", token_endpoint_auth_method="client_secret_basic")


def test_faults_are_of_one_endpoint_and_end_with_a_reset(honest: Honest) -> None:
    with Party(honest.issuer) as party:
        jwks = party.metadata["jwks_uri"]
        honest.set(status={"jwks": 503})
        assert party.http.request("GET", jwks).status == 503
        honest.set(delay={"jwks": 5}, status={})
        with pytest.raises(urllib3.exceptions.ReadTimeoutError):
            party.http.request("GET", jwks, timeout=0.2)
        honest.set(down=True)
        with pytest.raises(urllib3.exceptions.HTTPError):
            party.http.request("GET", jwks)
        honest.reset()
        assert party.http.request("GET", jwks).status == 200
        assert honest.hits() == {"jwks": 1}


def test_proconnect_refuses_what_it_does_not_know(proconnect: Honest, walker: Walker) -> None:
    challenge = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    with Party(proconnect.issuer, **challenge) as party, pytest.raises(LeftStanding, match="Y000400"):
        sign_in_at(walker, party.start, "lea")


def test_proconnect_says_how_only_when_asked_and_signs_its_userinfo(proconnect: Honest, walker: Walker) -> None:
    wanted = {"acr": {"essential": True, "values": ["eidas1-mfa"]}, "amr": {"essential": True}}
    asking = {"scope": "openid given_name usual_name email siret", "claims": json.dumps({"id_token": wanted})}
    with Party(proconnect.issuer) as party:
        assert proconnect.issuer.endswith("/api/v2")
        assert {"acr", "amr"}.isdisjoint(arrive(party, walker, "marc", basic=False))
    with Party(proconnect.issuer, **asking) as party:
        claims = arrive(party, walker, "marc", basic=False)
        assert (claims["acr"], claims["amr"]) == ("eidas1-mfa", ["pwd", "otp", "mfa"])
        signed = party.userinfo()
        assert signed.headers["Content-Type"].startswith("application/jwt")
        assert party.claims(signed.data.decode())["usual_name"] == "Petit"


def test_proconnect_may_refuse_who_has_not_the_level_asked(proconnect: Honest, walker: Walker) -> None:
    wanted = json.dumps({"id_token": {"acr": {"essential": True, "values": ["eidas1-mfa"]}}})
    proconnect.set(options={"enforce_acr": True})
    with Party(proconnect.issuer, claims=wanted) as party:
        assert party.told(sign_in_at(walker, party.start, "lea"))["error"] == "access_denied"
