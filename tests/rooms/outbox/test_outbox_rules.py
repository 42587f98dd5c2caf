"""When to try again, what fits an SMS, what may be told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passavant.foundation.outbox.rules import (
    BATCH,
    GSM7,
    GSM7_ESCAPED,
    LEASE,
    NotGsm7,
    backoff,
    inert,
    one_line,
    septets,
    sms_sender,
    tellable,
)

OURS = "https://portail.example"


def test_the_wait_grows_to_hours_and_about_a_day_is_tried() -> None:
    waits = [backoff(attempt) for attempt in range(1, 15)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=10)
    assert waits[-1] == timedelta(hours=8)
    assert timedelta(hours=18) < sum(waits[:13], timedelta()) < timedelta(hours=28)
    assert backoff(10_000) == timedelta(hours=8)


def test_a_lease_outlasts_a_batch_and_one_slow_send() -> None:
    assert LEASE > BATCH + 8 * timedelta(seconds=10)


def test_gsm7_holds_128_characters_less_the_escape() -> None:
    assert len(GSM7) == 127
    assert not GSM7 & GSM7_ESCAPED


@pytest.mark.parametrize(("text", "length"), [("é è à ù É @", 11), ("[ok] €", 9), ("a\nb", 3), ("", 0)])
def test_septets_are_counted(text: str, length: int) -> None:
    assert septets(text) == length


@pytest.mark.parametrize("character", ["ê", "ç", "ô", "’", "«", "»", "–", "\u00a0", "\u202f", "•", "😀"])
def test_characters_of_no_gsm7_are_named(character: str) -> None:
    with pytest.raises(NotGsm7, match=f"U\\+{ord(character):04X}"):
        septets(f"code {character}")


@pytest.mark.parametrize(
    "typed",
    [
        "http://evil.example/a",
        "//evil.example/a",
        f"{OURS}.evil.example/",
        f"{OURS}@evil.example/",
        "WWW.evil.example",
        "evil.example/login",
    ],
)
def test_i1_a_name_cannot_become_a_link(typed: str) -> None:
    shown = inert(f"Cliquez {typed} vite", OURS)
    assert typed not in shown
    assert shown.replace("\u2060", "") == f"Cliquez {typed} vite"


@pytest.mark.parametrize(
    "value",
    [f"{OURS}/activation/psv_lnk_a.b/", OURS, "lea.durand", "M. L'Été-Durand", "lea@example.org", "S.A.R.L. Été"],
)
def test_our_links_and_plain_words_are_untouched(value: str) -> None:
    assert inert(value, OURS) == value


def test_i1_nothing_breaks_a_line_nor_reverses_it() -> None:
    assert one_line("a\r\nBcc: b\u2028c\x85d\x0be\x00f\u202eg\u2066h") == "a Bcc: b c d efgh"


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_reasons_quote_no_address_no_number_no_secret() -> None:
    said = "550 5.1.1 <lea@example.org>: unknown +33639981234 482915 psv_lnk_AbC-_9 " + "x" * 500
    told = tellable(said)
    assert told.startswith("550 5.1.1 <…>: unknown")
    assert len(told) == 200
    for secret in ("lea", "example.org", "639981234", "482915", "AbC"):
        assert secret not in told


@pytest.mark.parametrize(
    ("site", "sender"), [("Passavant", "Passavant"), ("prodou@ne", "prodoune"), ("La Douane à l’heure", "LaDouanelhe")]
)
def test_the_sender_of_an_sms_is_at_most_eleven_plain_characters(site: str, sender: str) -> None:
    assert sms_sender(site) == sender
