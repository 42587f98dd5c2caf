"""« Confirmez que c’est bien vous »."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from passavant.accounts.rules.levels import Level
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Refused, Slowed
from passavant.authentication.forms.confirming import ConfirmForm
from passavant.authentication.guards import devices_of, local_path, pending_of
from passavant.authentication.guards.enrolling import confirming
from passavant.authentication.guards.entrance import entered, next_step, portals
from passavant.authentication.guards.fresh import FLOOR, operation_of
from passavant.authentication.guards.person import NEXT, begin_again, store_of
from passavant.authentication.rules.levels import Step
from passavant.authentication.views import told
from passavant.authentication.views.ways import CHOICE
from passavant.foundation.access import Request, door
from passavant.foundation.ui.answers import retry_after


@door(entry=confirming, writes=["POST"])
def confirmation(request: Request) -> HttpResponse:
    """The password or, first, another way of the account's level; then what the level asks besides."""
    form = ConfirmForm(request.POST if request.method == "POST" and CHOICE not in request.POST else None)
    said: dict[str, Any] = {"wanted": _wanted(request), "floor": _floor(request), "devices": devices_of(request)}
    if CHOICE in request.POST:
        begun = actions.begin_confirmation(store_of(request), request.POST[CHOICE], **said, origin=request.origin)
        return next_step(request) if isinstance(begun, CodeAsked) else begin_again()
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    typed = form.cleaned_data["password"]
    return _after(request, form, actions.confirm_password(store_of(request), typed, **said, origin=request.origin))


def _after(request: Request, form: ConfirmForm, outcome: Any) -> HttpResponse:
    match outcome:
        case Entered():
            return entered(request, outcome)
        case CodeAsked():
            return next_step(request)
        case Slowed(retry_at=until):
            form.add_error(None, told.refusal(outcome)[1])
            return retry_after(_page(request, form, status=429), until)
        case Refused(left=left):
            form.add_error("password", told.wrong_password(left))
            return _page(request, form, status=422)
        case _:
            return begin_again()


def _page(request: Request, form: ConfirmForm, status: int) -> HttpResponse:
    pending = (
        pending_of(request) if request.account is None else actions.standing(request.account, floor=_floor(request))
    )
    if pending is None:  # over since the entry let in
        return begin_again()
    row, wanted = store_of(request).row, _wanted(request)
    context = {
        "form": form,
        "by_password": Step.PASSWORD.value in pending.ways or pending.spare,
        "by_certificate": Step.CERTIFICATE.value in pending.ways and request.account is not None,
        "by_key": Step.PASSKEY.value in pending.ways and request.account is not None,
        "choice": CHOICE,
        "portals": portals(wanted) if request.account is not None else [],
        "operation": operation_of(wanted),
        "since": row.authenticated_at if row else None,
        "level": Level(_floor(request)).label if _floor(request) else "",
        "back": reverse("space:home"),
    }
    return render(request, "authentication/confirmation.html", context, status=status)


def _wanted(request: Request) -> str:
    return local_path(request.GET.get(NEXT)) or reverse("space:home")


def _floor(request: Request) -> str:
    asked = request.GET.get(FLOOR, "")
    return asked if asked in [level.value for level in Level] else ""
