"""The sign-in page and the way out."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from passavant.authentication import actions
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Refused, Slowed
from passavant.authentication.forms.sign_in import SignInForm
from passavant.authentication.guards import devices_of, local_path
from passavant.authentication.guards.entrance import entered, next_step, portals, see_other
from passavant.authentication.guards.origins import end_of, forget_browser
from passavant.authentication.guards.person import ASTRAY, EXPIRED, LEFT, NEXT, REASON, TOO_LATE, store_of
from passavant.authentication.models.held import certificates_open
from passavant.authentication.views import told
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.ui.answers import retry_after

OUT = "sortie"


@door(entry=anyone, writes=["POST"])
def sign_in(request: Request) -> HttpResponse:
    """Identifier and password, or the way to sign-up."""
    if request.method != "POST":
        return _welcome(request)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    credentials = form.credentials(local_path(form.cleaned_data["next"]))
    match actions.sign_in(store_of(request), credentials, devices=devices_of(request), origin=request.origin):
        case Entered() as outcome:
            return entered(request, outcome)
        case CodeAsked():
            return next_step(request)
        case (Refused() | Slowed()) as outcome:
            return _refused(request, form, outcome)


@door(entry=anyone, writes=["POST"], reads=False)
def sign_out(request: Request) -> HttpResponse:
    """End the session, and go on where the person was asked to sign out; twice is no fault."""
    arrival = actions.sign_out(store_of(request), origin=request.origin)
    answer = see_other(local_path(request.POST.get(NEXT)) or _after(request, arrival))
    answer.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    forget_browser(request, answer)
    answer.headers["Clear-Site-Data"] = '"cache"'  # not the cookies: this browser remains a known one
    return answer


def _after(request: Request, arrival: UUID | None) -> str:
    """Who came through another portal is told that they remain signed in there."""
    if arrival is None:
        return f"{reverse('authentication:sign_in')}?{OUT}=1"
    request.session[LEFT] = arrival.hex
    return reverse("federation:leave")


def _welcome(request: Request) -> HttpResponse:
    asked = local_path(request.GET.get(NEXT))
    if request.account is not None and request.GET.get(REASON) != ASTRAY:
        return see_other(asked or reverse("space:home"))
    return _page(request, SignInForm(initial={"next": asked}), status=200)


def _refused(request: Request, form: SignInForm, outcome: Refused | Slowed) -> HttpResponse:
    form.refuse(*told.refusal(outcome))
    if isinstance(outcome, Slowed):
        return retry_after(_page(request, form, status=429), outcome.retry_at)
    return _page(request, form, status=422)


def _page(request: Request, form: SignInForm, status: int) -> HttpResponse:
    asked = form.initial.get("next", "")
    context = {
        "form": form,
        "certificates": certificates_open(),
        "out": OUT in request.GET and not form.is_bound,
        "idle_minutes": settings.PASSAVANT.session_idle_minutes if request.GET.get(REASON) == EXPIRED else 0,
        "too_late": request.GET.get(REASON) == TOO_LATE,
        "astray": request.GET.get(REASON) == ASTRAY and not form.is_bound,
        "portals": portals(asked),
        "to_space": end_of(asked).startswith(reverse("space:home")),
    }
    return render(request, "authentication/sign_in.html", context, status=status)
