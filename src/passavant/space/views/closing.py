"""The end of the account."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from passavant.accounts.actions.outcomes import Done, Refused
from passavant.authentication.actions import sign_out
from passavant.authentication.guards import fresh
from passavant.authentication.guards.person import store_of
from passavant.foundation.access import Request, anyone, door
from passavant.space import actions
from passavant.space.forms.credentials import ClosingForm
from passavant.space.views.page import page, see, sent, turned_down


@door(entry=fresh(_("Fermer mon compte")), writes=["POST"])
def close(request: Request) -> HttpResponse:
    """What closing means, and the password that does it."""
    form = ClosingForm(sent(request))
    if not form.is_valid():
        return page(request, "space/close.html", {"form": form})
    match actions.close_account(request.account, form.cleaned_data["current"], origin=request.origin):
        case Done():
            return _farewell(request)
        case Refused() as refused:
            return turned_down(request, "space/close.html", form, refused)


@door(entry=anyone)
def closed(request: Request) -> HttpResponse:
    """The same page for anybody: there is no person left to show anything of."""
    return render(request, "space/closed.html")


def _farewell(request: Request) -> HttpResponse:
    sign_out(store_of(request), origin=request.origin)
    answer = see("space:closed")
    answer.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
