"""Give, read and spend one-time tickets, in the order of their life."""

from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.foundation.onetime.models import Ticket
from passavant.foundation.onetime.rules import LINK_PREFIX, CodeAnswer, draw_code
from passavant.foundation.values import ServiceBusy, digest, keyed_digest, random_token

ROUNDS = 32  # simultaneous askers of one subject; each round, one of them is served
SWEPT = 5_000  # rows a time, so that no statement lasts


def issue_link(purpose: str, subject: str, *, lifetime: timedelta, note: dict[str, str] | None = None) -> str:
    """Give a new link; those the subject held for this purpose stop working in the same transaction.

    Returns:
        the token, `psv_lnk_` and 43 characters, which exists nowhere else.
    """
    token = random_token(LINK_PREFIX)
    _replace(Ticket(purpose=purpose, subject=subject, digest=digest(token), note=note or {}), lifetime)
    return token


def find(token: str, purpose: str) -> Ticket | None:
    """Read the link, whatever its state; nothing is spent."""
    return Ticket.objects.filter(digest=digest(token), purpose=purpose).first()


def spend(ticket: Ticket) -> bool:
    """Spend the link. Of several simultaneous spenders, one is told True."""
    now = timezone.now()
    won = Ticket.objects.live(now).filter(pk=ticket.pk).update(spent_at=now) == 1
    if won:
        ticket.spent_at = now
    return won


def issue_code(purpose: str, subject: str, *, lifetime: timedelta, tries: int) -> str:
    """Give a new code of six digits; the former one of this subject and purpose stops working at once."""
    code = draw_code()
    ticket = Ticket(purpose=purpose, subject=subject, tries_left=tries)
    ticket.digest = _sealed(ticket, code, settings.SECRET_KEY)
    _replace(ticket, lifetime)
    return code


@transaction.atomic
def try_code(purpose: str, subject: str, code: str) -> CodeAnswer:
    """Compare a code, at the price of one try taken beforehand: parallel guesses never exceed the tries given."""
    now = timezone.now()
    codes = Ticket.objects.awaited(purpose, subject).exclude(tries_left=None)
    paid = codes.live(now).filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1)
    ticket = (codes.open() if paid else codes).order_by("-created_at").first()
    if ticket is None:
        return CodeAnswer("none")
    if not paid:
        return _refusal(ticket, now)
    tries_left = ticket.tries_left or 0
    if not _is(ticket, code):
        return CodeAnswer("wrong", tries_left, ticket.expires_at)
    Ticket.objects.filter(pk=ticket.pk).update(spent_at=now)
    return CodeAnswer("right", tries_left, ticket.expires_at, used=True)


def void(subject: str, purpose: str | None = None) -> int:
    """Kill what the subject holds, for one purpose or for all; say how many."""
    held = Ticket.objects.open().filter(subject=subject)
    if purpose is not None:
        held = held.filter(purpose=purpose)
    return held.update(superseded_at=timezone.now())


def sweep(before: datetime) -> int:
    """Delete some tickets out of date since `before`; call again until none is left."""
    old = Ticket.objects.filter(expires_at__lt=before).order_by("expires_at")
    return Ticket.objects.filter(pk__in=old.values("pk")[:SWEPT]).delete()[0]


@transaction.atomic
def _replace(ticket: Ticket, lifetime: timedelta) -> None:
    # The schema lets one open ticket stand. Whoever meets another's insert supersedes it in turn: the last one wins.
    held = Ticket.objects.awaited(ticket.purpose, ticket.subject).open()
    for _ in range(ROUNDS):
        held.update(superseded_at=timezone.now())
        ticket.created_at = timezone.now()  # read once the others are superseded: dates follow the order of giving
        ticket.expires_at = ticket.created_at + lifetime
        Ticket.objects.bulk_create([ticket], ignore_conflicts=True)
        if Ticket.objects.filter(pk=ticket.pk).exists():
            return
    raise ServiceBusy(retry_after=1)


def _refusal(ticket: Ticket, now: datetime) -> CodeAnswer:
    tries_left = ticket.tries_left or 0
    match ticket.state(now):
        case "superseded":
            return CodeAnswer("none")
        case "expired":
            return CodeAnswer("expired", tries_left, ticket.expires_at)
        case state:
            return CodeAnswer("spent", tries_left, ticket.expires_at, used=state == "used")


def _is(ticket: Ticket, code: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)  # a code outlives the rotation of keys
    return any(compare_digest(ticket.digest, _sealed(ticket, code, key)) for key in keys)


def _sealed(ticket: Ticket, code: str, key: str) -> str:
    """Six digits are guessed in no time: without the key, the digest of one tells nothing."""
    return keyed_digest(key, f"onetime|{ticket.purpose}|{ticket.subject}|{ticket.pk}|{code}")
