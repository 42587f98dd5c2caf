"""J4: telephone numbers, overseas included."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passavant.foundation.values import NotAPhone, Phone

ANY_TEXT = st.text(st.characters())  # lone surrogates included
TYPED = st.text("0123456789 .+()-", min_size=4, max_size=20)


@pytest.mark.parametrize(
    ("typed", "e164", "country", "spaced"),
    [
        ("06 12 34 56 78", "+33612345678", "FR", "06 12 34 56 78"),
        ("06.12.34.56.78", "+33612345678", "FR", "06 12 34 56 78"),
        ("06\u00a012\u202f34-56\u201178", "+33612345678", "FR", "06 12 34 56 78"),
        ("\u202a+33 6 12 34 56 78\u202c", "+33612345678", "FR", "06 12 34 56 78"),
        ("+33 (0)6 12 34 56 78", "+33612345678", "FR", "06 12 34 56 78"),
        ("0033612345678", "+33612345678", "FR", "06 12 34 56 78"),
        ("06 39 98 12 34", "+33639981234", "FR", "06 39 98 12 34"),
        ("0692 12 34 56", "+262692123456", "RE", "06 92 12 34 56"),
        ("0639 69 12 34", "+262639691234", "YT", "06 39 69 12 34"),
        ("0690 12 34 56", "+590690123456", "GP", "06 90 12 34 56"),
        ("0694 12 34 56", "+594694123456", "GF", "06 94 12 34 56"),
        ("0696 12 34 56", "+596696123456", "MQ", "06 96 12 34 56"),
        ("87 12 34 56", "+68987123456", "PF", "+689 87 12 34 56"),
        ("+687 75 12 34", "+687751234", "NC", "+687 75.12.34"),
        ("+508 55 12 34", "+508551234", "PM", "+508 55 12 34"),
        ("+32 470 12 34 56", "+32470123456", "BE", "+32 470 12 34 56"),
    ],
)
def test_j4_a_mobile_is_read_wherever_it_is(typed: str, e164: str, country: str, spaced: str) -> None:
    phone = Phone.parse(typed)
    assert (phone.e164, phone.country, phone.spaced) == (e164, country, spaced)
    assert phone.can_receive_sms


@pytest.mark.parametrize(
    "typed",
    [
        "01 23 45 67 89",  # landline
        "0262 12 34 56",  # landline of Réunion
        "09 12 34 56 78",  # over the internet
        "0800 12 34 56",  # free of charge
        "0810 12 34 56",  # shared cost
        "0899 12 34 56",  # premium
        "+44 7640 123456",  # pager
        "+800 1234 5678",  # of no country
    ],
)
def test_j4_a_line_without_sms_is_a_phone_all_the_same(typed: str) -> None:
    assert not Phone.parse(typed).can_receive_sms


def test_j4_a_country_that_mixes_its_lines_may_receive_sms() -> None:
    assert Phone.parse("+1 202 555 0143").can_receive_sms


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "112",
        "3639",
        "06 12 34 56 7",
        "06 12 34 56 789",
        "+33 692 12 34 56",
        "+999 12 34 56 78",
        "0612AIDEZ0",
        "06 12 34 56 78 poste 2",
        "06 12 34 56 78;ext=2",
        "tel:+33612345678",
        "06 12 34 56 78 / 06 12 34 56 79",
        "+33612345678\x00",
        "06 12 34 56 78\ud800",
        "٠٦١٢٣٤٥٦٧٨",
        "0" * 5000,
    ],
)
def test_j4_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        Phone.parse(typed)


def test_a_number_of_two_territories_asks_for_its_country_code() -> None:
    with pytest.raises(NotAPhone):
        Phone.parse("75 12 34")
    assert Phone.parse("75 12 34", countries=("NC",)).e164 == "+687751234"


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("+33612345634", "06 •• •• •• 34"),
        ("+262692123456", "06 •• •• •• 56"),
        ("+32470123456", "+32 ••• •• •• 56"),
        ("+12025550143", "+1 •••-•••-••43"),
    ],
)
def test_a8_a_masked_number_keeps_its_kind_and_two_figures(typed: str, masked: str) -> None:
    assert Phone.parse(typed).masked == masked


@example("\x00\ud800")
@given(ANY_TEXT | TYPED)
def test_j4_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        phone = Phone.parse(text)
    except NotAPhone:
        return
    assert Phone.parse(phone.e164) == phone == Phone.parse(phone.spaced)
    assert phone.masked[-2:] == phone.e164[-2:]
    assert len(phone.masked) == len(phone.spaced)
