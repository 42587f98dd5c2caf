"""What a link is worth, told in the same words to the page that shows it and to the act that spends it."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from passavant.accounts.actions.outcomes import Ready, Refused
from passavant.foundation.onetime.actions import find, spend
from passavant.foundation.onetime.models import Ticket

Outcome = TypeVar("Outcome")


def worth(token: str, purpose: str) -> Ready | Refused:
    """Read only: a page may ask as often as a mail scanner likes."""
    ticket = usable(token, purpose)
    return ticket if isinstance(ticket, Refused) else Ready(ticket.expires_at, ticket.created_at, ticket.note)


def usable(token: str, purpose: str) -> Ticket | Refused:
    """The ticket to spend, or why there is none."""
    ticket = find(token, purpose)
    if ticket is None:
        return Refused("unknown")
    match ticket.state():
        case "live":
            return ticket
        case "used":
            return Refused("used", ticket.spent_at)
        case "superseded":
            newest = ticket.newest()  # itself when it was voided and none replaced it
            return Refused("unknown") if newest == ticket else Refused("superseded", newest.created_at)
        case _:
            return Refused("expired", ticket.expires_at)


def spend_for(ticket: Ticket, act: Callable[[], Outcome | None]) -> Outcome | None:
    """Spend the link and act, both or neither.

    None when the link was spent meanwhile, when `act` answers None, or when a constraint of the database stopped it:
    then nothing is changed.
    """
    try:
        with transaction.atomic():
            if spend(ticket) and (outcome := act()) is not None:
                return outcome
            transaction.set_rollback(True)
    except IntegrityError:
        pass
    return None


def overtaken(token: str, purpose: str, otherwise: Refused) -> Refused:
    """Why `spend_for` answered None: what the link is worth now, or `otherwise` if it still is good."""
    now = worth(token, purpose)
    return now if isinstance(now, Refused) else otherwise
