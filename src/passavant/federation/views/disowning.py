"""« Ce n’était pas moi », from the notice of an identity added."""

from django.http import HttpResponse
from django.shortcuts import render

from passavant.accounts.actions.outcomes import Ready
from passavant.accounts.actions.outcomes import Refused as Worthless
from passavant.accounts.guards import LinkCookie
from passavant.federation import actions
from passavant.foundation.access import Request, anyone, door

NOT_ME = LinkCookie("pas-moi-rattachement", "federation:not_me")
GONE, UNKNOWN = 410, 404


@door(entry=anyone)
def not_me_link(request: Request, token: str) -> HttpResponse:
    """The address in the mail: the token leaves it before any page shows."""
    return NOT_ME.carry(token)


@door(entry=anyone, writes=["POST"])
def not_me(request: Request) -> HttpResponse:
    """Opening the link changes nothing, pressing the button does."""
    token = NOT_ME.token(request)
    reading = request.method != "POST"
    match actions.not_me_link(token) if reading else actions.disown(token, origin=request.origin):
        case Worthless(why):
            status = UNKNOWN if why == "unknown" else GONE
            return render(request, "federation/not_me.html", {"why": why}, status=status)
        case Ready():
            return render(request, "federation/not_me.html")
        case _:
            return NOT_ME.served("federation:not_me_done")


@door(entry=anyone)
def done(request: Request) -> HttpResponse:
    return render(request, "federation/not_me_done.html")
