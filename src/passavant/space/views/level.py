"""The change of the security level."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passavant.authentication import actions
from passavant.authentication.actions.outcomes import Lacking, LevelAwaited, LevelSet, Weaker
from passavant.authentication.guards import confirmation, fresh, signed_in, store_of, typed_before
from passavant.authentication.guards.fresh import keep_typed
from passavant.authentication.rules.levels import Step
from passavant.foundation.access import Request, door
from passavant.space.forms.level import LevelForm
from passavant.space.models.factors import standing_of
from passavant.space.views.page import SEE_OTHER, page, reopened, see, sent

HERE, HOME = "space:level", "space:security"
ENROLMENTS = {
    Step.TOTP: "authentication:enrol_app",
    Step.PASSKEY: "space:passkey_add",
    Step.CERTIFICATE: "authentication:enrol_certificate",
    Step.SMS: "space:profile_change",
}


@door(entry=fresh(_("Changer de niveau de sécurité")), writes=["POST"])
def level(request: Request) -> HttpResponse:
    """A higher level at once, once its factor is enrolled and proved; a lower one after a delay."""
    form = LevelForm(request.account, sent(request), before=typed_before(request))
    if not form.is_valid():
        _factors, standing = standing_of(request.account)
        return page(request, "space/securite/level.html", {"form": form, "standing": standing})
    former = request.account.level
    match actions.change_level(store_of(request), request.account, form.wanted(), origin=request.origin):
        case LevelSet(level=now):
            return reopened(request, HOME, done="niveau") if now != former else see(HOME, done="niveau-garde")
        case LevelAwaited():
            return see(HOME, done="niveau-demande")
        case outcome:
            return _first(request, outcome)


@door(entry=signed_in, writes=["POST"], reads=False)
def keep(request: Request) -> HttpResponse:
    """The lower level asked is not wanted any more."""
    actions.keep_level(request.account, origin=request.origin)
    return see(HOME, done="niveau-garde")


def _first(request: Request, outcome: object) -> HttpResponse:
    """What the level needs before it may be chosen; the choice waits on the page."""
    keep_typed(request)
    match outcome:
        case Lacking(step=step) if step in ENROLMENTS:
            return see(ENROLMENTS[step])
        case Weaker(level=floor):
            return HttpResponseRedirect(confirmation(reverse(HERE), floor.value), status=SEE_OTHER)
        case _:
            return see(HOME)
