"""A sign-in between two requests: how it is kept, taken up again, and what a further step adds to it."""

from passavant.accounts.models import Account
from passavant.authentication.actions.entering import Proof
from passavant.authentication.models.held import held_by
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import HELD, RECOVERY, Pending
from passavant.foundation.throttling.rules import Charge
from passavant.foundation.values import Origin


def pending_for(proof: Proof) -> Pending:
    """What is to be kept of a sign-in that lacks a step. One query: what the person holds."""
    account, held = proof.account, held_by(proof.account)
    return Pending(
        account=account.id.hex,
        epoch=account.security_epoch,
        level=account.level,
        done=tuple(sorted(step.value for step in proof.done)),
        held=tuple(sorted(held - {RECOVERY})),
        floor=proof.floor,
        spare=RECOVERY in held,
        choice=account.last_factor,
        again=proof.again,
        tries=proof.attempt.who,
        next=proof.next,
        through=proof.through,
        arrival=proof.arrival,
        methods=proof.methods,
        number=account.mobile,
    )


def taken_up(session: SessionStore, asking: str = "") -> tuple[Pending, Account] | None:
    """The pending sign-in and its account, if nothing of it changed since it began.

    `asking`: only if this is what it asks now; a way that does not lead to the level proves nothing (E7).
    """
    pending = Pending.read(session.get(HELD))
    if pending is None or asking not in ("", pending.asks):
        return None
    same = Account.objects.active().filter(security_epoch=pending.epoch, mobile=pending.number, level=pending.level)
    account = same.filter(pk=pending.account_id).first()
    return (pending, account) if account else None


def person_of(session: SessionStore) -> Account | None:
    """Who is signed in here or, before that, whose sign-in is pending."""
    if session.account is not None:
        return session.account
    found = taken_up(session)
    return found[1] if found else None


def proof_after(
    pending: Pending,
    account: Account,
    steps: tuple[Step, ...],
    methods: tuple[str, ...],
    *,
    devices: Devices,
    origin: Origin,
    number: str = "",
    forgiven: tuple[Charge, ...] = (),
) -> Proof:
    """What is proved once these steps are done too, told as these amr values; a success forgives what was counted."""
    attempt = Attempt.of(pending.tries, devices.known(account.id, account.security_epoch), origin.network)
    kept = {name: getattr(pending, name) for name in ("through", "arrival", "floor", "next", "again")}
    return Proof(
        **kept,
        account=account,
        done=pending.progress.done | frozenset(steps),
        methods=(*pending.methods, *methods),
        attempt=attempt,
        last=pending.asks if pending.asks != RECOVERY else "",
        number=number,
        tokens=devices.tokens,
        forgiven=(*attempt.forgiven, (limits.CODES, pending.account), *forgiven),
    )
