"""What the account waits for."""

from passavant.accounts.models import Account
from passavant.accounts.rules.links import EMAIL_CHANGE
from passavant.foundation.onetime.models import Ticket


def awaited_address(account: Account) -> str:
    """The new e-mail address that its reader has not confirmed yet, or "". One query."""
    try:
        link = Ticket(purpose=EMAIL_CHANGE, subject=account.subject).newest()
    except Ticket.DoesNotExist:
        return ""
    return str(link.note["new"]) if link.state() == "live" else ""
