"""One person, one identifier, however it is typed."""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passavant.foundation.values import Email, Identifier, NotAnIdentifier, identifier_key

ANY_TEXT = st.text(st.characters())  # lone surrogates included


def test_an_identifier_keeps_its_case_and_is_told_apart_without_it() -> None:
    identifier = Identifier.parse(" Lea.Martin_2-b\u00a0")
    assert (identifier.text, identifier.key) == ("Lea.Martin_2-b", "lea.martin_2-b")


@pytest.mark.parametrize("typed", ["LEA.MARTIN", " lea.martin ", "ｌｅａ．ｍａｒｔｉｎ", "lea.martin\u3000"])
def test_case_blanks_and_unicode_form_make_no_other_person(typed: str) -> None:
    assert Identifier.parse(typed).key == identifier_key(typed) == "lea.martin"


@pytest.mark.parametrize(
    ("typed", "reason", "chars"),
    [
        ("", "short", ""),
        ("abcde", "short", ""),
        ("a" * 31, "long", ""),
        ("léa martin, léa", "chars", "é ,"),
        ("lea@negoce.example", "chars", "@"),
        ("l\u0435a.martin", "chars", "\u0435"),  # Cyrillic е
        ("l\u0435\u0430.m\u0430rtin", "chars", "\u0435\u0430"),
        ("lea\u200b.martin", "chars", "\u200b"),
        ("lea.martin\x00", "chars", "\x00"),
        ("lea.martin\ud800", "chars", "\ud800"),
        ("lea\u0131sh", "chars", "\u0131"),  # Turkish ı
    ],
)
def test_a_refusal_says_why_and_what_to_remove(typed: str, reason: str, chars: str) -> None:
    with pytest.raises(NotAnIdentifier) as refusal:
        Identifier.parse(typed)
    assert (refusal.value.reason, refusal.value.chars) == (reason, chars)


@pytest.mark.parametrize("typed", ["abcdef", "a" * 30])
def test_six_to_thirty_characters(typed: str) -> None:
    assert Identifier.parse(typed).text == typed


def test_a_typed_email_is_looked_for_as_it_is_stored() -> None:
    assert identifier_key(" Lea@Société.EXAMPLE ") == Email.parse("lea@société.example").key


@example("\x00\ud800")
@given(ANY_TEXT | st.from_regex(r"\A\s*[\w.-]{6,30}\s*\Z"))
def test_any_text_is_an_identifier_or_refused_and_always_has_a_key(text: str) -> None:
    key = identifier_key(text)
    assert identifier_key(key) == key == identifier_key(normalize("NFD", text))
    assert "\x00" not in key
    assert key.encode().decode() == key
    try:
        identifier = Identifier.parse(text)
    except NotAnIdentifier:
        return
    assert Identifier.parse(identifier.text) == identifier
    assert identifier_key(identifier.text) == identifier.key == identifier_key(text)
