"""The answer that lets a person in, whatever the last step was."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from passavant.authentication.actions import open_session
from passavant.authentication.actions.outcomes import Entered
from passavant.authentication.guards.devices import remember_device, trust_browser
from passavant.authentication.guards.person import NEXT, begin_again, pending_of, store_of
from passavant.authentication.guards.steps import place
from passavant.foundation.access import Request
from passavant.foundation.ui.answers import remember_language

Reopen = Callable[..., object]
SEE_OTHER = 303  # after a POST that carried a secret, the next request is a GET without it (RFC 9700 §4.11)


def see_other(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=SEE_OTHER)


def next_step(request: Request) -> HttpResponse:
    """Go where the pending sign-in asks for more."""
    pending = pending_of(request)
    return see_other(place(pending)) if pending else begin_again()


def entered(request: Request, outcome: Entered) -> HttpResponse:
    """Let the person in: where they were going, else to their space."""
    rotate_token(request)
    answer = see_other(outcome.next or reverse("space:home"))
    remember_device(request, answer, outcome.account)
    if outcome.trust:
        trust_browser(request, answer, outcome.trust)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and outcome.account.language != settings.LANGUAGE_CODE:
        remember_language(answer, outcome.account.language)
    return answer


def portals(wanted: str) -> list[tuple[str, str, str]]:
    """The other portals through which one may come in: label, address, and where they are explained."""
    way_back = f"?{NEXT}={quote(wanted, safe='/')}" if wanted else ""
    offered = settings.PASSAVANT.federation.items()
    return [(one.label, f"{reverse('federation:start', args=[name])}{way_back}", one.about) for name, one in offered]


def reopened(request: Request, url: str, reopen: Reopen = open_session) -> HttpResponse:
    """Go on in this browser, under a new key, after a change that closed all that was open."""
    reopen(store_of(request), request.account, origin=request.origin)
    rotate_token(request)
    answer = see_other(url)
    remember_device(request, answer, request.account)
    return answer
