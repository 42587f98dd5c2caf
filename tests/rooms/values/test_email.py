"""I1: one recipient, no header, no disguise."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passavant.foundation.values import Email, NotAnEmail, suggestion

ANY_TEXT = st.text(st.characters())  # lone surrogates included
ADDRESSLIKE = st.from_regex(r"\A[\w.+'-]{1,12}@[\w.-]{1,16}\.[\w]{1,6}\Z")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("lea@negoce.example", "lea@negoce.example"),
        ("\u00a0 Lea.Martin@Negoce.EXAMPLE \n", "Lea.Martin@negoce.example"),
        ("o'neill+douane@a-b.example", "o'neill+douane@a-b.example"),
        ("l@sub.domain.co.example", "l@sub.domain.co.example"),
        ("lea@société.example", "lea@xn--socit-esab.example"),
        ("lea@xn--socit-esab.example", "lea@xn--socit-esab.example"),
    ],
)
def test_an_address_is_read_and_its_domain_put_in_its_plain_form(typed: str, address: str) -> None:
    assert Email.parse(typed).address == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lea",
        "lea@",
        "@negoce.example",
        "lea@negoce",
        "lea@@negoce.example",
        "lea@negoce..example",
        "lea@.negoce.example",
        "lea@negoce.example.",
        ".lea@negoce.example",
        "lea.@negoce.example",
        "le..a@negoce.example",
        "lea@-negoce.example",
        "lea@negoce-.example",
        "lea@127.0.0.1",
        "lea@[127.0.0.1]",
        "le a@negoce.example",
        "léa@negoce.example",
        "lea@faß.example",
        "a" * 65 + "@negoce.example",
        "lea@" + "a" * 64 + ".example",
        "lea@" + "a." * 125 + "example",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAnEmail):
        Email.parse(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "lea@negoce.example\r\nBcc: all@negoce.example",
        "lea\r\nBcc: all@negoce.example",
        "lea@negoce.example\nall@negoce.example",
        "lea%0aBcc:all@negoce.example",
        "lea%other.example@negoce.example",
        "other.example!lea@negoce.example",
        "lea@negoce.example\u2028Bcc: all@negoce.example",
        "lea\u2028@negoce.example",
        "lea@negoce.example,all@negoce.example",
        "lea@negoce.example;all@negoce.example",
        "lea,all@negoce.example",
        "Douane <lea@negoce.example>",
        '"Douane <all@negoce.example>" lea@negoce.example',
        '"lea"@negoce.example',
        "lea(all)@negoce.example",
        "lea@negoce.example\x00",
        "lea@nego\x00ce.example",
        "lea@negoce.example\u202e",
        "lea@neg\u200boce.example",
        "lea\ud800@negoce.example",
        "lea@nego\ud800ce.example",
        "lea@℀.example",
        "lea@all＠negoce.example",
        "lea＠negoce.example",
        "\u212aea@negoce.example",
    ],
)
def test_i1_no_second_recipient_no_header_no_disguise(typed: str) -> None:
    with pytest.raises(NotAnEmail):
        Email.parse(typed)


def test_two_cases_are_one_person() -> None:
    assert Email.parse("LEA@Negoce.example").key == Email.parse("lea@negoce.EXAMPLE").key == "lea@negoce.example"


def test_an_address_shows_little_of_itself() -> None:
    email = Email.parse("lea@Example.org")
    assert (email.domain, email.masked) == ("example.org", "l•••@example.org")


@example("\x00\ud800")
@given(ANY_TEXT | ADDRESSLIKE)
def test_i1_any_text_is_one_plain_address_or_refused(text: str) -> None:
    try:
        email = Email.parse(text)
    except NotAnEmail:
        return
    assert email.address.isascii() and email.address.isprintable() and email.address.count("@") == 1
    assert not set(' ,;:<>()[]"\\%!').intersection(email.address) and len(email.address) <= 254
    assert Email.parse(email.address) == email and Email.parse(email.key).key == email.key


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("wanadou.fr", "wanadoo.fr"),
        ("laposte.ent", "laposte.net"),
    ],
)
def test_a_slip_of_the_keyboard_is_pointed_out(domain: str, meant: str) -> None:
    assert suggestion(Email.parse(f"Lea@{domain}")) == f"Lea@{meant}"


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "hotmail.fr", "mail.com", "ymail.com", "email.com", "fret.fr", "laposte.fr", "negoce.example"],
)
def test_a_real_domain_is_left_alone(domain: str) -> None:
    assert suggestion(Email.parse(f"lea@{domain}")) is None
