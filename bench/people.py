"""People who share one password, and so one hash; some with an app or a passkey, two with a page to fill."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from fido2 import cbor
from fido2.utils import websafe_encode

from bench.inside import ONE, PASSWORD, PEOPLE, SECRET, TWENTY, credential, identifier, number_of, pair
from passavant.accounts.actions.passwords import hashed
from passavant.accounts.models import Account
from passavant.authentication import events
from passavant.authentication.models import AppFactor, Passkey, Session
from passavant.foundation.audit.actions import write
from passavant.foundation.values import Origin

SHARED, NOW = hashed(PASSWORD), timezone.now()
SEALED = AppFactor(name="Téléphone", last_step=0).close(SECRET)
POINT = pair().public_key().public_numbers()
PUBLIC = cbor.encode({1: 2, 3: -7, -1: 1, -2: POINT.x.to_bytes(32), -3: POINT.y.to_bytes(32)})


def person(name: str, level: str) -> Account:
    return Account(
        id=number_of(name),
        identifier=name,
        identifier_key=name,
        email=f"{name}@example.org",
        email_key=f"{name}@example.org",
        password=SHARED,
        last_name="Banc",
        first_name="Personne",
        level=level,
        state="active",
        activated_at=NOW,
        terms_accepted_at=NOW,
    )


def app(account: UUID) -> AppFactor:
    return AppFactor(account_id=account, name="Téléphone", last_step=0, secret=SEALED.secret, seal=SEALED.seal)


def passkey(account: UUID, name: bytes) -> Passkey:
    return Passkey(
        account_id=account,
        credential_id=websafe_encode(name),
        public_key=PUBLIC,
        sign_count=0,
        aaguid=UUID(int=0),
        name="Ordinateur",
        synced=False,
        user_verified=True,
    )


def session(account: UUID) -> Session:
    key, agent = secrets.token_hex(32), "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    moments = {"created_at": NOW, "seen_at": NOW, "authenticated_at": NOW, "expires_at": NOW + timedelta(hours=12)}
    return Session(account_id=account, key_digest=key, epoch=0, level="password", agent=agent, **moments)


def everybody() -> Iterator[Account]:
    for kind, level in (("banc", "password"), ("app", "totp"), ("cle", "passkey")):
        yield from (person(identifier(number, kind), level) for number in range(PEOPLE))
    yield from (person(name, "password") for name in (ONE, TWENTY))


def fill(name: str, count: int) -> None:
    """So many factors, sessions and facts; one of each is what this person's browser brings itself."""
    account = number_of(name)
    AppFactor.objects.bulk_create(app(account) for _ in range(-(-count // 2)))
    Passkey.objects.bulk_create(passkey(account, secrets.token_bytes(32)) for _ in range(count // 2))
    Session.objects.bulk_create(session(account) for _ in range(count - 1))
    with transaction.atomic():
        for _ in range(count - 1):
            write(events.SignedOut(account=account), Origin("127.0.0.1"))


Account.objects.bulk_create(everybody())
AppFactor.objects.bulk_create(app(number_of(identifier(number, "app"))) for number in range(PEOPLE))
KEYS = [identifier(number, "cle") for number in range(PEOPLE)]
Passkey.objects.bulk_create(passkey(number_of(name), credential(name)) for name in KEYS)
fill(ONE, 1)
fill(TWENTY, 20)
