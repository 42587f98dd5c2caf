"""The two links of an address change: the new address agrees, the former one refuses or takes the account back."""

from django.http import HttpResponse
from django.shortcuts import render

from passavant.accounts import actions
from passavant.accounts.actions.outcomes import Done, Ready, Refused, Undone
from passavant.accounts.guards import LinkCookie, nobody_else_s
from passavant.accounts.rules.links import EMAIL_CHANGE, EMAIL_UNDO
from passavant.foundation.access import Request, anyone, door

NEW = LinkCookie("adresse", "accounts:email_confirm")
FORMER = LinkCookie("adresse-annuler", "accounts:email_undo")
GONE, UNKNOWN = 410, 404


@door(entry=anyone)
def confirm_link(request: Request, token: str) -> HttpResponse:
    return NEW.carry(token)


@door(entry=anyone)
def undo_link(request: Request, token: str) -> HttpResponse:
    return FORMER.carry(token)


@door(entry=nobody_else_s(NEW, EMAIL_CHANGE), writes=["POST"])
def confirm(request: Request) -> HttpResponse:
    """« Confirmer cette adresse »: being signed in is not needed, reading the mailbox is."""
    token = NEW.token(request)
    if request.method != "POST":
        return _page(request, "accounts/email_confirm.html", actions.email_link(token))
    match actions.confirm_email_change(token, origin=request.origin):
        case Done():
            return NEW.served("accounts:email_confirmed")
        case refused:
            return _worthless(request, refused)


@door(entry=nobody_else_s(FORMER, EMAIL_UNDO), writes=["POST"])
def undo(request: Request) -> HttpResponse:
    """« Annuler ce changement », from the former address."""
    token = FORMER.token(request)
    if request.method != "POST":
        return _page(request, "accounts/email_undo.html", actions.undo_link(token))
    match actions.cancel_email_change(token, origin=request.origin):
        case Undone():
            return FORMER.served("accounts:email_undone")
        case refused:
            return _worthless(request, refused)


@door(entry=anyone)
def confirmed(request: Request) -> HttpResponse:
    return render(request, "accounts/email_confirmed.html")


@door(entry=anyone)
def undone(request: Request) -> HttpResponse:
    return render(request, "accounts/email_undone.html")


def _page(request: Request, template: str, link: Ready | Refused) -> HttpResponse:
    return _worthless(request, link) if isinstance(link, Refused) else render(request, template, {"link": link})


def _worthless(request: Request, refused: Refused) -> HttpResponse:
    status = UNKNOWN if refused.why == "unknown" else GONE
    return render(request, "accounts/email_refused.html", {"why": refused.why, "at": refused.at}, status=status)
