"""Recovery codes: made, and used in place of what is out of reach."""

from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import events
from passavant.authentication.actions.entering import enter
from passavant.authentication.actions.outcomes import CodeWrong, Entered, Lost, Slowed
from passavant.authentication.actions.resuming import proof_after, taken_up
from passavant.authentication.actions.telling import tell
from passavant.authentication.models.recovery import RecoveryCode
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.pending import RECOVERY
from passavant.authentication.rules.recovery import draw_set
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

AMR = "otp"  # RFC 8176: a one-time password


@transaction.atomic
def make_recovery_codes(account: Account, *, origin: Origin) -> list[str]:
    """A new set, shown this once; the former one is dead (E12)."""
    codes = draw_set()
    RecoveryCode.objects.replace(account, codes)
    write(events.RecoveryCodesMade(account=account.id, count=len(codes)), origin)
    tell(account, "codes_made", origin)
    return codes


def use_recovery_code(
    session: SessionStore, typed: str, *, devices: Devices, origin: Origin
) -> Entered | CodeWrong | Slowed | Lost:
    """Spend a code in place of what the account's level lacks, tell its person, and end the sign-in."""
    if (found := taken_up(session, RECOVERY)) is None:
        return Lost()
    pending, account = found
    verdict = hit((limits.CODES, pending.account))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now())
    with transaction.atomic():
        if not RecoveryCode.objects.spend(account, typed, timezone.now()):
            write(events.CodeRefused(account=account.id, method=RECOVERY, why="wrong", left=verdict.left), origin)
            return CodeWrong(verdict.left)
        _tell(account, origin)
        proof = proof_after(pending, account, pending.rescued, (AMR,), devices=devices, origin=origin)
        return enter(session, proof, origin=origin)


def _tell(account: Account, origin: Origin) -> None:
    left = RecoveryCode.objects.left(account).count()
    write(events.RecoveryCodeUsed(account=account.id, left=left), origin)
    tell(account, "code_used", origin, left=left)
