"""Opening and ending sessions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import events
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.authentication.rules.pending import HELD
from passavant.foundation.audit.actions import write
from passavant.foundation.values import Origin


def open_session(
    session: SessionStore,
    account: Account,
    *,
    origin: Origin,
    methods: Sequence[str] | None = None,
    level: str | None = None,
    through: str | None = None,
    arrival: str | None = None,
    at: datetime | None = None,
) -> Session:
    """Open a session of this account, under a new key and its present epoch; the former one is dead.

    What is not given goes on from the former session: how and when the person proved who they are.
    """
    former = session.row if session.account else None
    row = Session(account=account, epoch=account.security_epoch, network=origin.network, agent=origin.agent)
    row.methods = " ".join(methods) if methods is not None else former.methods if former else ""
    row.level = level if level is not None else former.level if former else ""
    row.through = through if through is not None else former.through if former else ""
    row.arrival = UUID(arrival) if arrival else former.arrival if former and through is None else None
    row.authenticated_at = at or (former.authenticated_at if former else timezone.now())
    session.open(row)
    return row


def renew_session(
    session: SessionStore,
    account: Account,
    *,
    origin: Origin,
    methods: Sequence[str],
    level: str,
    through: str,
    arrival: str | None,
    at: datetime,
) -> Session:
    """Go on with an open session, its drafts kept, under a new key: its person has just proved who they are (C1).

    A session opened through another portal remains one, whoever proved it this time.
    """
    kept = {name: value for name, value in session.items() if name != HELD}
    came = {"through": through, "arrival": arrival} if through else {}
    row = open_session(session, account, origin=origin, methods=methods, level=level, at=at, **came)
    session.update(kept)
    session.save()
    return row


@transaction.atomic
def end_other_sessions(account: Account, keep: SessionStore | None, *, origin: Origin) -> int:
    """End every session of the account but `keep`; answers how many."""
    others = Session.objects.of(account)
    if keep is not None and keep.row is not None:
        others = others.exclude(pk=keep.row.pk)
    count, _tables = others.delete()
    if count:
        write(events.SessionsEnded(account=account.id, count=count), origin)
    return count


@transaction.atomic
def end_session(account: Account, session: UUID, *, origin: Origin) -> bool:
    """End one session of the account, wherever it is open; False when there is none of that name."""
    count, _tables = Session.objects.of(account).filter(pk=session).delete()
    if count:
        write(events.SessionsEnded(account=account.id, count=count), origin)
    return bool(count)


@transaction.atomic
def sign_out(session: SessionStore, *, origin: Origin) -> UUID | None:
    """End this session; what a visitor left in it goes too. Answers the arrival by which it was opened, if any."""
    account = session.account
    arrival = session.row.arrival if session.row else None
    session.flush()
    if account is not None:
        write(events.SignedOut(account=account.id), origin)
    return arrival
