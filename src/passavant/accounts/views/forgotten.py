"""The guide of June 2022: « Mot de passe oublié ? », and a page that is the same for everybody."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from passavant.accounts import actions
from passavant.accounts.actions.outcomes import Asked, Refused
from passavant.accounts.forms.forgotten import ForgottenForm
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many


@door(entry=anyone, writes=["POST"])
def forgotten(request: Request) -> HttpResponse:
    """Identifiant or Courriel, « Réinitialiser »."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/forgotten.html", {"form": form}, status=422 if form.is_bound else 200)
    match actions.ask_reset(form.login(), origin=request.origin):
        case Asked():
            return redirect("accounts:forgotten_sent")
        case Refused(at=at):
            return too_many(request, at or timezone.now())


@door(entry=anyone)
def sent(request: Request) -> HttpResponse:
    return render(request, "accounts/forgotten_sent.html")
