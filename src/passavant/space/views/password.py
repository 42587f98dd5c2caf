"""The change of the password."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from passavant.accounts.actions import change_password
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.authentication.guards import fresh
from passavant.foundation.access import Request, door
from passavant.space.forms.credentials import PasswordForm
from passavant.space.views.page import page, reopened, sent, turned_down


@door(entry=fresh(_("Changer de mot de passe"), any_age=True), writes=["POST"])
def password(request: Request) -> HttpResponse:
    """Current and new password; this browser goes on under a new key, the others are out."""
    form = PasswordForm(sent(request))
    if not form.is_valid():
        return page(request, "space/password.html", {"form": form})
    account, typed = request.account, form.cleaned_data
    match change_password(account, typed["current"], typed["new"], origin=request.origin):
        case Done():
            return reopened(request, "space:password", done="mot-de-passe")
        case Refused() as refused:
            return turned_down(request, "space/password.html", form, refused)
