"""The address of a newcomer, proved by a code sent to it; whoever holds it already, the answer is the same."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.federation import events, mails
from passavant.federation.actions.outcomes import Refused
from passavant.federation.models import Arrival
from passavant.federation.models.arrivals import ArrivalQuerySet
from passavant.federation.rules.limits import (
    ADDRESS_ASKED,
    ADDRESS_CODE_LIFETIME,
    ADDRESS_CODE_TRIES,
    ADDRESS_MAILS,
    ADDRESS_TRIES,
)
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_code, try_code
from passavant.foundation.outbox.actions import post
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Email, Origin, keyed_digest

PURPOSE = "federation.address"


def ask_code(arrival: Arrival, email: Email, language: str, *, origin: Origin) -> Refused | None:
    """Send a code to the address; the former one is dead. None when it left."""
    verdict = hit((ADDRESS_ASKED, origin.network), (ADDRESS_MAILS, email.key))
    if not verdict.allowed:
        return Refused("throttled", at=verdict.retry_at)
    with transaction.atomic():
        if not _mine(arrival).update(email=email.address):
            return Refused("gone")
        code = issue_code(PURPOSE, str(arrival.pk), lifetime=ADDRESS_CODE_LIFETIME, tries=ADDRESS_CODE_TRIES)
        post(mails.address_code(arrival, email, code, language, origin))
        write(events.AddressAsked(arrival.provider, _digest(email)), origin)
    return None


def prove_address(arrival: Arrival, code: str, *, origin: Origin) -> Refused | None:
    """Take the code back; None when the address is proved."""
    verdict = hit((ADDRESS_TRIES, str(arrival.pk)))
    if not verdict.allowed:
        return Refused("throttled", at=verdict.retry_at)
    with transaction.atomic():
        answer = try_code(PURPOSE, str(arrival.pk), code)
        if answer.kind != "right":
            why = Refused("wrong", left=answer.tries_left) if answer.kind == "wrong" else Refused("expired")
            write(events.ArrivalRefused(None, arrival.provider, f"code {answer.kind}"), origin)
            return why
        if not _mine(arrival).update(email_proved=True):
            return Refused("gone")
        write(events.AddressProved(arrival.provider, _digest(Email.parse(arrival.email))), origin)
    return None


def _mine(arrival: Arrival) -> ArrivalQuerySet:
    return Arrival.objects.waiting(timezone.now()).filter(pk=arrival.pk, email_proved=False)


def _digest(email: Email) -> str:
    return keyed_digest(settings.SECRET_KEY, email.key)
