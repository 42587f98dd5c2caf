"""The two pages between the origin of sign-in and the portal's: nobody sees them, everybody goes through."""

import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from passavant.authentication import actions
from passavant.authentication.guards import local_path, signed_in
from passavant.authentication.guards.entrance import entered
from passavant.authentication.guards.origins import FOR, between_origins, browser_of, moving
from passavant.authentication.guards.person import ASTRAY, NEXT, REASON, store_of
from passavant.foundation.access import Request, anyone, door

DIGEST = re.compile(r"[0-9a-f]{64}")
TICKET = "ticket"


@door(entry=between_origins(signed_in), writes=["GET"], reads=False)
def leave(request: Request) -> HttpResponse:
    """Where the sign-in took place: on to the portal, with a ticket for the browser that asked."""
    browser, wanted = request.GET.get(FOR, ""), local_path(request.GET.get(NEXT))
    if not DIGEST.fullmatch(browser):
        return HttpResponseRedirect(moving(wanted))
    token = actions.ticket_for(store_of(request), browser, wanted)
    return HttpResponseRedirect(f"{settings.PASSAVANT.public_url}{reverse('authentication:arrive')}?{TICKET}={token}")


@door(entry=between_origins(anyone), writes=["GET"], reads=False)
def arrive(request: Request) -> HttpResponse:
    """On the portal: let the person in, where they were going."""
    token, browser = request.GET.get(TICKET, ""), browser_of(request)
    if outcome := actions.move_here(store_of(request), token, browser, origin=request.origin):
        return entered(request, outcome)
    return HttpResponseRedirect(f"{reverse('authentication:sign_in')}?{REASON}={ASTRAY}")
