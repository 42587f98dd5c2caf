"""The cookies by which a browser says that its person already signed in here, and trusts it."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.rules import trust
from passavant.authentication.rules.devices import KEPT, Devices

SALT = "passavant.authentication.devices"


def cookie_name() -> str:
    return "__Host-appareil" if settings.PASSAVANT.secure else "appareil"


def trust_cookie() -> str:
    return "__Host-confiance" if settings.PASSAVANT.secure else "confiance"


def devices_of(request: HttpRequest) -> Devices:
    """What this browser remembers; nothing when it is not our writing."""
    tokens = trust.read(request.COOKIES.get(trust_cookie(), ""))
    try:
        entries = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT)
    except signing.BadSignature:
        return Devices(tokens=tokens)
    return replace(Devices.read(entries, timezone.now()), tokens=tokens)


def remember_device(request: HttpRequest, answer: HttpResponse, account: Account) -> None:
    """Write, or write again, that this person signed in completely in this browser."""
    devices = devices_of(request).adding(account.id, account.security_epoch, timezone.now())
    answer.set_cookie(
        cookie_name(),
        signing.dumps(devices.entries, salt=SALT),
        max_age=KEPT,
        secure=settings.PASSAVANT.secure,
        httponly=True,
        samesite="Lax",
    )


def trust_browser(request: HttpRequest, answer: HttpResponse, token: str) -> None:
    """Keep the token beside those of other people who share this browser."""
    answer.set_cookie(
        trust_cookie(),
        trust.written(token, devices_of(request).tokens),
        max_age=timedelta(days=settings.PASSAVANT.remember_days),
        secure=settings.PASSAVANT.secure,
        httponly=True,
        samesite="Lax",
    )
