"""To the other portal, and back."""

from urllib.parse import urlencode

import structlog
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost
from passavant.authentication.guards import devices_of, local_path, store_of
from passavant.authentication.guards.entrance import entered, next_step
from passavant.authentication.guards.person import NEXT, begin_again
from passavant.federation import actions, guards, wire
from passavant.federation.actions.outcomes import Awaited, Refused
from passavant.federation.rules.crossings import Crossing
from passavant.federation.rules.refusals import NotProved, ProviderDown
from passavant.federation.rules.told import Told
from passavant.federation.views.answers import no_way
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many

log = structlog.get_logger("passavant.federation")


@door(entry=anyone)
def start(request: Request, provider: str) -> HttpResponse:
    """Send the person to the provider: from a link, for a form may not lead to another site."""
    portal = guards.portal(provider)
    crossing = Crossing(provider=provider, wanted=local_path(request.GET.get(NEXT)))
    try:
        url = wire.departure(wire.Talk.begin(portal), crossing, guards.return_address(provider))
    except (ProviderDown, NotProved) as error:
        log.warning("provider not reached", provider=provider, cause=error.cause)
        return no_way(request, "down", portal, provider)
    answer = HttpResponseRedirect(url)
    guards.keep(answer, crossing)
    return answer


@door(entry=anyone, writes=["GET"], reads=False)
def back(request: Request, provider: str) -> HttpResponse:
    """The person comes back with a code: what it is worth, and what follows."""
    crossing, portal = guards.crossing_of(request, provider), guards.portal(provider)
    if crossing is None:
        actions.tell_refusal(provider, "state", origin=request.origin)
        return no_way(request, "lost", portal, provider)
    if (again_at := actions.too_often(request.origin)) is not None:
        return too_many(request, again_at)
    try:
        told = _told(request, provider, crossing)
    except (NotProved, ProviderDown) as error:
        answer = _unproved(request, provider, error)
    else:
        answer = _arrived(request, provider, told, crossing)
    guards.forget(answer, crossing)
    return answer


def _told(request: Request, provider: str, crossing: Crossing) -> Told:
    talk, query = wire.Talk.begin(guards.portal(provider)), request.GET.dict()
    if "error" in query:
        raise NotProved("access_denied" if query["error"] == "access_denied" else "error")
    return wire.come_back(talk, crossing, query, guards.return_address(provider))


def _unproved(request: Request, provider: str, error: NotProved | ProviderDown) -> HttpResponse:
    """One page whatever the cause (G1), which the audit trail keeps; a person who gave up is told so."""
    portal, down = guards.portal(provider), isinstance(error, ProviderDown)
    actions.tell_refusal(provider, f"down: {error.cause}" if down else error.cause, origin=request.origin)
    denied = error.cause == "access_denied"
    return no_way(request, "down" if down else "denied" if denied else "unproved", portal, provider)


def _arrived(request: Request, provider: str, told: Told, crossing: Crossing) -> HttpResponse:
    store, devices = store_of(request), devices_of(request)
    wanted, aside = crossing.wanted, reverse("federation:differs")
    outcome = actions.arrive(store, provider, told, wanted=wanted, aside=aside, devices=devices, origin=request.origin)
    match outcome:
        case Awaited(token):
            return guards.ARRIVAL.carry(token)
        case Refused(why, since=since):
            return no_way(request, why, guards.portal(provider), provider, since)
        case _:
            return let_in(request, outcome)


def let_in(request: Request, outcome: Entered | CodeAsked | Lost) -> HttpResponse:
    """The session is open, or what the level lacks is asked."""
    match outcome:
        case Entered():
            return entered(request, outcome)
        case CodeAsked():
            return next_step(request)
        case Lost():
            return begin_again(late=False)


def sign_in_for(page: str) -> str:
    """The sign-in page that leads back to a page of this room."""
    return f"{reverse('authentication:sign_in')}?{urlencode({NEXT: reverse(page)}, safe='/')}"
