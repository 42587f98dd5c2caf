"""The change of the e-mail address, which only happens once the new one is proved."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from passavant.accounts.actions import ask_email_change, withdraw_email_change
from passavant.accounts.actions.outcomes import Asked, Refused
from passavant.authentication.guards import fresh, signed_in, typed_before
from passavant.foundation.access import Request, door
from passavant.space.forms.credentials import EmailForm
from passavant.space.models.pending import awaited_address
from passavant.space.views.page import page, see, sent, turned_down


@door(entry=fresh(_("Changer d’adresse électronique")), writes=["POST"])
def email(request: Request) -> HttpResponse:
    """The address in use, the one that waits to be proved, and the form that asks for another."""
    form = EmailForm(sent(request), initial=typed_before(request))
    if not form.is_valid():
        return page(request, "space/email.html", {"form": form, "awaited": awaited_address(request.account)})
    typed = form.cleaned_data
    match ask_email_change(request.account, typed["current"], typed["email"], origin=request.origin):
        case Asked():
            return see("space:email")
        case Refused() as refused:
            return turned_down(request, "space/email.html", form, refused)


@door(entry=signed_in, writes=["POST"], reads=False)
def withdraw(request: Request) -> HttpResponse:
    """Keep the address in use."""
    withdraw_email_change(request.account, origin=request.origin)
    return see("space:email", done="adresse")
