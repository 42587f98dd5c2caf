"""What cannot hold together in an environment whose values are each right."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from passavant.federation.rules.providers import misnamed

if TYPE_CHECKING:
    from passavant.config.env import Env

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
ASKED_FOR = "certificate"  # the level that nobody has by default: it needs a host of its own


def together(env: "Env") -> list[str]:
    """The faults, each a sentence for the operator."""
    return [*_of_origins(env), *_of_messages(env), *_of_portals(env), *_of_certificates(env)]


def _of_origins(env: "Env") -> Iterator[str]:
    if not env.secure and (env.env != "demo" or {env.host, env.auth_host} - LOOPBACK):
        yield "PASSAVANT_PUBLIC_URL must be https:// (http:// is for a demonstration on this machine)"
    if env.origins_differ and env.secure != env.auth_origin.startswith("https:"):
        yield "PASSAVANT_AUTH_URL must have the scheme of PASSAVANT_PUBLIC_URL"
    if env.origins_differ and env.auth_host == env.host:
        yield "PASSAVANT_AUTH_URL must have another host name: cookies do not tell ports apart"


def _of_messages(env: "Env") -> Iterator[str]:
    if "sms" in env.levels and not env.sms_url:
        yield "PASSAVANT_SMS_URL is needed by the level « sms » (or leave it out of PASSAVANT_LEVELS)"
    trays = [name for name in ("email_url", "sms_url") if getattr(env, name).startswith("tray:")]
    if env.env != "demo" and trays:
        named = ", ".join(f"PASSAVANT_{name.upper()}" for name in trays)
        yield f"the tray of the demonstration does not exist here: {named}"


def _of_portals(env: "Env") -> Iterator[str]:
    yield from (f"PASSAVANT_FEDERATION__{name.upper()}: choose another name" for name in misnamed({*env.federation}))
    for name, provider in env.federation.items():
        if provider.plain and (env.env != "demo" or provider.host not in LOOPBACK):
            yield f"PASSAVANT_FEDERATION__{name.upper()}__ISSUER must be https://"


def _of_certificates(env: "Env") -> Iterator[str]:
    if not env.certificate_url:
        if ASKED_FOR in env.levels:
            yield "PASSAVANT_CERTIFICATE_URL is needed by the level « certificate »"
        return
    if not env.certificate_url.startswith("https://"):
        yield "PASSAVANT_CERTIFICATE_URL must be https://: a certificate is shown while a connection is made"
    if env.certificate_host == env.host:
        yield "PASSAVANT_CERTIFICATE_URL must have a host name of its own"
    if env.certificate_crl is None:
        yield "PASSAVANT_CERTIFICATE_CRL is needed: without a list of revoked certificates none is accepted"
    if not env.trusted_proxies:
        yield "PASSAVANT_TRUSTED_PROXIES must name the proxy that reads certificates"
