"""Hash and verify, a bounded number at once: hashing is what a sign-in costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import check_password, get_hasher, identify_hasher, is_password_usable, make_password

from passavant.accounts.models import Account
from passavant.accounts.rules.passwords import nfc, unfit
from passavant.foundation.values import ServiceBusy

WAIT, RETRY = 1.0, 2  # seconds: for a slot; told to whom got none
# A hash of nobody's password, with the parameters of `Argon2id` (a test compares): verified when there is no account.
NOBODY = (
    "argon2$argon2id$v=19$m=19456,t=2,p=1$ZHo3Y05hMmQ4aEhwU0Q0Y0JVdXVocg$Z78zOSoql7b709J4W9Kah0hdPFPiLMibpFIb0rhdC4k"
)


def hashed(password: str) -> str:
    """The password as it is stored.

    Raises:
        ServiceBusy: no slot came free; nothing was computed.
        ValueError: unfit for hashing, which the policy refuses before.
    """
    if unfit(password):
        raise ValueError("the policy refuses such a password")
    with _slot():
        return make_password(nfc(password))


def matches(password: str, account: Account | None) -> bool:
    """Whether this is the account's password; costs the same without an account or without a password.

    Raises:
        ServiceBusy: no slot came free; nothing was computed.
    """
    if unfit(password):
        return False
    known = account.password if account else ""
    usable = is_password_usable(known) and known != ""
    with _slot():
        right = check_password(nfc(password), known if usable else NOBODY)
    return right and usable


def needs_rehash(encoded: str) -> bool:
    """Whether the hash was made with other costs or another algorithm than today's."""
    preferred = get_hasher()
    return identify_hasher(encoded).algorithm != preferred.algorithm or preferred.must_update(encoded)


@cache
def _slots() -> BoundedSemaphore:
    return BoundedSemaphore(settings.PASSAVANT.hash_slots)


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots().acquire(timeout=WAIT):
        raise ServiceBusy(retry_after=RETRY)
    try:
        yield
    finally:
        _slots().release()
