"""Where a person lands once signed in."""

from django.http import HttpResponse

from passavant.accounts.rules.levels import Level
from passavant.authentication.guards import signed_in
from passavant.foundation.access import Request, door
from passavant.space.views.page import page


@door(entry=signed_in)
def home(request: Request) -> HttpResponse:
    """Who one is here, when one last came, and where one's online services will stand."""
    return page(request, "space/home.html", {"level": Level(request.account.level).label})
