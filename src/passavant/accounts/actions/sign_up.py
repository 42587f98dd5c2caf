"""From the validated form to a registration that waits for its activation."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from passavant.accounts import events
from passavant.accounts.actions.letters import post_link
from passavant.accounts.actions.outcomes import Refused, SignedUp
from passavant.accounts.models import Account
from passavant.accounts.rules.limits import CLAIMS_A_DAY, DAY, SIGN_UPS, TAKEN_ANSWERS
from passavant.accounts.rules.registrations import Registration
from passavant.foundation.audit.actions import write
from passavant.foundation.throttling.actions import hit, look
from passavant.foundation.values import Identifier, Origin, keyed_digest


def ask_identifier(identifier: Identifier, *, origin: Origin) -> Refused | None:
    """Whether the identifier may still be chosen: None when it may. Nothing is reserved.

    The answer "taken" is the only one this site gives about others' accounts: a network gets few of them (A5),
    and once it had them is refused any answer.
    """
    charge = (TAKEN_ANSWERS, origin.network)
    if not (verdict := look(charge)).allowed:
        return Refused("throttled", verdict.retry_at)
    if not Account.objects.taken(identifier.key):
        return None
    if not (verdict := hit(charge)).allowed:
        return Refused("throttled", verdict.retry_at)
    with transaction.atomic():
        write(events.IdentifierTaken(identifier=keyed_digest(settings.SECRET_KEY, identifier.key)), origin)
    return Refused("taken")


def sign_up(registration: Registration, *, origin: Origin) -> SignedUp | Refused:
    """Keep the registration and post its activation link; twice the same registration is once.

    A known address is written down like an unknown one. Were it not, the identifier would stay free,
    and trying it again would tell that the address is known.
    """
    verdict = hit((SIGN_UPS, origin.network))
    if not verdict.allowed:
        return Refused("throttled", verdict.retry_at)
    try:
        return _keep(registration, origin=origin)
    except IntegrityError:
        twice = Account.objects.filter(pk=registration.id).exists()
        return SignedUp(registration.id) if twice else Refused("taken")


@transaction.atomic
def _keep(registration: Registration, *, origin: Origin) -> SignedUp | Refused:
    email = registration.email
    if Account.objects.claiming(email.key, since=timezone.now() - DAY) >= CLAIMS_A_DAY:
        write(events.SignUpNotKept(email=keyed_digest(settings.SECRET_KEY, email.key)), origin)
        return SignedUp(registration.id)
    if Account.objects.retired(registration.identifier.key):
        return Refused("taken")
    account = _written(registration)
    known = post_link(account, because="sign_up", origin=origin)
    fact = events.SignedUp(account.id, account.level, account.terms_version, address_known=known)
    write(fact, origin)
    return SignedUp(account.id)


def _written(registration: Registration) -> Account:
    return Account.objects.create(
        id=registration.id,
        identifier=registration.identifier.text,
        identifier_key=registration.identifier.key,
        email=registration.email.address,
        email_key=registration.email.key,
        password=registration.password,
        level=registration.level.value,
        terms_version=registration.terms_version,
        terms_accepted_at=timezone.now(),
        **registration.profile.columns(),
    )
