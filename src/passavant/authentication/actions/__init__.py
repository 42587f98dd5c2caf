"""The acts of a sign-in, in the order of the story."""

from passavant.authentication.actions.codes import check_code, send_code
from passavant.authentication.actions.passage import move_here, ticket_for
from passavant.authentication.actions.proceeding import arrive
from passavant.authentication.actions.sessions import end_other_sessions, end_session, open_session, sign_out
from passavant.authentication.actions.sign_in import sign_in

__all__ = [
    "arrive",
    "check_code",
    "end_other_sessions",
    "end_session",
    "move_here",
    "open_session",
    "send_code",
    "sign_in",
    "sign_out",
    "ticket_for",
]
