"""The page of the code received."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from passavant.authentication import actions
from passavant.authentication.actions.outcomes import CodeDead, CodeWrong, Entered, Lost, Slowed
from passavant.authentication.forms.codes import CodeForm
from passavant.authentication.guards import devices_of, pending_of
from passavant.authentication.guards.entrance import entered, see_other
from passavant.authentication.guards.person import awaiting_code, begin_again, store_of
from passavant.authentication.views import told
from passavant.foundation.access import Request, door
from passavant.foundation.ui.answers import retry_after

AGAIN = "renvoyer"  # the button that asks for another code: one address, so that Back and reload show this page


@door(entry=awaiting_code, writes=["POST"])
def code(request: Request) -> HttpResponse:
    """The second step by SMS."""
    if AGAIN in request.POST:
        return _resend(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    typed, devices = form.cleaned_data["code"], devices_of(request)
    match actions.check_code(store_of(request), typed, devices=devices, origin=request.origin):
        case Entered() as outcome:
            return entered(request, outcome)
        case Lost():
            return begin_again()
        case outcome:
            return _refused(request, form, outcome)


def _resend(request: Request) -> HttpResponse:
    match actions.send_code(store_of(request), origin=request.origin):
        case Slowed(retry_at=until):
            return retry_after(_page(request, CodeForm(), status=429, notice=told.too_soon(until)), until)
        case Lost():
            return begin_again()
        case _:
            return see_other(reverse("authentication:code"))


def _refused(request: Request, form: CodeForm, outcome: CodeWrong | CodeDead | Slowed) -> HttpResponse:
    form.add_error("code", told.code_refusal(outcome))
    if isinstance(outcome, Slowed):
        return retry_after(_page(request, form, status=429), outcome.retry_at)
    return _page(request, form, status=422)


def _page(request: Request, form: CodeForm, status: int, notice: tuple[str, str, str] | None = None) -> HttpResponse:
    pending = pending_of(request)
    if pending is None:  # over since the entry let in
        return begin_again()
    context = {
        "form": form,
        "pending": pending,
        "notice": notice or (None if form.is_bound else told.standing(pending)),
        "again": AGAIN,
        "again_at": told.clock(pending.again_at) if pending.waits else "",
    }
    return render(request, "authentication/code.html", context, status=status)
