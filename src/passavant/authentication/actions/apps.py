"""The authenticator app, asked as a step; and its secrets, which follow the keys."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import events
from passavant.authentication.actions.entering import enter
from passavant.authentication.actions.outcomes import CodeDead, CodeWrong, Entered, Lost, Slowed
from passavant.authentication.actions.resuming import proof_after, taken_up
from passavant.authentication.models.apps import AppFactor
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

METHOD = Step.TOTP.value
RESEALED = 500  # rows a time


def check_app_code(
    session: SessionStore, typed: str, *, remember: bool = False, devices: Devices, origin: Origin
) -> Entered | CodeWrong | CodeDead | Slowed | Lost:
    """Compare with what the person's apps show, and end the sign-in. `typed` is six digits.

    `remember`: the person trusts this browser.
    """
    if (found := taken_up(session, METHOD)) is None:
        return Lost()
    pending, account = found
    verdict = hit((limits.CODES, pending.account))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now())
    with transaction.atomic():
        if (wrong := _spent(account, typed, verdict.left, origin)) is not None:
            return wrong
        proof = proof_after(pending, account, (Step.TOTP,), (AMR[Step.TOTP],), devices=devices, origin=origin)
        return enter(session, replace(proof, remember=remember), origin=origin)


def _spent(account: Account, typed: str, left: int, origin: Origin) -> CodeWrong | CodeDead | None:
    """None when the code was right and had not served."""
    now = timezone.now()
    shown = AppFactor.objects.matching(account, typed, now)
    if shown and AppFactor.objects.spend(*shown, now):
        return None
    why: events.NotRight = "spent" if shown else "wrong"
    write(events.CodeRefused(account=account.id, method="totp", why=why, left=left), origin)
    return CodeDead("used") if shown else CodeWrong(left)


@transaction.atomic
def reseal() -> int:
    """Seal under the newest key some secrets that an older one sealed; answers how many."""
    old = list(AppFactor.objects.sealed_before().select_for_update(skip_locked=True)[:RESEALED])
    AppFactor.objects.bulk_update([app.close(app.opened()) for app in old], ["secret", "seal"])
    return len(old)
