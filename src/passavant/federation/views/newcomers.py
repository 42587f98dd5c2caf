"""Who arrives for the first time: an address to prove, a name and the terms to confirm."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from passavant.authentication.guards import devices_of, store_of
from passavant.federation import actions, guards
from passavant.federation.actions.outcomes import Next, Refused
from passavant.federation.forms.newcomers import AddressCodeForm, AddressForm, NewcomerForm
from passavant.federation.models import Arrival
from passavant.federation.views.answers import no_way
from passavant.federation.views.crossing import let_in
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import too_many

CODE = "code"  # the field that tells the two forms of the address page apart
SENT = "envoye"


@door(entry=anyone)
def arrival(request: Request) -> HttpResponse:
    """Where the person goes now."""
    step = awaited(request)
    return redirect(f"federation:{step.page}") if isinstance(step, Next) else step


@door(entry=anyone, writes=["POST"])
def address(request: Request) -> HttpResponse:
    """An address, then the code that it received."""
    step = awaited(request, "address")
    if not isinstance(step, Next):
        return step
    if request.method != "POST":
        return _address(request, step.arrival, AddressForm(initial={"email": step.arrival.email}), AddressCodeForm())
    return _prove(request, step.arrival) if CODE in request.POST else _ask(request, step.arrival)


@door(entry=anyone, writes=["POST"])
def account(request: Request) -> HttpResponse:
    """Name, company and terms: the account is opened and the person is in."""
    step = awaited(request, "account")
    if not isinstance(step, Next):
        return step
    form = NewcomerForm(step.arrival, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "portal": guards.portal(step.arrival.provider), "email": step.arrival.email}
        return render(request, "federation/account.html", context, status=422 if form.is_bound else 200)
    return _open(request, step.arrival, form)


def awaited(request: Request, page: str = "") -> Next | HttpResponse:
    """The step this browser is at, or the answer that leads there."""
    arrival = guards.arrival_of(request)
    if arrival is None:
        return no_way(request, "lost")
    step = actions.awaited(arrival, request.account)
    if step.page == "closed":
        return no_way(request, "closed", guards.portal(arrival.provider), arrival.provider)
    return step if page in {"", step.page} else redirect(f"federation:{step.page}")


def _open(request: Request, arrival: Arrival, form: NewcomerForm) -> HttpResponse:
    outcome = actions.open_account(
        store_of(request), arrival, form.newcomer(), devices=devices_of(request), origin=request.origin
    )
    if isinstance(outcome, Refused):  # the address is another account's by now: the next page says so
        return redirect("federation:arrival")
    answer = let_in(request, outcome)
    guards.ARRIVAL.forget(answer)
    return answer


def _ask(request: Request, arrival: Arrival) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _address(request, arrival, form, AddressCodeForm(), 422)
    email, language = form.cleaned_data["email"], get_language() or "fr"
    refused = actions.ask_code(arrival, email, language, origin=request.origin)
    if refused and refused.why == "throttled":
        return too_many(request, refused.at or timezone.now())
    answer = redirect("federation:address" if not refused else "federation:arrival")
    answer["Location"] += "" if refused else f"?{SENT}=1"
    return answer


def _prove(request: Request, arrival: Arrival) -> HttpResponse:
    form = AddressCodeForm(request.POST)
    refused = None
    if form.is_valid():
        refused = actions.prove_address(arrival, form.cleaned_data["code"], origin=request.origin)
        if refused is None or refused.why == "gone":
            return redirect("federation:arrival")
        if refused.why == "throttled":
            return too_many(request, refused.at or timezone.now())
        form.add_error("code", _wrong(refused))
    return _address(request, arrival, AddressForm(initial={"email": arrival.email}), form, 422)


def _wrong(refused: Refused) -> str:
    if refused.why == "expired":
        return _("Ce code ne fonctionne plus. Demandez un nouveau code.")
    if not refused.left:
        return _("Trop de codes incorrects. Demandez un nouveau code.")
    told = ngettext(
        "Ce code ne correspond pas. Il vous reste %(n)d essai.",
        "Ce code ne correspond pas. Il vous reste %(n)d essais.",
        refused.left,
    )
    return told % {"n": refused.left}


def _address(
    request: Request, arrival: Arrival, form: AddressForm, code: AddressCodeForm, status: int = 200
) -> HttpResponse:
    faulty = code if code.errors else form
    sent = SENT in request.GET or code.is_bound
    context = {"form": faulty, "ask": form, "code": code, "sent": sent, "email": arrival.email}
    return render(
        request, "federation/address.html", context | {"portal": guards.portal(arrival.provider)}, status=status
    )
