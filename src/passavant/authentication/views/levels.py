"""The link by which an address of the account refuses a lower level."""

from django.http import HttpResponse
from django.shortcuts import render

from passavant.accounts.actions.outcomes import Refused
from passavant.accounts.guards import LinkCookie
from passavant.authentication import actions
from passavant.foundation.access import Request, anyone, door

LINK = LinkCookie("niveau", "authentication:level_cancel")
PAGE = "authentication/level_cancel.html"
GONE, UNKNOWN = 410, 404


@door(entry=anyone)
def cancel_link(request: Request, token: str) -> HttpResponse:
    return LINK.carry(token)


@door(entry=anyone, writes=["POST"])
def cancel(request: Request) -> HttpResponse:
    """« Garder mon niveau de sécurité »: being signed in is not needed, reading the mailbox is."""
    token = LINK.token(request)
    if request.method != "POST":
        link = actions.lowering_link(token)
        return _worthless(request, link) if isinstance(link, Refused) else render(request, PAGE, {"until": link.until})
    outcome = actions.cancel_lowering(token, origin=request.origin)
    return _worthless(request, outcome) if isinstance(outcome, Refused) else LINK.served("authentication:level_kept")


@door(entry=anyone)
def kept(request: Request) -> HttpResponse:
    return render(request, "authentication/level_kept.html")


def _worthless(request: Request, refused: Refused) -> HttpResponse:
    status = UNKNOWN if refused.why == "unknown" else GONE
    return render(request, "authentication/level_refused.html", {"why": refused.why}, status=status)
