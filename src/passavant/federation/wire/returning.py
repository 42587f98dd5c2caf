"""A person comes back from a provider: from the code in the address to what the provider really says of them."""

from hmac import compare_digest
from typing import Any

from passavant.federation.rules.crossings import Crossing
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import NotProved
from passavant.federation.rules.told import Told
from passavant.federation.wire.calls import Talk, call, credentials
from passavant.federation.wire.claims import read_claims
from passavant.federation.wire.metadata import Metadata, metadata
from passavant.federation.wire.tokens import check_addressed, check_times, signed, subject

CODE_CHARS = 4096


def come_back(talk: Talk, crossing: Crossing, query: dict[str, str], back: str) -> Told:
    """Redeem the code, verify all that is said.

    Raises:
        NotProved: and why; ProviderDown: it did not answer.
    """
    provider, published = talk.provider, metadata(talk)
    _check_sender(provider, published, query)
    answer = _redeem(talk, crossing, query.get("code", ""), back)
    token = answer.get("id_token")
    _, claims = signed(talk, token)
    check_addressed(provider, claims)
    check_times(claims)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(errors="replace"), crossing.nonce.encode()):
        raise NotProved("nonce")
    person = _userinfo(talk, answer, subject(claims))
    return read_claims(provider, claims, person, str(token))


def _check_sender(provider: Provider, published: Metadata, query: dict[str, str]) -> None:
    """Against mix-up (RFC 9207): whoever names itself in its answers must be the one we asked."""
    named = query.get("iss")
    if (named is not None or published.says_iss) and named != provider.issuer:
        raise NotProved("issuer of the answer")


def _redeem(talk: Talk, crossing: Crossing, code: str, back: str) -> dict[str, Any]:
    if not 0 < len(code) <= CODE_CHARS:
        raise NotProved("code")
    form, headers = credentials(talk.provider)
    form |= {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    if talk.provider.pkce:
        form["code_verifier"] = crossing.verifier
    answer = call(talk, metadata(talk).token, form=form, headers=headers)
    if answer.status != 200:
        raise NotProved("code")
    return answer.json()


def _userinfo(talk: Talk, answer: dict[str, Any], who: str) -> dict[str, Any]:
    """What userinfo says, in JSON or in a token that the provider signed; {} when it has none."""
    access, url = answer.get("access_token"), metadata(talk).userinfo
    if not url:
        return {}
    if not isinstance(access, str) or not access.isprintable() or str(answer.get("token_type")).lower() != "bearer":
        raise NotProved("access token")
    headers = {"Authorization": f"Bearer {access}"}
    told = call(talk, url, headers=headers)
    if told.status != 200:
        raise NotProved("userinfo")
    if told.kind == "application/jwt":
        _, claims = signed(talk, told.body.decode("ascii", "replace"))
        check_addressed(talk.provider, claims, required=False)
        check_times(claims, required=False)
    else:
        claims = told.json()
    if claims.get("sub") != who:
        raise NotProved("subject of userinfo")
    return claims
