"""What the worker does for this room, and what the doctor asks of it."""

from collections.abc import Mapping

from django.utils import timezone

from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules.limits import KEPT
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import NotProved, ProviderDown
from passavant.federation.wire import Talk
from passavant.federation.wire.metadata import metadata


def sweep() -> int:
    """Forget arrivals that have served, and the identities of closed accounts; answers how many rows."""
    before = timezone.now() - KEPT
    arrivals, _tables = Arrival.objects.filter(expires_at__lt=before).delete()
    identities, _tables = ExternalIdentity.objects.orphaned().delete()
    return arrivals + identities


def silent(providers: Mapping[str, Provider]) -> dict[str, str]:
    """Those whose metadata cannot be read now, and why: all are asked, so that all are named at once."""
    found = {}
    for name, provider in providers.items():
        try:
            metadata(Talk.begin(provider))
        except (NotProved, ProviderDown) as error:
            found[name] = error.cause
    return found
