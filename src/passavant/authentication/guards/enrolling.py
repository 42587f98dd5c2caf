"""Who may add a factor: whom a sign-in asks it, or who has just proved who they are. And who may confirm it."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passavant.authentication.guards.fresh import Fresh
from passavant.authentication.guards.person import awaiting, pending_of
from passavant.authentication.guards.steps import place
from passavant.authentication.rules.levels import Step
from passavant.foundation.access import Request

SECURITY = "space:security"


@dataclass(frozen=True, slots=True)
class Enrolling(Fresh):
    """Besides who is fresh, let in the person whose sign-in waits for this factor."""

    step: Step = Step.TOTP

    def __call__(self, request: Request) -> HttpResponse | None:
        pending = pending_of(request)
        if pending is not None and pending.missing is self.step:
            return awaiting(request)
        return Fresh.__call__(self, request)


enrolling_app = Enrolling(_("Ajouter une application d’authentification"), back=SECURITY, step=Step.TOTP)
enrolling_passkey = Enrolling(_("Créer une clé d’accès"), back=SECURITY, step=Step.PASSKEY)


def confirming(request: Request) -> HttpResponse | None:
    """The entry of « Confirmez que c’est bien vous »: for who is signed in, or whose sign-in lacks the password."""
    if request.account is not None:
        return None
    pending = pending_of(request)
    here = reverse("authentication:confirmation")
    if pending is not None and place(pending) != here:
        return HttpResponseRedirect(place(pending))
    return awaiting(request)
