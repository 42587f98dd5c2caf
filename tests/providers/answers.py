"""What the hostile provider answers at each endpoint."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from tests.providers.lies import ELSEWHERE, SOMEBODY_ELSE, changed, good
from tests.providers.messages import Answer, Question
from tests.providers.signing import Json, token
from tests.providers.state import LIFETIME, SID, State, epoch

ROUTES = {
    "/.well-known/openid-configuration": "discovery",
    "/jwks": "jwks",
    "/authorize": "authorization",
    "/token": "token",
    "/userinfo": "userinfo",
    "/session/end": "end_session",
}
REACHES = {  # where the endpoints of the discovery point at
    "discovery-metadata-address": "http://169.254.169.254/latest/meta-data",
    "discovery-file": "file:///etc/passwd",
    "discovery-private-address": "http://10.0.0.1/endpoint",
    "discovery-canary": "{canary}/endpoint",
}
BEHIND = ("jwks_uri", "token_endpoint", "userinfo_endpoint")  # those that the relying party asks by itself


def discovery(state: State, question: Question) -> Answer:
    issuer = state.issuer
    pages = {
        f"{name}_endpoint": f"{issuer}{path}" for path, name in ROUTES.items() if name not in ("discovery", "jwks")
    }
    document: Json = {
        "issuer": ELSEWHERE if "discovery-wrong-issuer" in state.modes else issuer,
        "jwks_uri": f"{issuer}/jwks",
        **pages,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }
    for mode in state.modes & REACHES.keys():
        document |= dict.fromkeys(BEHIND, REACHES[mode].format(canary=state.canary))
    return Answer.json(document)


def jwks(state: State, question: Question) -> Answer:
    keys = [state.keys.own.public()]
    if state.modes & {"jwks-several", "kid-absent-several-keys"}:
        keys.append(state.keys.other.public())
    return Answer.json({"keys": [] if "jwks-empty" in state.modes else keys})


def authorization(state: State, question: Question) -> Answer:
    """Asks nobody: redirects at once, with a code."""
    code = secrets.token_urlsafe(24)
    state.codes[code] = question.query
    back: dict[str, str | None] = {"code": code, "state": question.query.get("state"), "iss": state.issuer}
    spoils: dict[str, dict[str, str | None]] = {
        "response-wrong-iss": {"iss": ELSEWHERE},
        "response-missing-iss": {"iss": None},
        "response-wrong-state": {"state": "of-another-sign-in"},
        "response-missing-state": {"state": None},
    }
    for mode in state.modes & spoils.keys():
        back |= spoils[mode]
    told = urlencode({name: value for name, value in back.items() if value is not None})
    return Answer.to(f"{question.query['redirect_uri']}?{told}")


def proved(asked: dict[str, str], verifier: str) -> bool:
    """PKCE, when it was asked for (S256), and not when it was not."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return digest == asked["code_challenge"] if "code_challenge" in asked else not verifier


def token_(state: State, question: Question) -> Answer:
    client, secret = question.credentials()
    form = question.form
    if secret != state.secret:
        return Answer.json({"error": "invalid_client"}, status=401)
    asked = state.codes.pop(form.get("code", ""), None)  # a code is used once
    same = asked and (asked["client_id"], asked["redirect_uri"]) == (client, form.get("redirect_uri"))
    if not (asked and same and proved(asked, form.get("code_verifier", ""))):
        return Answer.json({"error": "invalid_grant"}, status=400)
    access = secrets.token_urlsafe(24)
    state.tokens[access] = client
    claims = changed(state.standing(client), {"sid": SID, "auth_time": epoch()})
    if "nonce" in asked:
        claims["nonce"] = asked["nonce"]
    answer: Json = {"access_token": access, "token_type": "Bearer", "expires_in": LIFETIME}
    answer["id_token"] = state.sign(changed(claims, state.id_token))
    spoils: dict[str, Json] = {
        "token-without-id-token": {"id_token": None},
        "token-without-access-token": {"access_token": None},
        "token-odd-type": {"token_type": "mac"},
    }
    for mode in state.modes & spoils.keys():
        answer = changed(answer, spoils[mode])
    return Answer.json(answer)


def userinfo(state: State, question: Question) -> Answer:
    client = state.tokens.get(question.headers.get("authorization", "").removeprefix("Bearer "))
    if client is None:
        return Answer.json({"error": "invalid_token"}, status=401)
    claims: Json = {"sub": state.sub, **state.claims}
    if "userinfo-other-sub" in state.modes:
        claims["sub"] = "sub-of-another-person"
    if "userinfo-without-sub" in state.modes:
        del claims["sub"]
    if mode := next((mode for mode in sorted(state.modes) if mode.startswith("userinfo-jwt")), None):
        return Answer(200, {"Content-Type": "application/jwt"}, signed_userinfo(state, client, claims, mode).encode())
    return Answer.json(claims)


def signed_userinfo(state: State, client: str, claims: Json, mode: str) -> str:
    spoils: dict[str, Json] = {
        "userinfo-jwt-wrong-aud": {"aud": SOMEBODY_ELSE},
        "userinfo-jwt-wrong-iss": {"iss": ELSEWHERE},
        "userinfo-jwt-other-sub": {"sub": "sub-of-another-person"},
        "userinfo-jwt-expired": {"exp": 1},
    }
    keys = state.keys
    payload = {**state.standing(client), **claims, **spoils.get(mode, {})}
    match mode:
        case "userinfo-jwt-unsigned":
            return token({"alg": "none"}, payload, None)
        case "userinfo-jwt-wrong-key":
            return token({"alg": "RS256", "kid": keys.own.kid}, payload, keys.thief)
        case "userinfo-jwt-hs256-public-key":
            return token({"alg": "HS256", "kid": keys.own.kid}, payload, keys.own.pem())
        case _:
            return good(payload, keys)


def end_session(state: State, question: Question) -> Answer:
    back = question.query.get("post_logout_redirect_uri")
    told = urlencode({"state": question.query["state"]}) if "state" in question.query else ""
    return (
        Answer.to(f"{back}?{told}".rstrip("?")) if back else Answer(200, {"Content-Type": "text/plain"}, b"Au revoir")
    )


ENDPOINTS: dict[str, Callable[[State, Question], Answer]] = {
    "discovery": discovery,
    "jwks": jwks,
    "authorization": authorization,
    "token": token_,
    "userinfo": userinfo,
    "end_session": end_session,
}
FAULTS: dict[str, Callable[[State], Answer]] = {
    "500": lambda state: Answer(500, {"Content-Type": "text/plain"}, b"Internal Server Error"),
    "redirect": lambda state: Answer.to(f"{state.canary}/redirected", status=307),
    "not-json": lambda state: Answer(200, {"Content-Type": "application/json"}, b"<html>not JSON</html>"),
    "list": lambda state: Answer.json([]),
}


def answer(state: State, endpoint: str, question: Question) -> Answer:
    for name, fault in FAULTS.items():
        if f"{name}:{endpoint}" in state.modes:
            return fault(state)
    if endpoint not in ENDPOINTS:
        return Answer.json({"error": "not_found"}, status=404)
    made = ENDPOINTS[endpoint](state, question)
    if f"bomb:{endpoint}" in state.modes:
        return made.swollen().packed()
    return made.swollen() if f"huge:{endpoint}" in state.modes else made
