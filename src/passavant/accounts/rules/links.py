"""The one-time links of this room: what each is for, and how long it lives."""

from datetime import datetime, timedelta

from django.conf import settings

ACTIVATION = "accounts.activation"  # subject: the e-mail's digest; proves that its reader signed up
EMAIL_CHANGE = "accounts.email_change"  # subject: the account; proves the new address
EMAIL_UNDO = "accounts.email_undo"  # subject: the account's undo; in the hands of the former address
RESET = "accounts.reset"  # subject: the account; its note says to which address it was sent
NOT_ME = "accounts.not_me"  # subject: the account's undo; in every security notice, outlives other changes

ACTIVATION_LIFETIME = timedelta(hours=24)  # CNIL 2022-100: at most 24 hours
EMAIL_CHANGE_LIFETIME = timedelta(hours=24)
EMAIL_UNDO_LIFETIME = timedelta(days=7)
EMAIL_SETTLES = EMAIL_UNDO_LIFETIME  # no other change meanwhile, that the first address could not undo
RESET_LIFETIME = timedelta(hours=24)  # CNIL 2022-100, and the procedure of June 2022
NOT_ME_LIFETIME = timedelta(days=10)
REMINDER_AGE = timedelta(days=7)  # of a registration nobody activated


def kept() -> timedelta:
    """How long a registration waits for its activation."""
    return timedelta(days=settings.PASSAVANT.unactivated_days)


def outlived(expired_at: datetime, now: datetime) -> bool:
    """Whether the registration is gone for whose activation a link that expired then was sent."""
    return now >= expired_at - ACTIVATION_LIFETIME + kept()
