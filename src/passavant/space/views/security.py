"""« Sécurité »: the ways into the account."""

from uuid import UUID

from django.http import Http404, HttpResponse

from passavant.accounts.rules.levels import Level
from passavant.authentication.guards import signed_in, store_of
from passavant.federation import actions as federation
from passavant.federation.actions.outcomes import Refused
from passavant.foundation.access import Request, door
from passavant.space.views.page import REFUSED, page, see


@door(entry=signed_in)
def security(request: Request) -> HttpResponse:
    """The level, the password, the portals linked and those that may be."""
    linked = federation.ways_in(request.account)
    context = {
        "level": Level(request.account.level).label,
        "identities": linked,
        "portals": federation.other_ways(linked),
    }
    return page(request, "space/security.html", context)


@door(entry=signed_in, writes=["POST"])
def identity(request: Request, identity: UUID) -> HttpResponse:
    """Remove a portal: asked once more, and never the last way in."""
    found = federation.way_in(request.account, identity)
    if found is None:
        raise Http404
    context = {"identity": found, "label": found.label}
    if request.method != "POST":
        return page(request, "space/identity.html", context)
    match federation.unlink(request.account, identity, keep=store_of(request), origin=request.origin):
        case Refused("last"):
            return page(request, "space/identity.html", context | {"last": True}, status=REFUSED)
        case _:
            return see("space:security", done="rattachement")
