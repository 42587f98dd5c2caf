"""J4: company numbers, La Poste's own rule included."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passavant.foundation.values import NotACompanyNumber, Siren, Siret, parse_company_number

ANY_TEXT = st.text(st.characters())  # lone surrogates included
DIGITS = st.text("0123456789", min_size=9, max_size=14)


@pytest.mark.parametrize(
    "typed",
    [
        "73282932000074",
        "732 829 320 00074",
        "732.829.320.00074",
        "732\u00a0829\u202f320 00074\n",
        "\u202a73282932000074\u202c",
    ],
)
def test_j4_a_siret_is_read_however_it_is_spaced(typed: str) -> None:
    assert Siret.parse(typed) == Siret("73282932000074")


def test_j4_a_siret_knows_its_company() -> None:
    siret = Siret.parse("73282932000074")
    assert siret.siren == Siren.parse("732 829 320")
    assert (siret.spaced, siret.siren.spaced) == ("732 829 320 00074", "732 829 320")


@pytest.mark.parametrize("typed", ["35600000049837", "35600000000048", "356000000"])
def test_j4_la_poste_counts_its_offices_its_own_way(typed: str) -> None:
    assert parse_company_number(typed).digits == typed


def test_j4_the_rule_of_la_poste_is_nobody_elses() -> None:
    with pytest.raises(NotACompanyNumber):
        Siret.parse("73282932000015")  # its digits add up to 42, its key is wrong
    with pytest.raises(NotACompanyNumber):
        Siret.parse("35600000049838")


@pytest.mark.parametrize(
    ("typed", "reason", "digits"),
    [
        ("", "length", 0),
        ("7328293", "length", 7),
        ("732829320 0007", "length", 13),
        ("732829321", "key", 9),
        ("73282932000075", "key", 14),
        ("000000000", "key", 9),
        ("00000000000000", "key", 14),
        ("73282932O", "chars", 8),
        ("FR40732829320", "chars", 11),
        ("７３２８２９３２０", "chars", 0),
        ("732829320\x00", "chars", 9),
    ],
)
def test_j4_a_refusal_says_why_and_how_many_digits_came(typed: str, reason: str, digits: int) -> None:
    with pytest.raises(NotACompanyNumber) as refusal:
        parse_company_number(typed)
    assert (refusal.value.reason, refusal.value.digits) == (reason, digits)


def test_a_siren_is_no_siret() -> None:
    for parse, typed in ((Siret.parse, "732829320"), (Siren.parse, "73282932000074")):
        with pytest.raises(NotACompanyNumber, match="length"):
            parse(typed)


@example("\x00\ud800")
@given(ANY_TEXT | DIGITS)
def test_any_text_is_a_company_number_or_refused(text: str) -> None:
    try:
        number = parse_company_number(text)
    except NotACompanyNumber:
        return
    assert parse_company_number(number.spaced) == number


@given(st.integers(0, 8), st.integers(1, 9))
def test_j4_one_wrong_digit_is_always_noticed(place: int, shift: int) -> None:
    right = "732829320"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(NotACompanyNumber, match="key"):
        Siren.parse(wrong)
