"""The letters as they leave: complete without HTML, light, inert, in the person's language (issue, §3; I1–I3)."""

from email.message import EmailMessage
from html import escape

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from passavant.accounts import mails as letters
from passavant.accounts.models import Account
from passavant.accounts.rules.devices import spoken
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Email, Origin
from tests.people import person
from tests.rooms.accounts.samples import HERE, ago
from tests.rooms.accounts.visitor import html_of, link_in, mails, text_of

pytestmark = pytest.mark.django_db
TO = "lea.durand@example.org"
TOKEN = "psv_lnk_" + "A" * 43
LETTERS = {
    "activation": lambda a: letters.activation(a, TOKEN, HERE),
    "activation_reminder": lambda a: letters.activation_reminder(a, TOKEN, ago(days=-23)),
    "already_signed_up": lambda a: letters.already_signed_up(a, "sign_up", HERE),
    "already_active": lambda a: letters.already_signed_up(a, "link", HERE),
    "already_claimed": lambda a: letters.already_signed_up(a, "email", HERE),
    "suspended": lambda a: letters.suspended(a, HERE),
    "confirm_address": lambda a: letters.confirm_address(a, Email.parse(TO), TOKEN, HERE),
    "address_changing": lambda a: letters.address_changing(a, Email.parse("neuf@example.org"), TOKEN, HERE),
    "password_changed": lambda a: letters.password_changed(a, TOKEN, HERE),
    "mobile_changed": lambda a: letters.mobile_changed(a, TOKEN, HERE),
    "account_closed": lambda a: letters.account_closed(a, HERE),
}


def sent(name: str, account: Account) -> EmailMessage:
    with transaction.atomic():
        post(LETTERS[name](account))
    return mails(TO)[-1]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_whole_light_and_loads_nothing(name: str, language: str) -> None:
    mail = sent(name, person(language=language, suspended=name == "suspended"))
    text, html = text_of(mail), html_of(mail)
    assert mail["Content-Language"] == language
    assert 2_000 < len(mail.as_bytes()) < 7_500
    for body in (text, html):
        assert {"fr": "L’équipe Passavant", "en": "The Passavant team"}[language] in body
        assert {"fr": "Bonjour Léa Durand,", "en": "Hello Léa Durand,"}[language] in body
        assert "http://localhost:8000/" in body
        assert "{{" not in body
        assert "None" not in body
    assert [mark for mark in ("<img", "<script", "src=", "url(", "@import") if mark in html] == []
    assert ("psv_lnk_" in text) == ("psv_lnk_" in html)


def test_the_activation_letter_is_the_one_of_the_guide() -> None:
    mail = sent("activation", person(pending=True, email=TO))
    assert 4_000 <= len(mail.as_bytes()) <= 7_000
    assert mail["Subject"] == "Activez votre compte Passavant"
    assert link_in(mail) == f"/activation/{TOKEN}/"
    assert "Ce lien est valable 24 heures, jusqu’au" in text_of(mail)
    assert "depuis Firefox sur Windows." in text_of(mail)
    assert "192.0.2.1" not in text_of(mail)  # the address is not proved: it may be a stranger's
    assert "192.0.2.1" in text_of(sent("password_changed", person(email=TO)))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}}", "{% load x %}", "{0.__class__}", "%(name)s", "O’Brien & Fils"]
)
def test_i2_i3_a_name_is_written_as_it_is(name: str) -> None:
    mail = sent("activation", person(last_name=name, first_name=""))
    assert f"Bonjour {name}," in text_of(mail)
    assert f"Bonjour {escape(name)}," in html_of(mail)


@pytest.mark.parametrize("name", ["Léa\r\nBcc: x@evil.example", "Léa\u2028Bcc: x@evil.example", "Léa, x@evil.example"])
def test_i1_a_name_makes_no_header_and_no_recipient(name: str) -> None:
    mail = sent("activation", person(first_name=name, last_name=""))
    assert (mail["To"], mail["Bcc"], mail["Cc"]) == (TO, None, None)
    assert all("evil" not in str(value) for value in mail.values())


def test_i1_a_name_too_long_to_be_one_is_not_a_message_we_carry() -> None:
    mail = sent("activation", person(first_name="Gagnez un voyage, appelez vite le", last_name="0899 00 00 00 " * 5))
    assert "voyage" not in mail.as_string()
    assert "Bonjour,\n" in text_of(mail)


def test_i1_a_name_is_no_link() -> None:
    text = text_of(sent("activation", person(first_name="", last_name="https://evil.example/x")))
    assert "https://evil.example" not in text


def test_support_is_named_where_it_helps(settings: Settings) -> None:
    reached = {"support_phone": "01 23 45 67 89", "support_email": "aide@example.org"}
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update=reached)
    assert "01 23 45 67 89" in text_of(sent("suspended", person(suspended=True)))


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sur Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge sur Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari sur iPhone"),
        ("curl/8.0", "un appareil inconnu"),
        ("Mozilla/5.0 (Linux; Android 16)", "Android"),
        ("", "un appareil inconnu"),
    ],
)
def test_a_device_is_named_in_plain_words(agent: str, said: str) -> None:
    assert spoken(agent) == said
    assert Origin("", agent).agent == agent
