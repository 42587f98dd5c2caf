"""The two addresses at a provider where we send people: its sign-in, and its sign-out."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from passavant.federation.rules.crossings import Crossing
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import ProviderDown
from passavant.federation.rules.told import Told
from passavant.federation.wire.calls import Talk
from passavant.federation.wire.circuit import circuit_of
from passavant.federation.wire.metadata import metadata


def departure(talk: Talk, crossing: Crossing, back: str) -> str:
    """Where the person proves who they are; `back` is our address, as registered there.

    Raises:
        ProviderDown, NotProved: it does not say where.
    """
    provider = talk.provider
    if circuit_of(provider.issuer).closed:  # nobody is sent where others have just been left waiting
        raise ProviderDown("left alone for a while")
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": " ".join(provider.scopes),
        "state": crossing.state,
        "nonce": crossing.nonce,
    }
    if provider.pkce:
        asked |= {"code_challenge": crossing.challenge, "code_challenge_method": "S256"}
    if provider.acr_values:
        asked["claims"] = json.dumps(_claims(provider))
    return _with(metadata(talk).authorization, asked)


def far_exit(talk: Talk, told: Told, back: str) -> str:
    """Where the person may sign out of the provider too (OpenID RP-Initiated Logout 1.0); "" when it offers none."""
    end = metadata(talk).end_session
    hint = {"id_token_hint": told.id_token, "client_id": talk.provider.client_id, "post_logout_redirect_uri": back}
    return _with(end, hint) if end else ""


def _claims(provider: Provider) -> dict[str, Any]:
    """As ProConnect documents it; amr is told only when asked for."""
    acr = {"essential": True, "values": list(provider.acr_values)}
    return {"id_token": {"acr": acr, "amr": {"essential": True}}}


def _with(url: str, asked: dict[str, str]) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(asked)}"
