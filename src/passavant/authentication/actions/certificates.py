"""On the portal: a certificate that was shown next door opens a session, or becomes a factor (E10)."""

from dataclasses import dataclass, replace
from hmac import compare_digest

from django.db import IntegrityError, transaction
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication import events
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.factors import moved, tell_added
from passavant.authentication.actions.outcomes import CodeAsked, Declined, Enrolled, Entered, Lost, Slowed
from passavant.authentication.actions.presenting import TICKET, declined
from passavant.authentication.actions.proceeding import proceed
from passavant.authentication.actions.resuming import proof_after, taken_up
from passavant.authentication.models.certificates import Certificate
from passavant.authentication.models.sessions import SessionStore
from passavant.authentication.rules import limits
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.certificates import MOST, Fault, Shown
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.levels import AMR, Step
from passavant.authentication.rules.pending import Pending
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.actions import find, spend
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin

KIND: events.FactorKind = "certificate"
STEPS, METHODS = (Step.CERTIFICATE,), (AMR[Step.CERTIFICATE],)


@dataclass(frozen=True, slots=True)
class Brought:
    """A certificate that holds, and what for; `next` is as the other host received it."""

    shown: Shown
    act: str
    next: str


def take_certificate(token: str, browser: str, *, origin: Origin) -> Brought | Declined | Slowed:
    """Spend the ticket, in the browser that asked for it and in no other."""
    ticket = find(token, TICKET)
    if ticket is None:  # nobody's: nothing to tell of, and anybody could tell it without end
        return Declined("ticket")
    if not compare_digest(ticket.subject, browser) or ticket.state() != "live" or not spend(ticket):
        return declined(None, "ticket", origin=origin)
    return Brought(Shown.read(ticket.note), ticket.note["act"], ticket.note["next"])


def enter_by_certificate(
    session: SessionStore, shown: Shown, *, wanted: str, devices: Devices, origin: Origin
) -> Entered | CodeAsked | Lost | Declined | Slowed:
    """End the sign-in, or the step of it that was asked. `wanted` is a page of ours, or ""."""
    bound = Certificate.objects.shown(shown)
    why = _fault(bound, shown, session)
    if bound is not None and why is None:
        with transaction.atomic():
            if Certificate.objects.use(bound, timezone.now()):
                proof = _proof(session, bound.account, devices=devices, origin=origin)
                return proceed(session, replace(proof, next=proof.next or wanted), origin=origin)
    return declined(bound, why or "unknown", origin=origin)


def add_certificate(
    session: SessionStore, shown: Shown, *, devices: Devices, origin: Origin
) -> Enrolled | Entered | Declined | Slowed | Lost:
    """Bind it to the person signed in or, at the first sign-in of its level, to the one who proved the password.

    The latter enters at once: the connection has just proved the key. Of a person signed in, whatever was open is
    closed, this session too until it is opened anew.
    """
    pending, account = _whose(session)
    if account is None:
        return Lost()
    if (why := _unwelcome(account, shown)) is not None:
        return _not_added(account, why, origin=origin)
    certificate = Certificate.made(account, shown, timezone.now())
    try:
        with transaction.atomic():
            if not moved(account):
                return Lost()
            certificate.save(force_insert=True)
            tell_added(account, KIND, certificate.name, origin)
            if pending is None:
                return Enrolled(certificate.name)
            proof = proof_after(pending, account, STEPS, METHODS, devices=devices, origin=origin)
            return enter(session, replace(proof, last=Step.CERTIFICATE.value), origin=origin)
    except IntegrityError:  # the same one, added by another request meanwhile
        return _not_added(account, "known", origin=origin)


def _whose(session: SessionStore) -> tuple[Pending | None, Account | None]:
    if session.account is not None:
        return None, session.account
    found = taken_up(session)
    first = found and found[0].missing is Step.CERTIFICATE and not Certificate.objects.of(found[1]).exists()
    return found if found and first else (None, None)


def _unwelcome(account: Account, shown: Shown) -> Fault | None:
    if Certificate.objects.shown(shown):
        return "known"
    return "many" if Certificate.objects.of(account).count() >= MOST else None


def _not_added(account: Account, why: Fault, *, origin: Origin) -> Declined | Slowed:
    verdict = hit((limits.CERTIFICATES, origin.network))
    if not verdict.allowed:
        return Slowed(verdict.retry_at or timezone.now(), network=True)
    with transaction.atomic():
        write(events.CertificateNotAdded(account=account.id, why=why), origin)
    return Declined(why)


def _fault(bound: Certificate | None, shown: Shown, session: SessionStore) -> Fault | None:
    """Why this certificate, which holds, is not one that enters here."""
    if bound is None:
        return "namesake" if Certificate.objects.namesake(shown) else "unknown"
    if not compare_digest(bound.key, shown.key):
        return "mismatch"
    if not bound.account.is_active:
        return "disabled"
    found = taken_up(session)
    return "account" if found and found[0].again and found[1] != bound.account else None


def _proof(session: SessionStore, account: Account, *, devices: Devices, origin: Origin) -> Proof:
    found = taken_up(session)
    if found and found[1] == account:
        proof = proof_after(found[0], account, STEPS, METHODS, devices=devices, origin=origin)
        return replace(proof, last=Step.CERTIFICATE.value)
    device = devices.known(account.id, account.security_epoch)
    attempt = Attempt.of(f"{Step.CERTIFICATE.value}:{account.pk}", device, origin.network)
    return Proof(account=account, done=frozenset(STEPS), methods=METHODS, attempt=attempt, last=Step.CERTIFICATE.value)
