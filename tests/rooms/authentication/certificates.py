"""Two hosts and a browser: what the portal links to, what nginx says of a certificate, and the way back."""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from passavant.accounts.models import Account
from passavant.authentication.models import Certificate
from passavant.authentication.rules.certificates import Shown
from passavant.authentication.wire.certificates import presented
from tests.authority import Authority, Card

HOST, PROXY = "certificats.localhost", "127.0.0.1"
URL = f"https://{HOST}"
PAGE, ENROLMENT, RETURN, PRESENT = (
    "/connexion/certificat/",
    "/connexion/enrolement/certificat/",
    "/connexion/certificat/retour/",
    "/certificat/",
)
KEEPER = "passavant.authentication.guards.certificates.keep_certificates_apart"
LINK = re.compile(rf'href="({URL}{PRESENT}[^"]*)"')


def opened(given: Any, crl: Path, **changes: Any) -> None:
    """Switch certificates on, as settings do."""
    levels = ("password", "sms", "totp", "passkey", "certificate")
    said = {"certificate_url": URL, "certificate_crl": crl, "levels": levels, "trusted_proxies": (PROXY,), **changes}
    given.PASSAVANT = settings.PASSAVANT.model_copy(update=said)
    given.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    given.MIDDLEWARE = [*settings.MIDDLEWARE, KEEPER]


@dataclass
class House:
    """An authority that the portal accepts, and the file of what it revoked."""

    authority: Authority
    crl: Path
    others: list[Authority] = field(default_factory=list)

    def revokes(self, *cards: Card, **moments: Any) -> None:
        lists = [one.revoked() for one in self.others]
        self.crl.write_bytes(b"".join([*lists, self.authority.revoked(*cards, **moments)]))


def link_on(client: Client, page: str = PAGE, **query: str) -> str:
    """Where « Présenter mon certificat » leads."""
    answer = client.get(page, query)
    assert answer.status_code == 200, answer.headers.get("Location")
    found = LINK.search(answer.content.decode())
    assert found, answer.content.decode()
    return html.unescape(found[1])


def present(link: str, card: Card | None, verify: str = "", **more: Any) -> HttpResponse:
    """The certificates' host: no cookie of the portal goes there. `verify` is what nginx says."""
    said = {"HTTP_HOST": HOST, "REMOTE_ADDR": PROXY, "HTTP_X_SSL_VERIFY": verify or ("SUCCESS" if card else "NONE")}
    if card:
        said["HTTP_X_SSL_CERT"] = card.escaped
    parts = urlsplit(link)
    return Client().get(f"{parts.path}?{parts.query}", **(said | more))


def back(client: Client, answer: HttpResponse) -> HttpResponse:
    """Follow the redirect to the portal."""
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    assert f"{where.scheme}://{where.netloc}" == settings.PASSAVANT.public_url
    return client.get(f"{where.path}?{where.query}")


def shows(client: Client, card: Card | None, verify: str = "", page: str = PAGE, **query: str) -> HttpResponse:
    """The whole way, from the page to what the portal answers at the return."""
    return back(client, present(link_on(client, page, **query), card, verify))


def bound(account: Account, card: Card, **columns: Any) -> Certificate:
    """A certificate enrolled long ago."""
    from_header = shown(card)
    certificate = Certificate.made(account, from_header, from_header.starts)
    for name, value in columns.items():
        setattr(certificate, name, value)
    certificate.save(force_insert=True)
    return certificate


def shown(card: Card) -> Shown:
    value, why = presented("SUCCESS", card.escaped)
    assert value, why
    return value


@pytest.fixture
def house(settings: Any, tmp_path: Path) -> House:
    """Certificates are accepted here, and nothing is revoked."""
    made = House(Authority(), tmp_path / "revoked.pem")
    made.revokes()
    opened(settings, made.crl)
    return made
