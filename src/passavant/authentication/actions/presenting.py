"""On the certificate's own host: what was shown becomes a ticket for the browser that asked, or a refusal (E10)."""

from django.db import transaction
from django.utils import timezone

from passavant.authentication import events
from passavant.authentication.actions.outcomes import Declined, Slowed
from passavant.authentication.models import revocations
from passavant.authentication.models.certificates import Certificate
from passavant.authentication.rules import certificates, limits
from passavant.authentication.rules.certificates import Errand, Fault, Shown
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

TICKET = "authentication.certificate"  # subject: the browser that asked; for the time of a redirect


def present_certificate(
    shown: Shown | None, why: Fault | None, errand: Errand, *, origin: Origin
) -> str | Declined | Slowed:
    """A token good for that browser, if all holds; `why`: what nginx already said against it."""
    now = timezone.now()
    if shown and why is None:
        why = certificates.fault(shown, now) or revocations.refusal(shown.issuer, shown.serial, now)
    if why == "list":
        watch_lists()
    if shown is None or why is not None:
        return declined(_bound(shown), why or "malformed", origin=origin)
    note = shown.noted() | {"act": errand.act, "next": errand.next}
    return issue_link(TICKET, errand.browser, lifetime=certificates.LIFETIME, note=note)


def declined(bound: Certificate | None, why: Fault, *, origin: Origin) -> Declined | Slowed:
    """Note it; past the limit of a network, its garbage fills the trail no more."""
    verdict = hit((limits.CERTIFICATES, origin.network))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now(), network=True)
    with transaction.atomic():
        write(events.CertificateRefused(account=bound.account_id if bound else None, why=why), origin)
    return Declined(why, bound.account.suspended_at if bound and why == "disabled" else None)


def watch_lists() -> int:
    """Raise the alarm, once a day for each list of revoked certificates that fails; answers how many alarms."""
    raised = 0
    for alarm in revocations.alarms(timezone.now()):
        if hit((limits.LISTS_ALARM, f"{alarm.name}|{alarm.ends}")).allowed:
            raised += 1
            with transaction.atomic():
                told = events.CertificateListFailing(why=alarm.why, issuer=alarm.name, ends=alarm.ends)
                write(told, Origin.system("certificates"))
    return raised


def _bound(shown: Shown | None) -> Certificate | None:
    """Whose it is, when its key says so too: an issuer and a number can be copied by anybody."""
    found = Certificate.objects.shown(shown) if shown else None
    return found if found and shown and found.key == shown.key else None
