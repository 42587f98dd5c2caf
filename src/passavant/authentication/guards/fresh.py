"""The entry of pages that matter: their person proved who they are less than a quarter of an hour ago."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise

from passavant.accounts.rules.levels import Level
from passavant.authentication.guards.paths import local_path
from passavant.authentication.guards.person import NEXT, signed_in, store_of
from passavant.authentication.rules.levels import rank
from passavant.authentication.rules.limits import FRESH
from passavant.foundation.access import Request

KEPT = "typed"  # where the session keeps what was typed into a form whose person had to confirm first
SECRETS = {"csrfmiddlewaretoken", "current", "new", "password", "code", "cle"}
LONGEST = 4000  # characters of one form
FLOOR = "niveau"  # the query parameter that asks for more than the account's level
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry of `door`; made by `fresh`."""

    operation: Promise
    back: str = ""
    only: str = ""
    any_age: bool = False

    def __call__(self, request: Request) -> HttpResponse | None:
        away = signed_in(request)
        if away is not None or self._passes(request):
            return away
        if request.method == "POST":
            keep_typed(request)
        return HttpResponseRedirect(confirmation(self._return(request)), status=SEE_OTHER)

    def _passes(self, request: Request) -> bool:
        proved = reached_level(request) if self.any_age else is_fresh(request)
        return proved or bool(self.only and self.only not in request.GET)

    def _return(self, request: Request) -> str:
        """The page to come back to: this one, or the one that leads to it."""
        return local_path(request.get_full_path()) or (reverse(self.back) if self.back else "")


def fresh(operation: Promise, *, back: str = "", only: str = "", any_age: bool = False) -> Fresh:
    """Let in who proved who they are less than 15 minutes ago; the others confirm it, told for which `operation`.

    `back`: the page to come back to when this one cannot be read. `only`: the query parameter without which the page
    does not matter so much. `any_age`: the account's level is enough, whenever it was proved.
    """
    return Fresh(operation, back, only, any_age)


def is_fresh(request: Request) -> bool:
    row = store_of(request).row
    young = bool(row and row.authenticated_at and timezone.now() < row.authenticated_at + FRESH)
    return young and reached_level(request)


def reached_level(request: Request) -> bool:
    """Whether this session proved the account's level; one that a trusted browser opened did not (E6)."""
    row = store_of(request).row
    return row is not None and rank(Level(row.level)) >= rank(Level(request.account.level))


def confirmation(back: str, floor: str = "") -> str:
    """The address at which one confirms who one is, and comes back to this page."""
    query = urlencode({name: value for name, value in ((NEXT, back), (FLOOR, floor)) if value}, safe="/")
    return reverse("authentication:confirmation") + (f"?{query}" if query else "")


def operation_of(path: str) -> Any:
    """What the page of this path is for, if it asks its person to confirm; else ""."""
    try:
        entry = getattr(resolve(urlsplit(path).path).func, "door", ("",))[0]
    except Resolver404:
        return ""
    return entry.operation if isinstance(entry, Fresh) else ""


def keep_typed(request: Request) -> None:
    """Keep the answers of the form, never passwords nor codes, until its person comes back."""
    typed = {name: value[:LONGEST] for name, value in request.POST.items() if name not in SECRETS}
    if typed and sum(map(len, typed.values())) <= LONGEST:
        request.session[KEPT] = {request.path: typed}


def typed_before(request: Request) -> dict[str, str]:
    """What this page's form was filled with when its person had to confirm first."""
    kept: dict[str, str] = request.session.get(KEPT, {}).get(request.path, {}) if request.method == "GET" else {}
    return kept
