"""After each step of a sign-in: the next one, or the door."""

from uuid import UUID

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.actions.codes import begin_codes
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.outcomes import CodeAsked, Entered, Lost
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import Progress, Step, next_step
from passavant.foundation.values import Origin


def proceed(session: SessionStore, proof: Proof, *, origin: Origin) -> Entered | CodeAsked | Lost:
    """Ask what the account's level still lacks, or open the session; whatever did the first steps (E5)."""
    if next_step(Progress(Level(proof.account.level), proof.done)) is not None:
        return begin_codes(session, proof, origin=origin)
    return enter(session, proof, origin=origin)


def arrive(
    session: SessionStore,
    account: Account,
    *,
    through: str,
    arrival: UUID,
    done: frozenset[Step],
    methods: tuple[str, ...],
    wanted: str,
    devices: Devices,
    origin: Origin,
) -> Entered | CodeAsked | Lost:
    """Go on with an active account that another portal recognised: it did the steps `done`, and told `methods` of them.

    Nothing was typed here that could be guessed: no limit counts it, and a success forgives none.
    """
    device = devices.known(account.id, account.security_epoch)
    attempt = Attempt.of(f"{through}:{account.pk}", device, origin.network)
    proof = Proof(
        account=account,
        done=done,
        methods=methods,
        attempt=attempt,
        through=through,
        arrival=arrival.hex,
        next=wanted,
    )
    return proceed(session, proof, origin=origin)
