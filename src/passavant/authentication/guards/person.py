"""The person in front of us, and the entry of every page that needs one."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from passavant.authentication.guards.paths import local_path
from passavant.authentication.guards.steps import CODE, place
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules.pending import HELD, Pending
from passavant.foundation.access import Request

NEXT, REASON = "next", "raison"
LEFT = "left"  # in the session of a visitor who signed out: the arrival through another portal that had opened it
EXPIRED, TOO_LATE, ASTRAY, PASSING = "inactivite", "delai", "retour", "passage"


def know_the_person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.account`: the Account fully signed in (active, same security epoch), else None. One query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        session = store_of(request)
        request.account = session.account  # type: ignore[attr-defined]
        answer = get_response(request)
        session.touch()
        return answer

    return middleware


def signed_in(request: Request) -> HttpResponse | None:
    """Let in who is fully signed in; the others go to the step they are at, and come back here afterwards."""
    if request.account is not None:
        return None
    if (pending := pending_of(request)) is not None:
        return HttpResponseRedirect(place(pending))
    return HttpResponseRedirect(sign_in_address(request))


def sign_in_address(request: Request) -> str:
    """The sign-in page that leads back to the page asked, and says when it was inactivity that closed the session."""
    query = {NEXT: local_path(request.get_full_path()) or local_path(request.path)}
    if store_of(request).lost == "expired":
        query[REASON] = EXPIRED
    kept = urlencode({name: value for name, value in query.items() if value}, safe="/")
    return reverse("authentication:sign_in") + (f"?{kept}" if kept else "")


def awaiting_code(request: Request) -> HttpResponse | None:
    """The entry of the page of codes: let in whom a code is asked; the others go where they are."""
    pending = pending_of(request)
    if pending is not None and place(pending) != reverse(CODE):
        return HttpResponseRedirect(place(pending))
    return awaiting(request)


def awaiting(request: Request) -> HttpResponse | None:
    """The entry of what follows a first step: let in who did it; the others begin there."""
    if pending_of(request) is not None:
        return None
    if request.account is not None:
        return HttpResponseRedirect(reverse("space:home"))
    return begin_again(late=settings.SESSION_COOKIE_NAME in request.COOKIES)


def begin_again(*, late: bool = True) -> HttpResponse:
    """Back to the first step; `late`: the time for the second is over."""
    return HttpResponseRedirect(reverse("authentication:sign_in") + (f"?{REASON}={TOO_LATE}" if late else ""))


def pending_of(request: Request) -> Pending | None:
    """The sign-in this session has begun, while there is time to finish it."""
    return Pending.read(request.session.get(HELD)) if request.session.session_key else None


def store_of(request: HttpRequest) -> SessionStore:
    """The session, as what settings.SESSION_ENGINE says it is."""
    session = request.session
    if not isinstance(session, SessionStore):
        raise TypeError("SESSION_ENGINE must be passavant.authentication.models.sessions")
    return session
