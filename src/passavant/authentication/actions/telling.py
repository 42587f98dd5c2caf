"""The notice of a change of the ways in, with the link that takes it for somebody else's act."""

from passavant.accounts.actions.letters import whom
from passavant.accounts.models import Account
from passavant.accounts.rules.links import NOT_ME, NOT_ME_LIFETIME
from passavant.authentication import mails
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin


def tell(account: Account, what: mails.What, origin: Origin, **said: str | int) -> None:
    """Post it, in the caller's transaction."""
    token = issue_link(NOT_ME, account.undo_subject, lifetime=NOT_ME_LIFETIME, note=whom(account))
    post(mails.notice(account, what, token, origin, **said))
