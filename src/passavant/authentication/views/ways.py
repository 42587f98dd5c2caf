"""« Utiliser un autre moyen »: those that satisfy the level, and no other."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.authentication import actions
from passavant.authentication.actions.outcomes import Lost
from passavant.authentication.guards import pending_of
from passavant.authentication.guards.entrance import next_step
from passavant.authentication.guards.person import awaiting, begin_again, store_of
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import RECOVERY
from passavant.foundation.access import Request, door

CHOICE = "moyen"
LABELS: dict[str, Promise] = {
    Step.PASSWORD.value: _("Mot de passe"),
    Step.SMS.value: _("Recevoir un code par SMS"),
    Step.TOTP.value: _("Code de votre application d’authentification"),
    Step.PASSKEY.value: _("Clé d’accès"),
    Step.CERTIFICATE.value: _("Certificat électronique"),
    RECOVERY: _("Code de secours"),
}


@door(entry=awaiting, writes=["POST"])
def ways(request: Request) -> HttpResponse:
    """The list, each with its button."""
    if request.method == "POST":
        outcome = actions.choose(store_of(request), request.POST.get(CHOICE, ""), origin=request.origin)
        return begin_again() if isinstance(outcome, Lost) else next_step(request)
    if (pending := pending_of(request)) is None:  # over since the entry let in
        return begin_again()
    shown = [(way, LABELS[way], pending.masked if way == Step.SMS else "") for way in pending.ways]
    return render(request, "authentication/ways.html", {"ways": shown, "choice": CHOICE, "pending": pending})
