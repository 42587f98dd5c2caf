"""The end of every sign-in, whatever its steps: the only place that opens a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import events
from passavant.authentication.actions.outcomes import Entered, Lost
from passavant.authentication.actions.sessions import open_session, renew_session
from passavant.authentication.actions.telling import tell_new_sign_in
from passavant.authentication.actions.trusting import trust_device
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.levels import Progress, Steps, announced, asked, reached, satisfied
from passavant.authentication.rules.trust import CODES
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import forgive
from passavant.foundation.throttling.rules import Charge
from passavant.foundation.values import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Who proved what, as which amr values.

    `through`: the portal that did the first steps ("" ours), by the `arrival` of that name. `floor`: a level asked by
    others than the person ("" none). `last`: the step just done, offered first next time. `number`: the telephone that
    a code came back from. `forgiven`: the counts to wipe out. `again`: the session is open already, its person confirms
    who they are. `tokens`: by which this browser may be trusted; `trusted`: the steps it stands for, which nobody did
    now; `remember`: it is to be trusted from now on.
    """

    account: Account
    done: Steps
    methods: tuple[str, ...]
    attempt: Attempt
    through: str = ""
    arrival: str | None = None
    floor: str = ""
    last: str = ""
    number: str = ""
    forgiven: tuple[Charge, ...] = ()
    next: str = ""
    again: bool = False
    tokens: tuple[str, ...] = ()
    trusted: Steps = frozenset()
    remember: bool = False

    @property
    def complete(self) -> bool:
        """Whether the level asked is reached. Trust counts for a code of the account's own level, at sign-in only."""
        own = not self.again and self.asked == Level(self.account.level) and self.trusted <= CODES
        counted = self.done | self.trusted if own else self.done
        return satisfied(Progress(self.asked, counted))

    @property
    def asked(self) -> Level:
        """The level that binds here."""
        return asked(*(Level(level) for level in (self.account.level, self.floor) if level))

    @property
    def first_return(self) -> bool:
        """Whether this sign-in proves the telephone for the first time."""
        return bool(self.number) and not self.account.mobile_proved_at


def enter(session: SessionStore, proof: Proof, *, origin: Origin) -> Entered | Lost:
    """Open the session, under a new key; Lost when the account changed since it was read.

    Raises:
        RuntimeError: a step is missing; no path may forget one (E5).
    """
    account, now = proof.account, timezone.now()
    level = reached(proof.done)
    if level is None or not proof.complete:
        raise RuntimeError("a session was asked for before the last step")
    with transaction.atomic():
        if not _unchanged(account).update(**_marks(proof, now)):
            return Lost()
        row = (renew_session if proof.again else open_session)(
            session,
            account,
            methods=announced(level, proof.methods),
            level=level.value,
            through=proof.through,
            arrival=proof.arrival,
            at=now,
            origin=origin,
        )
        _tell(proof, row, origin)
        if proof.forgiven:
            forgive(*proof.forgiven)
        wanted = proof.remember and not proof.again
        token = trust_device(account, level, now, origin=origin) if wanted else ""
    return Entered(account, proof.next, row.pk, token)


def _unchanged(account: Account) -> Any:
    """The row, if it still is what the proof was about: same state, same epoch, same number."""
    return Account.objects.active().filter(
        pk=account.pk, security_epoch=account.security_epoch, mobile=account.mobile, level=account.level
    )


def _marks(proof: Proof, now: datetime) -> dict[str, Any]:
    marks: dict[str, Any] = {"last_factor": proof.last or proof.account.last_factor}
    if not proof.again:
        marks |= {"previous_sign_in_at": F("last_sign_in_at"), "last_sign_in_at": now}
    if reached(proof.done) != Level.PASSWORD:
        marks["factor_proved_at"] = now  # a request to do without the factors is vain from now on (E8)
    if proof.first_return:
        marks["mobile_proved_at"] = now
    return marks


def _tell(proof: Proof, row: Session, origin: Origin) -> None:
    account, known = proof.account, proof.attempt.known
    said = {"level": row.level, "methods": row.methods, "through": row.through}
    if proof.first_return:
        write(events.MobileProved(account=account.id), origin)
    if proof.again:
        write(events.IdentityConfirmed(account=account.id, **said), origin)
        return
    write(events.SignedIn(account=account.id, known_device=known, trusted=bool(proof.trusted), **said), origin)
    if not known and account.last_sign_in_at:
        tell_new_sign_in(account, row, origin)
