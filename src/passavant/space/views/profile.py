"""What the account knows of its person, and its change."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from passavant.accounts.actions.outcomes import Done, Refused
from passavant.authentication.guards import fresh, signed_in, typed_before
from passavant.authentication.guards.person import store_of
from passavant.foundation.access import Request, door
from passavant.foundation.ui.answers import remember_language
from passavant.space import actions
from passavant.space.forms.profile import ProfileForm
from passavant.space.forms.recap import recap
from passavant.space.views.page import page, see, sent, turned_down


@door(entry=signed_in)
def profile(request: Request) -> HttpResponse:
    """Answers to read, each with the way to change it."""
    return page(request, "space/profile.html", {"groups": recap(request.account)})


@door(entry=fresh(_("Modifier mon profil")), writes=["POST"])
def change(request: Request) -> HttpResponse:
    """The form of the profile."""
    form = ProfileForm(request.account, sent(request), before=typed_before(request))
    if not form.is_valid():
        return page(request, "space/profile_change.html", {"form": form})
    match actions.change_profile(
        request.account, form.profile(), form.cleaned_data["current"], store_of(request), origin=request.origin
    ):
        case Done():
            answer = see("space:profile", done="profil")
            remember_language(answer, request.account.language)
            return answer
        case Refused() as refused:
            return turned_down(request, "space/profile_change.html", form, refused)
