"""From the origin of sign-in to the portal's: the session moves, it is not copied."""

from datetime import timedelta
from hmac import compare_digest
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from passavant.authentication import events
from passavant.authentication.actions.outcomes import Entered
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import find, issue_link, spend
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.values import Origin

PASSAGE = "authentication.passage"  # subject: the session; for the time of two redirects
LIFETIME = timedelta(seconds=60)


def ticket_for(session: SessionStore, browser: str, wanted: str) -> str:
    """A token that moves this session to the browser the portal knows under this digest, and to no other."""
    if session.row is None:
        raise RuntimeError("only a session can move")
    return issue_link(PASSAGE, str(session.row.pk), lifetime=LIFETIME, note={"browser": browser, "next": wanted})


@transaction.atomic
def move_here(session: SessionStore, token: str, browser: str, *, origin: Origin) -> Entered | None:
    """Go on with the session of this ticket, under a new key; what this browser had, and the former key, are dead.

    None: the ticket opens nothing here, and this browser keeps what it had.
    """
    ticket = find(token, PASSAGE)
    if ticket is None:  # nobody's: nothing to tell of, and anybody could tell it without end
        return None
    outcome = _moved(session, ticket, browser)
    if isinstance(outcome, Entered):
        write(events.SessionMoved(session=outcome.session), origin)
        return outcome
    write(events.PassageRefused(session=UUID(ticket.subject), why=outcome), origin)
    return None


def _moved(session: SessionStore, ticket: Ticket, browser: str) -> Entered | events.Astray:
    """The session, now here; or why not."""
    if not compare_digest(ticket.note["browser"], browser):
        return "stranger"
    if (state := ticket.state()) != "live":
        return state
    if not spend(ticket):  # in another window, meanwhile
        return "used"
    row = Session.objects.select_related("account").filter(pk=ticket.subject).first()
    if row is None or row.account is None or row.fault(timezone.now()) or not session.go_on_with(row):
        return "ended"
    return Entered(row.account, ticket.note["next"], row.pk)
