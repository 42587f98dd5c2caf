"""The cookie by which a browser says that its person already signed in here."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.rules.devices import KEPT, Devices

SALT = "passavant.authentication.devices"


def cookie_name() -> str:
    return "__Host-appareil" if settings.PASSAVANT.secure else "appareil"


def devices_of(request: HttpRequest) -> Devices:
    """What this browser remembers; nothing when it is not our writing."""
    try:
        entries = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT)
    except signing.BadSignature:
        return Devices()
    return Devices.read(entries, timezone.now())


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
