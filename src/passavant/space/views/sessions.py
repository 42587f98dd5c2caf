"""The browsers in which the account is open."""

from uuid import UUID

from django.http import Http404, HttpResponse

from passavant.accounts.rules.devices import spoken
from passavant.authentication.actions import end_other_sessions, end_session, forget_device
from passavant.authentication.guards import signed_in
from passavant.authentication.guards.person import store_of
from passavant.foundation.access import Request, door
from passavant.space.models.sessions import is_a_device, is_a_session, opened, trusted
from passavant.space.views.page import page, see


@door(entry=signed_in)
def sessions(request: Request) -> HttpResponse:
    """One line each, this one marked."""
    own = store_of(request).row
    shown = [(one, spoken(one.agent)) for one in opened(request.account)]
    devices = [(one, spoken(one.agent)) for one in trusted(request.account)]
    return page(request, "space/sessions.html", {"opened": shown, "own": own.pk if own else None, "devices": devices})


@door(entry=signed_in, writes=["POST"], reads=False)
def close_one(request: Request, session: UUID) -> HttpResponse:
    """End one session of one's own; somebody else's is unknown here, and one already ended is ended (J6)."""
    ended = end_session(request.account, session, origin=request.origin)
    if not ended and is_a_session(session):
        raise Http404
    return see("space:sessions", done="session")


@door(entry=signed_in, writes=["POST"], reads=False)
def close_others(request: Request) -> HttpResponse:
    """End every session but this one."""
    end_other_sessions(request.account, store_of(request), origin=request.origin)
    return see("space:sessions", done="sessions")


@door(entry=signed_in, writes=["POST"], reads=False)
def forget(request: Request, device: UUID) -> HttpResponse:
    """Ask the code again in one browser of one's own; somebody else's is unknown here (J6)."""
    forgotten = forget_device(request.account, device, origin=request.origin)
    if not forgotten and is_a_device(device):
        raise Http404
    return see("space:sessions", done="appareil")
