"""What this browser keeps of a trip to another portal, and the portals there are."""

import json

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from passavant.accounts.guards import LinkCookie
from passavant.federation.models import Arrival
from passavant.federation.rules.crossings import Crossing
from passavant.federation.rules.limits import CROSSING_LIFETIME
from passavant.federation.rules.providers import Provider
from passavant.foundation.access import Request
from passavant.foundation.values import CannotOpen, Cipher, digest

ARRIVAL = LinkCookie("arrivee", "federation:arrival")
NAMED = 16  # characters of the state's digest: two trips of one browser keep out of each other's way


def portal(name: str) -> Provider:
    """
    Raises:
        Http404: the operator declared none of that name.
    """
    found: Provider | None = settings.PASSAVANT.federation.get(name)
    if found is None:
        raise Http404
    return found


def return_address(name: str) -> str:
    """Our address registered at the provider: one for each (RFC 9700 §4.4.2)."""
    return f"{settings.PASSAVANT.auth_origin}{reverse('federation:back', args=[name])}"


def exit_address() -> str:
    """Where a provider sends back who signed out there; registered likewise."""
    return f"{settings.PASSAVANT.auth_origin}{reverse('authentication:sign_in')}"


def keep(answer: HttpResponse, crossing: Crossing) -> None:
    """Let this browser, and no other, come back."""
    answer.set_cookie(
        _cookie(crossing.state),
        _cipher().seal(json.dumps(crossing.packed()).encode()).decode(),
        max_age=int(CROSSING_LIFETIME.total_seconds()),
        secure=settings.PASSAVANT.secure,
        httponly=True,
        samesite="Lax",
    )


def crossing_of(request: Request, provider: str) -> Crossing | None:
    """The trip that this return ends: begun in this browser, towards this provider, not too long ago."""
    state = request.GET.get("state", "")
    try:
        packed = _cipher().open(request.COOKIES.get(_cookie(state), "").encode())
        crossing = Crossing.unpacked(json.loads(packed))
    except (CannotOpen, TypeError, ValueError):
        return None
    mine = crossing.state == state and crossing.provider == provider and not crossing.over
    return crossing if mine else None


def forget(answer: HttpResponse, crossing: Crossing) -> None:
    """A trip ends once."""
    answer.delete_cookie(_cookie(crossing.state), samesite="Lax")


def arrival_of(request: Request) -> Arrival | None:
    """What this browser has to confirm, while there is time."""
    return Arrival.objects.carried_by(ARRIVAL.token(request))


def _cookie(state: str) -> str:
    return f"{'__Host-' if settings.PASSAVANT.secure else ''}trajet-{digest(state)[:NAMED]}"


def _cipher() -> Cipher:
    return Cipher(settings.PASSAVANT.secret_key, "federation.crossing")
