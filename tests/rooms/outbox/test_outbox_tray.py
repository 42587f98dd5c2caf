"""The demonstration's tray: what it keeps, what its pages show, and that they exist nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from passavant.foundation.outbox.actions import deliver
from passavant.foundation.outbox.carriers import tray
from tests.rooms.outbox.conftest import Configure
from tests.rooms.outbox.trial import CODE, LINK, letter, posted, row, text

pytestmark = pytest.mark.django_db
HOME = "/demo/courrier/"


def sent(*messages: Any) -> list[str]:
    posted(*messages)
    while deliver():
        pass
    return tray.names()


def page(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_messages_are_files_that_only_their_owner_enters(tmp_path: Path) -> None:
    newest, oldest = sent(letter(), text())
    assert {Path(newest).suffix, Path(oldest).suffix} == {".eml", ".sms"}
    assert (tmp_path / "courrier").stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "courrier").glob(".*"))


def test_what_was_sent_is_read_again() -> None:
    mail, sms = (tray.read(name) for name in sorted(sent(letter(language="en"), text()), key=lambda n: n[-3:]))
    assert mail and sms
    assert (mail.to, mail.subject, mail.language) == ("lea@example.org", "Une note pour Léa", "en")
    assert mail.sender == "Passavant <ne-pas-repondre@localhost>"
    assert LINK in mail.text
    assert LINK in mail.html
    assert abs((mail.sent_at - timezone.now()).total_seconds()) < 60
    assert (sms.to, sms.language, sms.html) == ("+33639981234", "fr", "")
    assert sms.text.startswith(f"{CODE} est votre code")


@pytest.mark.parametrize(
    "name",
    [
        "../secrets/PASSAVANT_SECRET_KEY",
        "..",
        "/etc/passwd",
        "%2e%2e%2fx.eml",
        "x.eml",
        "20261122T140512-000000-0a1b2c3d.eml\n",
        "20261122T140512-000000-0a1b2c3d.eml/../../x.eml",
        "20261122T140512-000000-0a1b2c3d.eml",
    ],
)
def test_a_name_leads_nowhere_else(tmp_path: Path, client: Client, name: str) -> None:
    (tmp_path / "x.eml").write_text("Subject: not of the tray\n\nsecret")
    assert tray.read(name) is None
    assert client.get(f"{HOME}{name}/").status_code == 404


def test_the_page_shows_the_newest_first_with_text_and_links(client: Client) -> None:
    sent(letter("first@example.org"))
    sent(letter("second@example.org", context={"name": "<b>Léa</b>", "link": LINK}))
    sent(text())
    shown = page(client, HOME)
    assert shown.index("+33639981234") < shown.index("second@example.org") < shown.index("first@example.org")
    assert f"{CODE} est votre code de connexion Passavant" in shown
    assert f"@localhost #{CODE}" in shown
    assert f'href="{LINK}"' in shown
    assert "&lt;b&gt;Léa&lt;/b&gt;" in shown
    assert "<b>Léa" not in shown


def test_an_empty_tray_says_so(client: Client) -> None:
    assert "Aucun message pour l’instant" in page(client, HOME)


def test_the_pages_are_of_ten_messages(client: Client) -> None:
    sent(*(letter(f"p{number:02}@example.org") for number in range(23)))
    first, last = page(client, HOME), page(client, HOME, page="3")
    assert first.count("<article") == 10
    assert "Page 1 sur 3" in first.replace("\u00a0", " ")
    assert 'href="?page=2"' in first
    assert "Messages plus récents" not in first
    assert last.count("<article") == 3
    assert "Messages plus anciens" not in last
    assert page(client, HOME, page="../../").count("<article") == 10


def test_one_message_has_its_page_and_its_html_as_it_was_sent(client: Client) -> None:
    [name] = sent(letter(context={"name": "<script>alert(1)</script>", "link": LINK}))
    shown = page(client, f"{HOME}{name}/")
    assert "ne-pas-repondre@localhost" in shown
    assert "Voir la version HTML" in shown
    assert "<script>alert" not in shown
    answer = client.get(f"{HOME}{name}/", {"version": "html"})
    kept = tray.read(name)
    assert kept
    assert answer.content.decode() == kept.html
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


def test_an_sms_has_its_page_too(client: Client) -> None:
    [name] = sent(text())
    shown = page(client, f"{HOME}{name}/", version="html")
    assert "SMS au +33639981234" in shown
    assert "Voir la version HTML" not in shown


def test_the_tray_speaks_english_to_those_who_chose_it(client: Client, settings: Any) -> None:
    sent(letter(), text())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    shown = page(client, HOME)
    for words in ("Mail of the demonstration", "Text to +33639981234", "To lea@example.org", "Refresh"):
        assert words in shown
    assert "Courrier de la démonstration" not in shown


def test_the_tray_does_not_exist_outside_a_demonstration(client: Client, configure: Configure) -> None:
    [name] = sent(letter())
    paths = (HOME, f"{HOME}{name}/")
    assert all(resolve(path) for path in paths)  # the map of pages is drawn: the entry alone refuses from here on
    configure(env="production")
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_reading_changes_nothing_and_nothing_can_be_sent_there(client: Client) -> None:
    [name] = sent(letter())
    for path in (HOME, f"{HOME}{name}/"):
        assert client.head(path).status_code == 200
        for method in ("post", "put", "delete"):
            assert getattr(client, method)(path).status_code == 405
    assert tray.names() == [name]


def test_a_full_disk_delays_the_message(tmp_path: Path) -> None:
    (tmp_path / "courrier").write_text("a file where the folder should be")
    [message] = posted(letter())
    deliver()
    assert row(message).state == "waiting"
    assert row(message).reason.startswith("FileExistsError")
