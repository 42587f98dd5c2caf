"""The messages of sign-in."""

from datetime import datetime

from django.utils.translation import override

from passavant.accounts.models import Account
from passavant.accounts.rules.devices import spoken
from passavant.authentication.rules.limits import CODE_LIFETIME
from passavant.foundation.outbox.messages import Letter, Text
from passavant.foundation.values import Origin


def sign_in_code(account: Account, code: str, pending: str) -> Text:
    """The SMS of a pending sign-in; a newer one takes the place of one that has not left yet."""
    template = "authentication/sms/code"
    return Text(account.mobile, template, {"code": code}, account.language, thread=pending, useful_for=CODE_LIFETIME)


def new_sign_in(account: Account, at: datetime, origin: Origin) -> Letter:
    """The notice of a sign-in from a browser that this account had not used before."""
    with override(account.language):
        device = spoken(origin.agent)
    context = {"name": account.full_name, "at": at.isoformat(), "device": device, "address": origin.address}
    return Letter(account.email, "authentication/mails/new_sign_in", context, account.language)
