"""One more passkey."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from passavant.authentication.guards import fresh
from passavant.foundation.access import Request, door
from passavant.space.forms.passkeys import PasskeyForm
from passavant.space.views.page import page


@door(entry=fresh(_("Créer une clé d’accès")))
def add(request: Request) -> HttpResponse:
    """What a passkey is, its name, and the button; the room of sign-in receives the key."""
    return page(request, "space/passkey.html", {"form": PasskeyForm()})
