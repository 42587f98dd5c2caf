"""« Sécurité »: the level, the ways to sign in, and what to keep for the day when they are lost."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules.levels import Level
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import Removed, Spared
from passavant.authentication.events import FactorKind
from passavant.authentication.guards import fresh, signed_in, typed_before
from passavant.authentication.models.held import Factor, certificates_open, factor_of
from passavant.federation import actions as federation
from passavant.foundation.access import Request, door
from passavant.foundation.values import NotAPhone, Phone
from passavant.space.forms.factors import FactorForm
from passavant.space.models.factors import standing_of
from passavant.space.views.page import page, reopened, see, sent

HOME = "space:security"
KINDS: dict[str, FactorKind] = {  # in addresses, and as steps of a sign-in
    "application": "totp",
    "cle": "passkey",
    "certificat": "certificate",
}
ADDRESSES: dict[str, str] = {kind: address for address, kind in KINDS.items()}


@door(entry=signed_in)
def security(request: Request) -> HttpResponse:
    """The list, and what should be done about it."""
    factors, standing = standing_of(request.account)
    linked = federation.ways_in(request.account)
    context = {
        "identities": linked,
        "portals": federation.other_ways(linked),
        "factors": [(factor, ADDRESSES[factor.kind]) for factor in factors],
        "standing": standing,
        "certificates": certificates_open(),
        "level": Level(request.account.level).label,
        "mobile": _masked(request.account.mobile),
    }
    return page(request, "space/securite/security.html", context)


@door(entry=fresh(_("Créer des codes de secours"), back=HOME), writes=["POST"])
def recovery_codes(request: Request) -> HttpResponse:
    """A new set, shown in the answer to this POST and never again."""
    _factors, standing = standing_of(request.account)
    codes = actions.make_recovery_codes(request.account, origin=request.origin) if request.method == "POST" else []
    return page(request, "space/securite/codes.html", {"codes": codes, "standing": standing})


@door(entry=fresh(_("Renommer un moyen de connexion"), back=HOME), writes=["POST"])
def rename(request: Request, kind: str, number: UUID) -> HttpResponse:
    """Another name."""
    factor = _factor(request, kind, number)
    form = FactorForm(sent(request), initial={"name": factor.name} | typed_before(request))
    if not form.is_valid():
        return page(request, "space/securite/rename.html", {"form": form, "factor": factor})
    actions.rename_factor(request.account, KINDS[kind], number, form.cleaned_data["name"], origin=request.origin)
    return see(HOME, done="renomme")


@door(entry=fresh(_("Retirer un moyen de connexion"), back=HOME), writes=["POST"])
def remove(request: Request, kind: str, number: UUID) -> HttpResponse:
    """A page to think twice, then one factor less."""
    factor, spared = _factor(request, kind, number), actions.needed(request.account, number)
    if request.method == "POST":
        match actions.remove_factor(request.account, KINDS[kind], number, origin=request.origin):
            case Removed():
                return reopened(request, HOME, done="retire")
            case Spared():
                spared = True
            case _:
                return see(HOME)
    status = 422 if request.method == "POST" else 200
    return page(request, "space/securite/remove.html", {"factor": factor, "spared": spared}, status=status)


def _factor(request: Request, kind: str, number: UUID) -> Factor:
    factor = factor_of(request.account, KINDS.get(kind, ""), number)
    if factor is None:
        raise Http404
    return factor


def _masked(mobile: str) -> str:
    try:
        return Phone.parse(mobile).masked
    except NotAPhone:
        return ""
