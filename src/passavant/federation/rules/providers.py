"""The portals whose people may come in: OpenID providers, as the operator declares them."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_settings import NoDecode

Words = Annotated[tuple[str, ...], NoDecode]  # separated by commas or blanks
NAME = re.compile(r"[a-z][a-z0-9_]{1,29}")
# Addresses under /connexion/ that are pages of ours.
RESERVED = {
    "arrivee", "cle", "code", "confirmation", "enrolement", "moyens", "passage", "rattachement", "retour", "secours",
}  # fmt: skip
ASYMMETRIC = {"RS256", "ES256"}  # what a provider may sign with: no « none », and no secret shared with it


class Provider(BaseModel):
    """One provider; `emails` is how far we believe what it says of addresses.

    verified: it proved them; claimed: those it declares `email_verified`; unproved: we prove them ourselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    issuer: str
    client_id: Annotated[str, StringConstraints(min_length=1)]
    client_secret: Annotated[str, StringConstraints(min_length=1)] = Field(repr=False)
    label: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    about: str = ""
    scopes: Words = ("openid", "profile", "email")
    acr_values: Words = ()
    pkce: bool = True
    client_auth: Literal["client_secret_post", "client_secret_basic"] = "client_secret_post"
    signatures: Words = ("RS256", "ES256")
    emails: Literal["verified", "claimed", "unproved"] = "unproved"
    newcomers: bool = True

    @field_validator("scopes", "acr_values", "signatures", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("issuer", "about")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("an address such as https://fournisseur.example/api/v2, exactly as the provider writes it")
        return url

    @field_validator("signatures")
    @classmethod
    def _asymmetric(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names or set(names) - ASYMMETRIC:
            raise ValueError(f"one or several of: {', '.join(sorted(ASYMMETRIC))}")
        return names

    @field_validator("scopes")
    @classmethod
    def _openid(cls, scopes: tuple[str, ...]) -> tuple[str, ...]:
        if "openid" not in scopes:
            raise ValueError("« openid » must be one of them")
        return scopes

    @property
    def host(self) -> str:
        return urlsplit(self.issuer).hostname or ""

    @property
    def plain(self) -> bool:
        """Reached without TLS: for a demonstration on one machine only."""
        return urlsplit(self.issuer).scheme == "http"


def misnamed(names: "set[str]") -> list[str]:
    """The names that cannot be an address under /connexion/, sorted."""
    return sorted(name for name in names if not NAME.fullmatch(name) or name in RESERVED)
