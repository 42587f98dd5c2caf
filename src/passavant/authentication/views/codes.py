"""The page of the code: received by SMS, shown by an app, or kept for the day when nothing else is at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from passavant.accounts.rules.levels import Level
from passavant.authentication import actions
from passavant.authentication.actions.outcomes import CodeDead, CodeWrong, Entered, Lost, Slowed
from passavant.authentication.forms.codes import CodeForm, RecoveryForm
from passavant.authentication.guards import devices_of, pending_of
from passavant.authentication.guards.entrance import entered, see_other
from passavant.authentication.guards.person import awaiting_code, begin_again, store_of
from passavant.authentication.rules import trust
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import RECOVERY, Pending
from passavant.authentication.views import told
from passavant.foundation.access import Request, door
from passavant.foundation.ui.answers import retry_after

AGAIN = "renvoyer"  # the button that asks for another code: one address, so that Back and reload show this page


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of code is asked and checked."""

    template: str
    check: Callable[..., Any]


KINDS = {
    Step.SMS.value: Kind("authentication/code.html", actions.check_code),
    Step.TOTP.value: Kind("authentication/app_code.html", actions.check_app_code),
    RECOVERY: Kind("authentication/recovery_code.html", actions.use_recovery_code),
}


@door(entry=awaiting_code, writes=["POST"])
def code(request: Request) -> HttpResponse:
    """The second step by a code, whichever is asked."""
    if AGAIN in request.POST:
        return _resend(request)
    if (pending := pending_of(request)) is None:  # over since the entry let in
        return begin_again()
    form = _form(pending, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, pending, form, status=422 if form.is_bound else 200)
    typed = form.cleaned_data.pop("code")
    said = {**form.cleaned_data, "devices": devices_of(request), "origin": request.origin}
    outcome = KINDS[pending.asks].check(store_of(request), typed, **said)
    return _after(request, pending, form, outcome)


def _after(request: Request, pending: Pending, form: Any, outcome: Any) -> HttpResponse:
    match outcome:
        case Entered():
            return entered(request, outcome)
        case CodeWrong() | CodeDead() | Slowed():
            form.add_error("code", told.code_refusal(outcome, pending.asks))
            if isinstance(outcome, Slowed):
                return retry_after(_page(request, pending, form, status=429), outcome.retry_at)
            return _page(request, pending_of(request) or pending, form, status=422)
        case _:
            return begin_again()


def _resend(request: Request) -> HttpResponse:
    outcome = actions.send_code(store_of(request), origin=request.origin)
    pending = pending_of(request)
    if isinstance(outcome, Lost) or pending is None:
        return begin_again()
    if isinstance(outcome, Slowed):
        until = outcome.retry_at
        return retry_after(_page(request, pending, _form(pending), status=429, notice=told.too_soon(until)), until)
    return see_other(reverse("authentication:code"))


def _form(pending: Pending, data: Any = None) -> CodeForm | RecoveryForm:
    """A browser is trusted at a sign-in, by a code of SMS or of an app; never by who confirms, nor by a spare code."""
    if pending.asks == RECOVERY:
        return RecoveryForm(data)
    return CodeForm(data, days=0 if pending.again else trust.days(Level(pending.asks)))


def _page(
    request: Request, pending: Pending, form: Any, status: int, notice: tuple[str, str, str] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "pending": pending,
        "notice": notice or (None if form.is_bound else told.standing(pending)),
        "again": AGAIN,
        "again_at": told.clock(pending.again_at) if pending.waits else "",
    }
    return render(request, KINDS[pending.asks].template, context, status=status)
