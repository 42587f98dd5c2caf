"""The current password, asked again before what matters; and its change."""

from typing import Literal

from django.db import transaction
from django.db.models import F

from passavant.accounts import events
from passavant.accounts.actions.letters import post_password_changed
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.actions.passwords import hashed, matches
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.limits import CURRENT_PASSWORD
from passavant.accounts.rules.passwords import Fault, faults
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import void
from passavant.foundation.throttling.actions import forgive, hit
from passavant.foundation.values import Origin

AskedFor = Literal["password", "email", "closing"]


def prove_password(account: Account, password: str, *, asked_for: AskedFor, origin: Origin) -> Refused | None:
    """None when the password is the account's; else why not, counted per account and network.

    Raises:
        ServiceBusy: no room to verify a password just now.
    """
    charge = (CURRENT_PASSWORD, f"{account.pk} {origin.network}")
    verdict = hit(charge)
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    if matches(password, account):
        forgive(charge)
        return None
    with transaction.atomic():
        write(events.PasswordRefused(account=account.id, asked_for=asked_for), origin)
    return Refused("wrong", verdict.retry_at, verdict.left)


def password_faults(account: Account, password: str) -> list[Fault]:
    """The policy, with all that is known of this person. Reads nothing, writes nothing."""
    about = (account.identifier, account.last_name, account.first_name, account.email, account.company_number)
    return faults(password, about=about, second_factor=account.level != Level.PASSWORD.value)


def change_password(account: Account, current: str, new: str, *, origin: Origin) -> Done | Refused:
    """Replace the password; every session, link and code opened before is dead, this one included.

    Raises:
        ServiceBusy: no room to hash just now; nothing changed.
    """
    if refused := prove_password(account, current, asked_for="password", origin=origin):
        return refused
    if new == current:
        return Refused("same")
    if lacking := password_faults(account, new):
        return Refused("weak", faults=tuple(lacking))
    return _replace(account, hashed(new), origin=origin)


@transaction.atomic
def _replace(account: Account, encoded: str, *, origin: Origin) -> Done | Refused:
    unchanged = Account.objects.active().filter(pk=account.pk, password=account.password)
    if not unchanged.update(password=encoded, security_epoch=F("security_epoch") + 1):
        return Refused("gone")
    account.refresh_from_db()
    void(account.subject)
    post_password_changed(account, origin)
    write(events.PasswordChanged(account=account.id), origin)
    return Done(account.id, account.security_epoch)
