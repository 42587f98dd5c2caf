"""The least relying party: what the tests of the providers, and nothing else, ask them with."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import urllib3
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.providers.running import CLIENT, REGISTRATION, SECRET

REDIRECT = REGISTRATION["redirect_uris"][0]
Json = dict[str, Any]


class Party:
    """Asks the provider of `issuer`; `last` is the token answer."""

    def __init__(self, issuer: str, **asked: str) -> None:
        self.http = urllib3.PoolManager(retries=False, timeout=10)
        self.metadata = self.get(f"{issuer}/.well-known/openid-configuration")
        self.asked = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": REDIRECT,
            "scope": "openid profile email siret",
            "state": "state-of-32-characters-at-the-least",
            "nonce": "nonce-of-32-characters-at-the-least",
            **asked,
        }
        self.last: Json = {}

    def __enter__(self) -> "Party":
        return self

    def __exit__(self, *_: object) -> None:
        self.http.clear()

    def get(self, url: str) -> Json:
        document: Json = self.http.request("GET", url).json()
        return document

    @property
    def start(self) -> str:
        return f"{self.metadata['authorization_endpoint']}?{urlencode(self.asked)}"

    def told(self, url: str) -> dict[str, str]:
        """What came back with the redirect."""
        assert url.startswith(f"{REDIRECT}?")
        return dict(parse_qsl(urlsplit(url).query))

    def exchange(self, code: str, *, basic: bool = True, **more: str) -> Json:
        """The token answer, of any status."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, **more}
        form |= {} if basic else {"client_id": CLIENT, "client_secret": SECRET}
        headers = urllib3.make_headers(basic_auth=f"{CLIENT}:{SECRET}") if basic else {}
        where = self.metadata["token_endpoint"]
        answer = self.http.request("POST", where, fields=form, headers=headers, encode_multipart=False)
        self.last = answer.json()
        return self.last

    def userinfo(self) -> urllib3.BaseHTTPResponse:
        bearer = {"Authorization": f"Bearer {self.last['access_token']}"}
        return self.http.request("GET", self.metadata["userinfo_endpoint"], headers=bearer)

    def claims(self, token: str) -> Json:
        """Of a token whose signature holds with the published keys; joserfc's errors otherwise."""
        keys = KeySet.import_key_set(self.get(self.metadata["jwks_uri"]))  # type: ignore[arg-type]
        return jwt.decode(token, keys, algorithms=["RS256", "ES256"]).claims
