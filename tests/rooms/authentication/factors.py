"""People with an app or recovery codes, and what their app shows."""

import re
from base64 import b32decode

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import AppFactor, RecoveryCode
from passavant.authentication.rules import totp
from passavant.authentication.rules.recovery import draw_set
from tests.people import person
from tests.rooms.authentication.people_at_the_door import CODE

SECRET = bytes(range(20))
WAYS, ENROL_APP = "/connexion/moyens/", "/connexion/enrolement/application/"


def with_app(account: Account, secret: bytes = SECRET, name: str = "Téléphone") -> AppFactor:
    """An app enrolled long ago."""
    app = AppFactor(account=account, name=name, last_step=0).close(secret)
    app.save(force_insert=True)
    return app


def person_with_app(level: str = "totp", **columns: object) -> Account:
    account = person(level=level, **columns)
    with_app(account)
    return account


def with_recovery_codes(account: Account) -> list[str]:
    codes = draw_set()
    RecoveryCode.objects.replace(account, codes)
    return codes


def shown(secret: bytes = SECRET, drift: int = 0) -> str:
    """What the app shows now, or `drift` periods later."""
    return totp.code(secret, totp.step_at(timezone.now()) + drift)


def types(client: Client, code: str, page: str = CODE) -> HttpResponse:
    return client.post(page, {"code": code})


def chooses(client: Client, way: str) -> HttpResponse:
    return client.post(WAYS, {"moyen": way})


def secret_on(page: str) -> bytes:
    """The key written on the enrolment page, as a person copies it into an app."""
    found = re.search(r"((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", page)
    assert found, page
    return b32decode(found[1].replace(" ", ""))
