"""Signing out, here and there."""

from uuid import UUID

from django.db import transaction

from passavant.authentication.models.sessions import Session
from passavant.federation import events
from passavant.federation.models import Arrival
from passavant.foundation.audit.actions import write
from passavant.foundation.values import Origin


def arrival_of(session: UUID | None) -> Arrival | None:
    """How a session had come in, by the name it kept of it."""
    return Arrival.objects.filter(pk=session).exclude(account=None).first() if session else None


@transaction.atomic
def sign_out_from_there(provider: str, subject: str, sid: str, *, origin: Origin) -> int:
    """End the sessions opened by these arrivals; answers how many. They are of one person."""
    arrivals = list(Arrival.objects.sessions_of(provider, subject, sid).select_related("account"))
    ended, _tables = Session.objects.filter(arrival__in=[arrival.pk for arrival in arrivals]).delete()
    if ended and (account := arrivals[0].account):
        write(events.SignedOutThere(account.id, provider, ended), origin)
    return ended


def tell_refusal(provider: str, why: str, *, origin: Origin) -> None:
    """Keep the trace of a return, or of a logout token, that proved nothing."""
    with transaction.atomic():
        write(events.ArrivalRefused(None, provider, why), origin)
