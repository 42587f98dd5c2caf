"""The environment as one typed value: right as a whole, or every fault listed at once.

Each field is the variable `PASSAVANT_<FIELD>`, or a file of that name in `PASSAVANT_SECRETS_DIR`
(granian copies the environment into every request, so secrets belong in files).
"""

import os
import re
from email.utils import parseaddr
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from passavant.config.soundness import ASKED_FOR, together
from passavant.federation.rules.providers import Provider

DEMO = {"public_url": "http://localhost:8000", "email_url": "tray:", "sms_url": "tray:"}
KEY_LENGTH = 32  # characters; 256 bits when drawn as hexadecimal or better
SMS_COUNTRIES = (
    "FR", "RE", "GP", "GF", "MQ", "YT", "PM", "NC", "PF", "WF", "BL", "MF",
    "BE", "DE", "LU", "CH", "IT", "ES", "NL", "GB",
)  # fmt: skip
LEVELS = ("password", "sms", "totp", "passkey")
Words = Annotated[tuple[str, ...], NoDecode]  # separated by commas or blanks


class Misconfigured(SystemExit):
    """The boot stops: the message lists every fault."""


class Env(BaseSettings):
    """What the operator decides. Shapes are in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix="PASSAVANT_", env_nested_delimiter="__", frozen=True, extra="ignore", secrets_dir_missing="ok"
    )

    env: Literal["demo", "production"] = "production"
    secret_key: Words
    public_url: str
    auth_url: str = ""
    database_url: str = "sqlite:///var/passavant.sqlite3"
    email_url: str
    email_from: str = ""
    sms_url: str = ""
    sms_daily_budget: int = Field(default=2000, ge=0)
    sms_countries: Words = SMS_COUNTRIES
    trusted_proxies: Words = ()
    federation: dict[str, Provider] = Field(default_factory=dict)
    site_name: str = "Passavant"
    support_phone: str = ""
    support_email: str = ""
    skin: Literal["neutral"] = "neutral"
    log_format: Literal["text", "json"] = "text"
    levels: Words = LEVELS
    password_policy: Literal["douane-2022", "nist-63b-4"] = "douane-2022"  # noqa: S105 (a policy, not a password)
    leaked_passwords: Path | None = None
    certificate_url: str = ""
    certificate_crl: Path | None = None
    check_mail_domains: bool = False
    session_idle_minutes: int = Field(default=15, ge=1)
    session_total_hours: int = Field(default=12, ge=1)
    remember_days: int = Field(default=30, ge=0, le=90)
    unactivated_days: int = Field(default=30, ge=8)
    hash_slots: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    var: Path = Path("var")

    @classmethod
    def settings_customise_sources(  # type: ignore[override]
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 : the name is pydantic's
        **sources: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Secrets in files may be nested too: PASSAVANT_FEDERATION__PORTAILPRO__CLIENT_SECRET."""
        files = NestedSecretsSettingsSource(sources["file_secret_settings"])
        return sources["init_settings"], sources["env_settings"], files

    @model_validator(mode="before")
    @classmethod
    def _demo_defaults(cls, given: dict[str, Any]) -> dict[str, Any]:
        return (DEMO | given) if given.get("env") == "demo" else given

    @field_validator("secret_key", "trusted_proxies", "sms_countries", "levels", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("secret_key")
    @classmethod
    def _long_keys(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        if not keys or min(map(len, keys)) < KEY_LENGTH:
            raise ValueError(f"one or several keys, newest first, of at least {KEY_LENGTH} characters each")
        return keys

    @field_validator("levels")
    @classmethod
    def _known_levels(cls, levels: tuple[str, ...]) -> tuple[str, ...]:
        if not levels or set(levels) - {*LEVELS, ASKED_FOR}:
            raise ValueError(f"one or several of: {', '.join((*LEVELS, ASKED_FOR))}")
        return levels

    @field_validator("public_url", "auth_url", "certificate_url")
    @classmethod
    def _an_origin(cls, url: str, field: ValidationInfo) -> str:
        if not url and field.field_name != "public_url":
            return ""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("a scheme and a host without a path, such as https://portail.example")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, url: str) -> str:
        if urlsplit(url).scheme not in {"sqlite", "postgresql"}:
            raise ValueError("sqlite:///path/to/file or postgresql://user:password@host:port/name")
        return url

    @field_validator("email_url")
    @classmethod
    def _email_url(cls, url: str) -> str:
        if urlsplit(url).scheme not in {"smtp", "smtps", "smtp+starttls", "tray"}:
            raise ValueError("smtp://[user:password@]host:port, smtps://… or smtp+starttls://…")
        return url

    @field_validator("sms_url")
    @classmethod
    def _sms_url(cls, url: str) -> str:
        if url and urlsplit(url).scheme not in {"kannel+http", "kannel+https", "https+json", "http+json", "tray"}:
            raise ValueError("kannel+http://user:password@host:port/cgi-bin/sendsms or https+json://…")
        return url

    @field_validator("email_from")
    @classmethod
    def _email_from(cls, sender: str) -> str:
        if sender and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(sender)[1]):
            raise ValueError("an address, or a name and an address: Portail <portail@portail.example>")
        return sender

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            ip_network(proxy)
        return proxies

    @model_validator(mode="after")
    def _fit_for_its_use(self) -> Self:
        if faults := together(self):
            raise ValueError(" ; ".join(faults))
        return self

    @property
    def certificate_host(self) -> str:
        return urlsplit(self.certificate_url).hostname or ""

    @property
    def demo(self) -> bool:
        return self.env == "demo"

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @property
    def auth_origin(self) -> str:
        """Where people sign in: `auth_url`, by default the public URL."""
        return self.auth_url or self.public_url

    @property
    def auth_host(self) -> str:
        return urlsplit(self.auth_origin).hostname or ""

    @property
    def origins_differ(self) -> bool:
        return self.auth_origin != self.public_url

    @property
    def sender(self) -> str:
        return self.email_from or f"ne-pas-repondre@{self.host}"

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return networks(self.trusted_proxies)


@lru_cache(maxsize=8)
def networks(addresses: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Parsed once: every request asks for them."""
    return tuple(map(ip_network, addresses))


def read_env() -> Env:
    """Read the environment and the secrets' folder.

    Raises:
        Misconfigured: naming every missing or wrong variable.
    """
    secrets = os.environ.get("PASSAVANT_SECRETS_DIR")
    try:
        return Env(_secrets_dir=secrets if secrets and Path(secrets).is_dir() else None)
    except ValidationError as error:
        faults = [_told(fault["loc"], fault["msg"]) for fault in error.errors()]
        raise Misconfigured("Passavant cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults)) from None


def _told(where: tuple[int | str, ...], message: str) -> str:
    name = f"PASSAVANT_{'__'.join(map(str, where)).upper()}: " if where else ""
    return name + message.removeprefix("Value error, ").replace("Field required", "missing")
