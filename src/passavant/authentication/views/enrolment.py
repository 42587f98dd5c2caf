"""The page by which an app becomes a factor: at the first sign-in of its level, or later, from « Sécurité »."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from passavant.authentication import actions
from passavant.authentication.actions.outcomes import CodeWrong, Enrolled, Entered, Slowed
from passavant.authentication.forms.codes import CodeForm
from passavant.authentication.guards import devices_of, pending_of
from passavant.authentication.guards.enrolling import enrolling_app
from passavant.authentication.guards.entrance import entered, reopened
from passavant.authentication.guards.person import begin_again, store_of
from passavant.authentication.models.sessions import Session
from passavant.authentication.rules import qr, totp
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import Pending
from passavant.authentication.views import told
from passavant.foundation.access import Request, door
from passavant.foundation.ui.answers import retry_after

SECURITY, DONE = "space:security", {"fait": "application"}


@door(entry=enrolling_app, writes=["POST"])
def enrol_app(request: Request) -> HttpResponse:
    """The QR code, its key in text, and the code that proves that an app holds it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    match _try(request, form.cleaned_data["code"]):
        case Entered() as outcome:
            return entered(request, outcome)
        case Enrolled():
            return reopened(request, f"{reverse(SECURITY)}?{urlencode(DONE)}", actions.reopen_stronger)
        case (CodeWrong() | Slowed()) as outcome:
            return _refused(request, form, outcome)
        case _lost:
            return begin_again()


def _try(request: Request, typed: str) -> Any:
    name = _("Application d’authentification")
    if _beginning(request):
        devices = devices_of(request)
        return actions.enrol_pending(store_of(request), typed, name, devices=devices, origin=request.origin)
    return actions.add_app(request.account, _seed(request), typed, name, origin=request.origin)


def _beginning(request: Request) -> Pending | None:
    """The sign-in that waits for this enrolment."""
    pending = pending_of(request)
    return pending if pending and pending.missing is Step.TOTP else None


def _seed(request: Request) -> str:
    """What the secret is drawn from: the sign-in that waits for it, or else the session."""
    if pending := _beginning(request):
        return pending.id
    row = store_of(request).row
    return row.pk.hex if isinstance(row, Session) else ""


def _refused(request: Request, form: CodeForm, outcome: CodeWrong | Slowed) -> HttpResponse:
    form.add_error("code", told.code_refusal(outcome, Step.TOTP.value))
    if isinstance(outcome, Slowed):
        return retry_after(_page(request, form, status=429), outcome.retry_at)
    return _page(request, form, status=422)


def _page(request: Request, form: CodeForm, status: int) -> HttpResponse:
    secret, name = actions.draft_secret(_seed(request)), settings.PASSAVANT.site_name
    whose = actions.person_of(store_of(request))
    address = totp.address(secret, name, whose.identifier if whose else "")
    context = {"form": form, "qr": qr.drawn(address), "key": totp.spaced(secret), "first": bool(_beginning(request))}
    return render(request, "authentication/enrol_app.html", context, status=status)
