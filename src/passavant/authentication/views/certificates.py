"""Certificates: the pages that lead to the host where they are shown, that host's one page, and the way back."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from passavant.authentication import actions
from passavant.authentication.actions.certificates import Brought
from passavant.authentication.actions.outcomes import CodeAsked, Declined, Enrolled, Entered, Slowed
from passavant.authentication.guards import certificates as guard
from passavant.authentication.guards import devices_of, local_path, pending_of
from passavant.authentication.guards.entrance import entered, next_step, reopened, see_other
from passavant.authentication.guards.person import NEXT, begin_again, store_of
from passavant.authentication.rules.certificates import ADD
from passavant.authentication.rules.levels import Step
from passavant.authentication.views import unfit
from passavant.authentication.views.ways import CHOICE, LABELS
from passavant.authentication.wire import certificates as wire
from passavant.foundation.access import Request, anyone, door
from passavant.foundation.values import digest

SECURITY = "space:security"
CERTIFICATE, ENROLMENT = "authentication:certificate", "authentication:enrol_certificate"
SLOWED = "limite"


@door(entry=guard.with_certificates(anyone))
def certificate(request: Request) -> HttpResponse:
    """What is about to happen, the way to it, and, after a refusal, why and what else may be done."""
    if request.account is not None and pending_of(request) is None and guard.REFUSAL not in request.GET:
        return see_other(reverse("space:home"))
    return _page(request, "authentication/certificate.html", "")


@door(entry=guard.enrolling_certificate)
def enrol_certificate(request: Request) -> HttpResponse:
    """A certificate to add: the first of a level that needs one, before the space opens, or one more."""
    return _page(request, "authentication/enrol_certificate.html", ADD)


@door(entry=guard.where_shown, writes=["GET"], reads=False)
def present(request: Request) -> HttpResponse:
    """On the certificates' own host: read it, and go back with a ticket, or with a word that says why not."""
    errand = guard.errand_of(request)
    shown, why = wire.presented(*guard.headers_of(request))
    match actions.present_certificate(shown, why, errand, origin=request.origin):
        case str() as token:
            return HttpResponseRedirect(guard.portal(reverse("authentication:certificate_return"), ticket=token))
        case outcome:
            asked = {NEXT: errand.next} if errand.next else {}
            back = reverse(ENROLMENT if errand.act == ADD else CERTIFICATE)
            return HttpResponseRedirect(guard.portal(back, refus=_word(outcome), **asked))


@door(entry=guard.with_certificates(anyone), writes=["GET"], reads=False)
def come_back(request: Request) -> HttpResponse:
    """On the portal: what the ticket is worth to this browser."""
    token, browser = request.GET.get(guard.TICKET, ""), digest(guard.mark_of(request))
    brought = actions.take_certificate(token, browser, origin=request.origin)
    answer = _used(request, brought) if isinstance(brought, Brought) else _refused(brought, CERTIFICATE)
    guard.forget_mark(answer)
    return answer


def _used(request: Request, brought: Brought) -> HttpResponse:
    session, devices, wanted = store_of(request), devices_of(request), local_path(brought.next)
    if brought.act != ADD:
        outcome = actions.enter_by_certificate(
            session, brought.shown, wanted=wanted, devices=devices, origin=request.origin
        )
        return _after(request, outcome, CERTIFICATE)
    if (away := guard.enrolling_certificate(request)) is not None:
        return away
    added = actions.add_certificate(session, brought.shown, devices=devices, origin=request.origin)
    return _after(request, added, ENROLMENT)


def _after(request: Request, outcome: object, page: str) -> HttpResponse:
    match outcome:
        case Entered():
            return entered(request, outcome)
        case Enrolled():
            return reopened(request, f"{reverse(SECURITY)}?fait=certificat")
        case CodeAsked():
            return next_step(request)
        case Declined() | Slowed():
            return _refused(outcome, page)
        case _lost:
            return begin_again()


def _refused(outcome: Declined | Slowed, page: str) -> HttpResponse:
    return see_other(f"{reverse(page)}?{guard.REFUSAL}={_word(outcome)}")


def _word(outcome: Declined | Slowed) -> str:
    return SLOWED if isinstance(outcome, Slowed) else unfit.WORDS[outcome.why]


def _others(request: Request) -> list[tuple[str, object]]:
    """What else leads to the level asked."""
    pending = pending_of(request)
    return [(way, LABELS[way]) for way in pending.ways if way != Step.CERTIFICATE] if pending else []


def _page(request: Request, template: str, act: str) -> HttpResponse:
    mark, wanted = guard.mark_of(request), local_path(request.GET.get(NEXT))
    context = {
        "pending": pending_of(request),
        "told": unfit.told(request.GET.get(guard.REFUSAL, "")),
        "departure": guard.departure(mark, act, wanted),
        "ways": _others(request),
        "choice": CHOICE,
        "back": f"?{urlencode({NEXT: wanted}, safe='/')}" if wanted else "",
    }
    answer = render(request, template, context)
    guard.remember_mark(answer, mark)
    return answer
