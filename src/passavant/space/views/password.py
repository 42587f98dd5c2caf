"""The change of the password."""

from django.http import HttpResponse
from django.middleware.csrf import rotate_token

from passavant.accounts.actions import change_password
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.authentication.actions import open_session
from passavant.authentication.guards import remember_device, signed_in
from passavant.authentication.guards.person import store_of
from passavant.foundation.access import Request, door
from passavant.space.forms.credentials import PasswordForm
from passavant.space.views.page import page, see, sent, turned_down


@door(entry=signed_in, writes=["POST"])
def password(request: Request) -> HttpResponse:
    """Current and new password; this browser goes on under a new key, the others are out."""
    form = PasswordForm(sent(request))
    if not form.is_valid():
        return page(request, "space/password.html", {"form": form})
    account, typed = request.account, form.cleaned_data
    match change_password(account, typed["current"], typed["new"], origin=request.origin):
        case Done():
            open_session(store_of(request), account, origin=request.origin)
            rotate_token(request)
            answer = see("space:password", done="mot-de-passe")
            remember_device(request, answer, account)
            return answer
        case Refused() as refused:
            return turned_down(request, "space/password.html", form, refused)
