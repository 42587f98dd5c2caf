"""The notice of a new device, and what is said when the house is busy."""

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.outbox.rendering import render_mail
from tests.people import PASSWORD, person
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    codes_sent,
    count_sent,
    facts,
    is_inside,
    resend,
    sign_in,
)

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def notice() -> tuple[str, str, str]:
    """Subject, text and HTML of the notice, as they will leave."""
    mime = render_mail(Outgoing.objects.get(channel="mail"), timezone.now()).mime
    text, html = mime.get_body(("plain",)), mime.get_body(("html",))
    assert text and html
    return mime["Subject"], text.get_content(), html.get_content()


@pytest.mark.parametrize(
    ("language", "subject", "device"),
    [
        ("fr", "Nouvelle connexion à votre compte", "Firefox sur Linux"),
        ("en", "New sign-in to your account", "Firefox on Linux"),
    ],
)
def test_the_notice_says_when_and_from_what(language: str, subject: str, device: str) -> None:
    person(language=language)
    sign_in(Client())
    sign_in(Client(headers={"user-agent": FIREFOX}), address="192.0.2.44")
    told, text, html = notice()
    assert told == subject
    for body in (text, html):
        assert "Léa Durand" in body
        assert device in body
        assert "192.0.2.44" in body
        assert "http://localhost:8000/ce-n-etait-pas-moi/psv_lnk_" in body


def test_l1_the_notice_stands_or_falls_with_the_sign_in() -> None:
    person()
    sign_in(Client())
    with patch("passavant.authentication.actions.telling.post", side_effect=RuntimeError), pytest.raises(RuntimeError):
        sign_in(Client())
    assert Session.objects.count() == 1
    assert len(facts("sign_in.completed")) == 1


def test_d8_when_no_hash_can_be_computed_the_answer_is_to_come_back(client: Client) -> None:
    person()
    with patch("passavant.accounts.actions.passwords._slots") as slots:
        slots.return_value.acquire.return_value = False
        answer = sign_in(client)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert not is_inside(client)


def test_an_old_hash_is_renewed_at_the_level_sms_too(client: Client) -> None:
    old = PBKDF2PasswordHasher().encode(PASSWORD, "selselselselsel", iterations=1000)
    person(sms=True, password=old)
    sign_in(client)
    assert Account.objects.get().password.startswith("argon2")
    assert client.post(CODE, {"code": codes_sent()[0]}).status_code == 303


def test_a_code_asked_while_another_tab_ended_the_sign_in_does_not_leave(client: Client) -> None:
    person(sms=True)
    sign_in(client)
    with patch("passavant.authentication.actions.codes._refusal") as allowed:
        allowed.side_effect = lambda *_: Session.objects.all().delete() and None
        answer = resend(client)
    assert answer.headers["Location"].startswith("/connexion/?raison=")
    assert count_sent() == 1
