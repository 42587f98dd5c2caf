"""A certificate ends: its person is told before, at each stage once."""

from django.db import transaction
from django.utils import timezone

from passavant.authentication import events, mails
from passavant.authentication.models.certificates import Certificate
from passavant.authentication.rules.certificates import STAGES
from passavant.foundation.audit.actions import write
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin

BATCH = 200  # certificates in one transaction
WORKER = Origin.system("worker")


def remind_ending_certificates() -> int:
    """One mail a certificate: the last stage due, for who was not told at it yet; answers how many left."""
    return sum(_remind(days) for days in sorted(STAGES))


@transaction.atomic
def _remind(days: int) -> int:
    due = Certificate.objects.ending(timezone.now(), days)
    batch = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("ends_at")[:BATCH])
    Certificate.objects.filter(pk__in=[one.pk for one in batch]).update(told_at_days=days)
    for one in batch:
        post(mails.certificate_ending(one.account, one.name, one.ends_at))
        write(events.CertificateEndTold(account=one.account_id, days=days), WORKER)
    return len(batch)
