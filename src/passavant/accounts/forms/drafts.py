"""The sign-up under way in a visitor's session: its answers before « Valider », what became of it afterwards.

Kept on the server, the password as a hash only. Nothing here says whether an account exists.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from passavant.accounts.rules.registrations import Registration
from passavant.foundation.values import Email, Identifier

DRAFT, FINISHED = "accounts.draft", "accounts.finished"  # keys in the session


@dataclass(frozen=True, slots=True)
class Finished:
    """A validated registration, for the confirmation page. `sent_at` is an ISO moment, of a later mail if `again`."""

    id: str
    identifier_key: str
    email: str
    sent_at: str
    again: bool = False

    @property
    def registration(self) -> UUID:
        return UUID(self.id)

    @property
    def sent(self) -> datetime:
        return datetime.fromisoformat(self.sent_at)


def current(session: SessionBase) -> Registration | None:
    """The answers to review, unless there are none (or of another version of the product)."""
    try:
        return Registration.unpacked(session.get(DRAFT) or {})
    except (KeyError, ValueError):
        return None


def keep(session: SessionBase, registration: Registration) -> None:
    session[DRAFT] = registration.packed()


def finish(session: SessionBase, registration: Registration) -> None:
    """Forget the answers; remember which registration they became."""
    session.pop(DRAFT, None)
    now = timezone.now().isoformat()
    finished = Finished(str(registration.id), registration.identifier.key, registration.email.address, now)
    session[FINISHED] = asdict(finished)


def finished(session: SessionBase) -> Finished | None:
    kept = session.get(FINISHED)
    return Finished(**kept) if kept else None


def sent_again(session: SessionBase, done: Finished, email: Email | None = None) -> None:
    """Another mail left, to another address perhaps."""
    address = email.address if email else done.email
    again = Finished(done.id, done.identifier_key, address, timezone.now().isoformat(), again=True)
    session[FINISHED] = asdict(again)


def repeats(session: SessionBase, *, draft: str = "", identifier: Identifier | None = None) -> bool:
    """Whether this is the registration already validated, sent twice (double click, back, another tab)."""
    done = finished(session)
    return done is not None and (done.id == draft or bool(identifier and identifier.key == done.identifier_key))
