"""What only the space does: an act of the accounts' room and its consequence for the sessions."""

from django.db import transaction

from passavant.accounts.actions import change_profile as store_profile
from passavant.accounts.actions import close_account as end_account
from passavant.accounts.actions import prove_password
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.registrations import Profile
from passavant.authentication.actions import end_other_sessions, forget_devices, forget_factors, tell_former_number
from passavant.authentication.models.sessions import SessionStore
from passavant.foundation.values import Origin


def change_profile(
    account: Account, profile: Profile, current: str, session: SessionStore, *, origin: Origin
) -> Done | Refused:
    """Store the profile. Another mobile is another factor: the password is asked, and other sessions may end.

    Raises:
        ServiceBusy: no room to verify a password just now; nothing changed.
    """
    former, proved = account.mobile, account.mobile_proved_at
    another = profile.columns()["mobile"] != former
    if another and (refused := prove_password(account, current, asked_for="password", origin=origin)):
        return refused
    with transaction.atomic():
        outcome = store_profile(account, profile, origin=origin)
        if isinstance(outcome, Done) and another:
            _after_another_mobile(account, former if proved else "", session, origin)
    return outcome


def _after_another_mobile(account: Account, former: str, session: SessionStore, origin: Origin) -> None:
    """`former`: a number that somebody proved, hence surely the person's; "" none."""
    forget_devices(account, origin=origin)
    if former:
        tell_former_number(account, former, origin=origin)
    if account.level == Level.SMS.value:
        end_other_sessions(account, session, origin=origin)


def close_account(account: Account, password: str, *, origin: Origin) -> Done | Refused:
    """Close and erase, the factors too.

    Raises:
        ServiceBusy: no room to verify a password just now.
    """
    outcome = end_account(account, password, origin=origin)
    if isinstance(outcome, Done):
        forget_factors()  # the worker does it as well, should we stop here
    return outcome
