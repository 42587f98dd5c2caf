"""The portals that open the account."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from passavant.authentication.guards import fresh, store_of
from passavant.federation import actions as federation
from passavant.federation.actions.outcomes import Refused
from passavant.foundation.access import Request, door
from passavant.space.views.page import REFUSED, page, see

HOME = "space:security"


@door(entry=fresh(_("Retirer un portail"), back=HOME), writes=["POST"])
def identity(request: Request, identity: UUID) -> HttpResponse:
    """Remove a portal: asked once more, and never the last way in."""
    found = federation.way_in(request.account, identity)
    if found is None:
        raise Http404
    context = {"identity": found, "label": found.label}
    if request.method != "POST":
        return page(request, "space/securite/identity.html", context)
    match federation.unlink(request.account, identity, keep=store_of(request), origin=request.origin):
        case Refused("last"):
            return page(request, "space/securite/identity.html", context | {"last": True}, status=REFUSED)
        case _:
            return see(HOME, done="rattachement")
