"""What only the space does: an act of the accounts' room and its consequence for the sessions."""

from django.db import transaction

from passavant.accounts.actions import change_profile as store_profile
from passavant.accounts.actions import close_account as end_account
from passavant.accounts.actions import prove_password
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.registrations import Profile
from passavant.authentication.actions import end_other_sessions, forget_factors
from passavant.authentication.models.sessions import SessionStore
from passavant.foundation.values import Origin


def change_profile(
    account: Account, profile: Profile, current: str, session: SessionStore, *, origin: Origin
) -> Done | Refused:
    """Store the profile. Another mobile is another factor: the password is asked, and other sessions may end.

    Raises:
        ServiceBusy: no room to verify a password just now; nothing changed.
    """
    another = profile.columns()["mobile"] != account.mobile
    if another and (refused := prove_password(account, current, asked_for="password", origin=origin)):
        return refused
    with transaction.atomic():
        outcome = store_profile(account, profile, origin=origin)
        if isinstance(outcome, Done) and another and account.level == Level.SMS.value:
            end_other_sessions(account, session, origin=origin)
    return outcome


def close_account(account: Account, password: str, *, origin: Origin) -> Done | Refused:
    """Close and erase, the factors too.

    Raises:
        ServiceBusy: no room to verify a password just now.
    """
    outcome = end_account(account, password, origin=origin)
    if isinstance(outcome, Done):
        forget_factors()  # the worker does it as well, should we stop here
    return outcome
