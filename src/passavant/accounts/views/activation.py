"""The activation: the guide, steps 1.7 and 1.8. Reading a link spends nothing: mail scanners open every link."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext

from passavant.accounts import actions
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.forms.activation import ActivationForm
from passavant.accounts.guards import LinkCookie, nobody_else_s
from passavant.accounts.rules.links import ACTIVATION, kept, outlived
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many

COOKIE = LinkCookie("activation", "accounts:activate")
GONE, UNKNOWN = 410, 404


@door(entry=anyone)
def activate_link(request: Request, token: str) -> HttpResponse:
    """The address in the mail: the token leaves it before any page shows."""
    return COOKIE.carry(token)


@door(entry=nobody_else_s(COOKIE, ACTIVATION), writes=["POST"])
def activate(request: Request) -> HttpResponse:
    """Identifier, password, « Activer »."""
    link = actions.activation_link(token := COOKIE.token(request))
    if isinstance(link, Refused):
        return _worthless(request, link)
    form = ActivationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form, 422 if form.is_bound else 200)
    typed = form.cleaned_data
    match actions.activate(token, typed["identifier"], typed["password"], origin=request.origin):
        case Done():
            return COOKIE.served("accounts:activated")
        case refused:
            return _refused(request, form, refused)


@door(entry=anyone)
def activated(request: Request) -> HttpResponse:
    """The account exists; the person signs in now."""
    return render(request, "accounts/activated.html")


def _refused(request: Request, form: ActivationForm, refused: Refused) -> HttpResponse:
    if refused.why == "throttled" or (refused.why == "wrong" and not refused.left):
        return too_many(request, refused.at or timezone.now())
    if refused.why != "wrong":
        return _worthless(request, refused)
    told = ngettext(
        "L’identifiant ou le mot de passe ne correspond pas à cette inscription. Il vous reste %(n)d essai.",
        "L’identifiant ou le mot de passe ne correspond pas à cette inscription. Il vous reste %(n)d essais.",
        refused.left,
    )
    form.refuse(told % {"n": refused.left})
    return _form(request, form, 422)


def _form(request: Request, form: ActivationForm, status: int) -> HttpResponse:
    return render(request, "accounts/activate.html", {"form": form}, status=status)


def _worthless(request: Request, refused: Refused) -> HttpResponse:
    """Four reasons, four pages, each with the next step."""
    deleted = refused.why == "expired" and refused.at is not None and outlived(refused.at, timezone.now())
    context = {"why": "deleted" if deleted else refused.why, "at": refused.at, "days": kept().days}
    status = UNKNOWN if refused.why == "unknown" else GONE
    return render(request, "accounts/activation_refused.html", context, status=status)
