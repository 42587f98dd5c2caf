"""What a password costs, and that there is room for it."""

import threading
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher, make_password

from passavant.accounts.actions import passwords
from passavant.accounts.actions.passwords import NOBODY, hashed, matches, needs_rehash
from passavant.accounts.models import Account
from passavant.foundation.values import ServiceBusy
from tests.people import ENCODED, PASSWORD

LEA = Account(password=ENCODED)


def test_a_hash_is_argon2id_with_the_costs_of_owasp() -> None:
    assert hashed(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_rehash(ENCODED)


def test_a_stored_password_matches_as_typed_and_only_so() -> None:
    assert matches(PASSWORD, LEA)
    assert not matches(PASSWORD + " ", LEA)
    assert not matches(PASSWORD.swapcase(), LEA)


def test_two_ways_to_write_one_letter_are_one_password() -> None:
    assert matches("E\u0301te\u0301-Indien 9", Account(password=hashed("\u00c9t\u00e9-Indien 9")))


@pytest.mark.parametrize(
    "password", ["x" * 73 + "A", "🦊" * 64, "é" * 128, "Z" * 256], ids=["73", "emoji", "accents", "256"]
)
def test_d9_long_passwords_work_and_their_end_matters(password: str) -> None:
    account = Account(password=hashed(password))
    assert matches(password, account)
    assert not matches(password[:-1] + "!", account)


def test_d9_a_longer_one_is_refused_before_it_costs_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "check_password", lambda *_: pytest.fail("a hash was paid"))
    assert not matches("Z" * 257, LEA)
    assert not matches("Z" * 60_000, None)
    assert not matches("\ud800", LEA)
    with pytest.raises(ValueError, match="policy"):
        hashed("Z" * 257)


def test_nobody_has_a_hash_of_the_same_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    verified = list[str]()

    def verifying(_password: str, encoded: str) -> bool:
        verified.append(encoded)
        return True

    monkeypatch.setattr(passwords, "check_password", verifying)
    assert not matches(PASSWORD, None)
    assert not matches(PASSWORD, Account(password=""))
    assert not matches(PASSWORD, Account(password=make_password(None)))
    assert verified == [NOBODY] * 3
    assert not needs_rehash(NOBODY)
    assert get_hasher().decode(NOBODY)["memory_cost"] == 19_456


def test_an_older_hash_is_to_be_made_anew() -> None:
    old = make_password(PASSWORD, hasher="pbkdf2_sha256")
    assert needs_rehash(old)
    assert matches(PASSWORD, Account(password=old))
    assert needs_rehash(ENCODED.replace("t=2", "t=1"))


def test_work_beyond_the_slots_is_refused_before_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(passwords, "_slots", lambda: slots)
    monkeypatch.setattr(passwords, "WAIT", 0.01)
    monkeypatch.setattr(passwords, "check_password", lambda *_: pytest.fail("a hash was paid"))
    with slots, pytest.raises(ServiceBusy) as busy:
        matches(PASSWORD, LEA)
    assert busy.value.retry_after == 2


def test_a_slot_is_given_back_even_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> bool:
        raise MemoryError

    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(passwords, "_slots", lambda: slots)
    monkeypatch.setattr(passwords, "check_password", fails)
    for _ in range(3):
        with pytest.raises(MemoryError):
            matches(PASSWORD, LEA)
    assert slots.acquire(blocking=False)
