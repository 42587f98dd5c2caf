"""The two links of a reset: one chooses a password, the other says that somebody else did."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from passavant.accounts import actions
from passavant.accounts.actions.outcomes import Asked, Done, Ready, Refused
from passavant.accounts.forms.forgotten import ResetForm
from passavant.accounts.guards import LinkCookie, nobody_else_s
from passavant.accounts.rules import links
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many

RESET = LinkCookie("reinitialisation", "accounts:reset")
NOT_ME = LinkCookie("pas-moi", "accounts:not_me")
GONE, UNKNOWN = 410, 404


@door(entry=anyone)
def reset_link(request: Request, token: str) -> HttpResponse:
    """The address in the mail: the token leaves it before any page shows."""
    return RESET.carry(token)


@door(entry=anyone)
def not_me_link(request: Request, token: str) -> HttpResponse:
    return NOT_ME.carry(token)


@door(entry=nobody_else_s(RESET, links.RESET), writes=["POST"])
def reset(request: Request) -> HttpResponse:
    """Identifier, password twice, « Réinitialiser »."""
    link = actions.reset_link(token := RESET.token(request))
    if isinstance(link, Refused):
        return _worthless(request, "accounts/reset_refused.html", link)
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form, 422 if form.is_bound else 200)
    typed = form.cleaned_data
    match actions.reset_password(token, typed["identifier"], typed["password"], origin=request.origin):
        case Done():
            return RESET.served("accounts:reset_done")
        case refused:
            return _refused(request, form, refused)


@door(entry=nobody_else_s(NOT_ME, links.NOT_ME), writes=["POST"])
def not_me(request: Request) -> HttpResponse:
    """« Sécuriser mon compte »: opening the link changes nothing, pressing the button does."""
    token = NOT_ME.token(request)
    reading = request.method != "POST"
    match actions.not_me_link(token) if reading else actions.disown_reset(token, origin=request.origin):
        case Refused() as refused:
            return _worthless(request, "accounts/reset_not_me_refused.html", refused)
        case Asked():
            return NOT_ME.served("accounts:not_me_done")
        case Ready():
            return render(request, "accounts/reset_not_me.html")


@door(entry=anyone)
def done(request: Request) -> HttpResponse:
    """The password is changed; the person signs in now."""
    return render(request, "accounts/reset_done.html")


@door(entry=anyone)
def not_me_done(request: Request) -> HttpResponse:
    return render(request, "accounts/reset_not_me_done.html")


def _refused(request: Request, form: ResetForm, refused: Refused) -> HttpResponse:
    if refused.why == "throttled" or (refused.why == "wrong" and not refused.left):
        return too_many(request, refused.at or timezone.now())
    if refused.why not in {"wrong", "weak"}:
        return _worthless(request, "accounts/reset_refused.html", refused)
    form.answer(refused)
    return _form(request, form, 422)


def _form(request: Request, form: ResetForm, status: int) -> HttpResponse:
    return render(request, "accounts/reset.html", {"form": form}, status=status)


def _worthless(request: Request, template: str, refused: Refused) -> HttpResponse:
    """Each reason has its words, and the next step."""
    status = UNKNOWN if refused.why == "unknown" else GONE
    return render(request, template, {"why": refused.why, "at": refused.at}, status=status)
