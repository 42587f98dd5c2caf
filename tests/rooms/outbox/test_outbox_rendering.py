"""What a recipient gets."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from passavant.foundation.outbox.actions import deliver
from passavant.foundation.outbox.rendering import Unfit, Unready, render_mail, render_sms
from passavant.foundation.outbox.rules import NotGsm7
from passavant.foundation.values import CannotOpen
from tests.rooms.outbox.conftest import Configure
from tests.rooms.outbox.post_office import PostOffice
from tests.rooms.outbox.trial import CODE, LINK, letter, posted, row, text

pytestmark = pytest.mark.django_db
NASTY = "<script>alert(1)</script> {{ 7 }} {% load x %} {0.__class__} L'Été"


def mail(**changes: Any) -> EmailMessage:
    return render_mail(row(posted(letter(**changes))[0]), timezone.now()).mime


def body(mime: EmailMessage, kind: str) -> str:
    part = mime.get_body((kind,))
    assert part
    return str(part.get_content())


def test_a_mail_has_text_first_and_html_after_both_quoted_printable(office: PostOffice) -> None:
    posted(letter())
    deliver()
    [received] = office.letters
    parts = list(received.mime.iter_parts())
    assert received.mime.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part["Content-Transfer-Encoding"] for part in parts] == ["quoted-printable"] * 2
    assert received.raw.isascii()
    assert max(map(len, received.raw.split(b"\r\n"))) <= 998  # RFC 5322 §2.1.1
    assert LINK in body(received.mime, "plain")
    assert f'href="{LINK}"' in body(received.mime, "html")


def test_the_headers_say_that_a_machine_wrote(configure: Configure, office: PostOffice) -> None:
    configure(site_name="Prodouane, portail", public_url="https://portail.example")
    [message] = posted(letter())
    deliver()
    mime = office.letters[0].mime
    assert mime["From"] == '"Prodouane, portail" <ne-pas-repondre@portail.example>'
    assert mime["To"] == "lea@example.org"
    assert mime["Subject"] == "Une note pour Léa"
    assert mime["Auto-Submitted"] == "auto-generated"
    assert mime["X-Auto-Response-Suppress"] == "All"
    assert mime["Content-Language"] == "fr"
    assert mime["Feedback-ID"] == "note:portail.example"
    assert mime["X-Entity-Ref-ID"] == str(message)
    assert mime["Message-ID"] == row(message).message_id
    assert mime["Message-ID"].endswith("@portail.example>")
    assert "List-Unsubscribe" not in mime
    assert mime["Date"].datetime.utcoffset() is not None


def test_each_message_id_is_its_own() -> None:
    first, second = posted(letter(), letter())
    assert row(first).message_id != row(second).message_id


def test_i2_i3_what_people_typed_is_inert_in_the_mail() -> None:
    mime = mail(context={"name": NASTY, "link": LINK})
    assert NASTY in body(mime, "plain")
    assert "<script>" not in body(mime, "html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }} {% load x %} {0.__class__} L&#x27;Été" in body(mime, "html")


def test_i1_a_name_adds_no_header_no_recipient_no_link(office: PostOffice) -> None:
    name = "Léa\r\nBcc: eve@example.net\r\n\r\nCompte bloqué : http://evil.example/login\u2028Cc: eve@example.net"
    posted(letter(context={"name": name, "link": LINK}))
    deliver()
    [received] = office.letters
    assert received.recipients == ["lea@example.org"]
    assert "Bcc" not in received.mime
    assert "Cc" not in received.mime
    assert len(received.mime["Subject"]) <= 150
    assert "http://evil.example" not in body(received.mime, "plain")
    assert "http://evil.example" not in body(received.mime, "html")


def test_a_mail_is_in_its_own_language() -> None:
    french, english = mail(language="fr"), mail(language="en")
    assert english["Content-Language"] == "en"
    assert '<html lang="fr"' in body(french, "html")
    assert '<html lang="en"' in body(english, "html")


def test_the_operator_may_name_the_sender(configure: Configure) -> None:
    configure(email_from="Douane <bonjour@douane.example>")
    assert mail()["From"] == "Douane <bonjour@douane.example>"
    configure(email_from="not an address")
    with pytest.raises(Unready):
        mail()


def test_a_mail_without_a_text_or_too_long_does_not_leave() -> None:
    with pytest.raises(Unfit):
        mail(template="probe/mails/empty")
    with pytest.raises(Unfit):
        mail(context={"name": "é" * 8000, "link": "x" * 100})
    assert mail(context={"name": "é" * 100, "link": "x" * 100})


def test_a_context_sealed_by_another_key_does_not_open(configure: Configure) -> None:
    [message] = posted(letter())
    configure(secret_key=("another key of thirty-two characters or more",))
    with pytest.raises(CannotOpen):
        render_mail(row(message), timezone.now())


def test_a_new_key_opens_what_the_old_one_sealed(configure: Configure, settings: Any) -> None:
    [message] = posted(letter())
    configure(secret_key=("another key of thirty-two characters or more", *settings.PASSAVANT.secret_key))
    assert render_mail(row(message), timezone.now())


def test_an_sms_is_one_part_of_gsm7() -> None:
    sms = render_sms(row(posted(text())[0]), timezone.now())
    assert sms.text.startswith(f"{CODE} est votre code de connexion Passavant, valable 10 minutes.")
    assert sms.text.endswith(f"\n\n@localhost #{CODE}")
    for words, refusal in (("ç’est", NotGsm7), ("a" * 161, Unfit), ("[" * 81, Unfit), (" ", Unfit)):
        [message] = posted(text(template="probe/sms/words", context={"words": words}))
        with pytest.raises(refusal):
            render_sms(row(message), timezone.now())
