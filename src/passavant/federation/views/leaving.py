"""Signing out of the portal one came from; and being told that it was done there."""

from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from passavant.authentication.guards import store_of
from passavant.authentication.guards.person import LEFT
from passavant.federation import actions, guards, wire
from passavant.federation.models import Arrival
from passavant.federation.rules.refusals import NotProved, ProviderDown
from passavant.foundation.access import Request, anyone, door

log = structlog.get_logger("passavant.federation")


@door(entry=anyone)
def leave(request: Request) -> HttpResponse:
    """« Vous restez connecté à … »: the session here is over, the one there is the person's to end."""
    left = store_of(request).get(LEFT)
    arrival = actions.arrival_of(UUID(left)) if left else None
    if arrival is None or arrival.provider not in settings.PASSAVANT.federation:
        return redirect("authentication:sign_in")
    portal = guards.portal(arrival.provider)
    return render(request, "federation/leave.html", {"portal": portal, "exit": _exit(arrival)})


@csrf_exempt  # a provider has no cookie of ours: its token is signed
@door(entry=anyone, writes=["POST"], reads=False)
def told(request: Request, provider: str) -> HttpResponse:
    """The provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0 §2.5)."""
    talk = wire.Talk.begin(guards.portal(provider))
    try:
        notice = wire.read_logout(talk, request.POST.get("logout_token"))
    except NotProved as error:
        actions.tell_refusal(provider, f"logout: {error.cause}", origin=request.origin)
        return JsonResponse({"error": "invalid_request", "error_description": error.cause}, status=400)
    except ProviderDown as error:
        log.warning("keys of the provider not reached", provider=provider, cause=error.cause)
        return JsonResponse({"error": "temporarily_unavailable"}, status=503, headers={"Retry-After": "30"})
    actions.sign_out_from_there(provider, notice.subject, notice.sid, origin=request.origin)
    return HttpResponse()


def _exit(arrival: Arrival) -> str:
    """The provider's own sign-out, which comes back to our sign-in page; "" when it cannot be reached."""
    talk = wire.Talk.begin(guards.portal(arrival.provider))
    try:
        return wire.far_exit(talk, arrival.told, guards.exit_address())
    except (NotProved, ProviderDown):
        return ""
