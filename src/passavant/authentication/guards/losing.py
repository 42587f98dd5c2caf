"""What the visitor's session keeps of a request of who lost everything: who asks, then how long to wait."""

from dataclasses import asdict
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from passavant.authentication.actions.outcomes import LossAwaits
from passavant.authentication.guards.person import store_of
from passavant.authentication.rules.losses import HELD, Claim
from passavant.foundation.access import Request

AWAITED = "loss_awaited"


def claiming(request: Request) -> HttpResponse | None:
    """The entry of the page of the code: who has not said who they are begins there."""
    return None if claim_of(request) else HttpResponseRedirect(reverse("authentication:loss"))


def awaiting_office(request: Request) -> HttpResponse | None:
    """The entry of the page that says when to come."""
    return None if awaited(request) else HttpResponseRedirect(reverse("authentication:loss"))


def keep_claim(request: Request, claim: Claim) -> None:
    store_of(request)[HELD] = asdict(claim)


def claim_of(request: Request) -> Claim | None:
    kept = store_of(request).get(HELD)
    return Claim(**kept) if kept else None


def keep_awaited(request: Request, awaits: LossAwaits) -> None:
    """The claim has served."""
    session = store_of(request)
    session.pop(HELD, None)
    session[AWAITED] = {"ready_at": awaits.ready_at.isoformat(), "lapses_at": awaits.lapses_at.isoformat()}


def awaited(request: Request) -> LossAwaits | None:
    kept = store_of(request).get(AWAITED)
    return LossAwaits(**{name: datetime.fromisoformat(moment) for name, moment in kept.items()}) if kept else None
