"""The two providers of the tests: one of other hands that is honest, one of ours that is not. Both on loopback."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from tests.providers.people import PEOPLE, Person
from tests.providers.program import HERE, Json, Program
from tests.providers.walking import Walker, refuse_at, sign_in_at, sign_out_at

__all__ = ["CLIENT", "SECRET", "Honest", "Hostile", "Walker", "refuse_at", "sign_in_at", "sign_out_at"]

CLIENT = "passavant"
SECRET = "a-secret-shared-with-the-provider-of-the-tests"
REGISTRATION = {"client_id": CLIENT, "client_secret": SECRET, "redirect_uris": ["http://localhost:8000/retour"]}
PROCONNECT = {
    "name": "ProConnect",
    "path": "/api/v2",
    "announce": "asked",
    "strict": True,
    "acr_values": ["eidas0", "eidas0-mfa", "eidas1", "eidas1-mfa"],
}
SIGNED = {"token_endpoint_auth_method": "client_secret_post", "userinfo_signed_response_alg": "RS256"}


def node() -> str:
    """The one that tests/bin/install-needs brought because the system's is too old, else the system's."""
    brought = next((HERE / "honest" / "node_modules").glob("node-linux-*/bin/node"), None)
    return str(brought or "node")


class Honest(Program):
    """The npm package oidc-provider, playing portailpro.gouv.fr; `Honest.proconnect()` plays ProConnect.

    Options, see honest/provider.mjs: name, path, announce, strict, enforce_acr, pkce, acr_values.
    `set()` takes: person={"login": …, "claims": {…}, "acr": …, "amr": […]} · client={metadata} · rotate="keep"|"drop" ·
    delay={endpoint: seconds} · status={endpoint: code} · down=bool · options={…} · reset=True.
    Endpoints: discovery, jwks, authorization, token, userinfo, end_session.
    """

    def __init__(self, people: Iterable[Person] = PEOPLE, *, client: Mapping[str, Any] | None = None, **options: Any):
        self._client = {**REGISTRATION, **(client or {})}
        configuration = {"people": list(people), "clients": [self._client], "options": options}
        super().__init__([node(), str(HERE / "honest" / "provider.mjs")], configuration)

    @classmethod
    def proconnect(cls, people: Iterable[Person] = PEOPLE) -> "Honest":
        """Under /api/v2, unknown parameters refused, acr and amr only to who asks, userinfo signed (RS256)."""
        return cls(people, client=SIGNED, **PROCONNECT)

    def register(self, **metadata: Any) -> Json:
        """Register a client, by default the one known from the start: redirect_uris, post_logout_redirect_uris,
        backchannel_logout_uri, id_token_signed_response_alg … Answers the whole registration."""
        same = metadata.get("client_id", self._client["client_id"]) == self._client["client_id"]
        registration = {**(self._client if same else REGISTRATION), **metadata}
        self.set(client=registration)
        if same:
            self._client = registration
        return registration

    def logout_tokens(self) -> list[str]:
        """Those posted since the last reset to backchannel_logout_uri, whether somebody listened there or not."""
        return [told["logout_token"] for told in self.state()["told"]]


class Hostile(Program):
    """A provider of ours that lies as told: `set(modes=["wrong-nonce"])`; the modes are in tests/providers/lies.py.

    `set()` takes: modes=[…] · sub="…" · claims={…} (of userinfo; None takes away) · id_token={…} · reset=True.
    Any client id and redirect URI will do; the secret is `SECRET`. It asks nobody: /authorize redirects at once.
    """

    def __init__(self, *, secret: str = SECRET) -> None:
        super().__init__([sys.executable, "-m", "tests.providers.hostile"], {"secret": secret})

    @property
    def canary(self) -> str:
        """Another origin of the same program, where nothing should ever be asked: see `hits()["canary …"]`."""
        canary: str = self.state()["canary"]
        return canary

    def requests(self, path: str = "") -> list[Json]:
        """The last ones received, oldest first: method, path, query, form, headers (names in lower case)."""
        return [request for request in self.state()["requests"] if path in ("", request["path"])]

    def logout_token(self, mode: str = "good", *, audience: str = CLIENT, **claims: Any) -> str:
        """A logout token, good or spoilt as `mode` says; claims (sub, sid …) are put in, None takes one away."""
        token: str = self.set(logout={"mode": mode, "audience": audience, "claims": claims})["logout_token"]
        return token
