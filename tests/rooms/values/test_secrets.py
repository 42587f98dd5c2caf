"""Digests, tokens and encryption at rest."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passavant.foundation.values import CannotOpen, Cipher, ServiceBusy, digest, keyed_digest, random_token

ANY_TEXT = st.text(st.characters())  # lone surrogates included
OLD, NEW = "o" * 32, "n" * 32


def test_digests_are_the_published_ones() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    quick = keyed_digest("key", "The quick brown fox jumps over the lazy dog")
    assert quick == "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"


@example("\x00\ud800")
@given(ANY_TEXT)
def test_any_text_has_its_digests(text: str) -> None:
    assert len(digest(text)) == len(keyed_digest(OLD, text)) == 64
    assert keyed_digest(OLD, text) != keyed_digest(NEW, text)


def test_b9_ten_thousand_tokens_without_a_repeat() -> None:
    tokens = {random_token("psv_lnk_") for _ in range(10_000)}
    assert len(tokens) == 10_000
    assert all(len(token) == len("psv_lnk_") + 43 for token in tokens)


@given(st.binary(max_size=200))
def test_what_is_sealed_is_opened(plain: bytes) -> None:
    cipher = Cipher((NEW,), purpose="outbox")
    sealed = cipher.seal(plain)
    assert cipher.open(sealed) == cipher.open(memoryview(sealed)) == plain
    assert plain not in sealed or len(plain) < 4


def test_a_new_key_opens_what_the_old_one_sealed_and_seals_from_now_on() -> None:
    sealed = Cipher((OLD,), purpose="outbox").seal(b"code")
    ring = Cipher((NEW, OLD), purpose="outbox")
    assert ring.open(sealed) == b"code"
    assert Cipher((NEW,), purpose="outbox").open(ring.seal(b"code")) == b"code"


@pytest.mark.parametrize(
    "sealed",
    [Cipher((OLD,), purpose="other").seal(b"code"), b"", b"gAAAA", b"\xff\x00", b"A" * 120],
    ids=["another purpose", "nothing", "too short", "not text", "not sealed"],
)
def test_another_purpose_key_or_text_opens_nothing(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        Cipher((OLD,), purpose="outbox").open(sealed)
    with pytest.raises(CannotOpen):
        Cipher((NEW,), purpose="outbox").open(Cipher((OLD,), purpose="outbox").seal(b"code"))


def test_an_altered_byte_is_noticed() -> None:
    sealed = bytearray(Cipher((OLD,), purpose="outbox").seal(b"code"))
    sealed[20] ^= 1
    with pytest.raises(CannotOpen):
        Cipher((OLD,), purpose="outbox").open(bytes(sealed))


def test_busy_says_when_to_come_back() -> None:
    assert ServiceBusy(retry_after=3).retry_after == 3
