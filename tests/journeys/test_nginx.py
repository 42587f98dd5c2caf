"""The nginx configuration we ship, on its own: what it hands on to the web, and what it says when there is none."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.authority import DAY, Authority, Card
from tests.front import Browser, Front, Place
from tests.stack import free_port

PRESENT, SPACE = "/certificat/", "/espace/"
FORGED = {
    "X-SSL-Verify": "SUCCESS",
    "X-SSL-Cert": "forged",
    "X_SSL_Verify": "SUCCESS",
    "X_SSL_Cert": "forged",
    "X-Forwarded-For": "127.0.0.1, 192.0.2.7",
}
OTHERS = Authority("Autre")


class Echo(BaseHTTPRequestHandler):
    """A web that answers with the headers it received."""

    def do_GET(self) -> None:
        body = json.dumps([[name.lower(), value] for name, value in self.headers.items()]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def people() -> Authority:
    return Authority("Autorité des personnes")


def started(folder: Path, web: int, people: Authority) -> Front:
    port = free_port()
    return Front(folder, web, Place("portail.test", port), Place("certificats.portail.test", port), people)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, people: Authority) -> Iterator[Front]:
    web = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    running = started(tmp_path_factory.mktemp("front"), web.server_port, people)
    yield running
    running.stop()
    web.shutdown()
    web.server_close()


def received(front: Front, url: str, card: Card | None = None) -> dict[str, str]:
    """The headers that tell something, as the web had them; none of them twice."""
    pairs = json.loads(Browser(front, card).ask(url, headers=FORGED).page)
    told = [pair for pair in pairs if pair[0].startswith("x")]
    assert len({name for name, _ in told}) == len(told)
    return dict(told)


@pytest.mark.parametrize("path", [PRESENT, SPACE])
def test_e10_nothing_is_said_of_certificates_on_the_portal(front: Front, people: Authority, path: str) -> None:
    for card in (None, people.issue()):
        told = received(front, front.portal.url + path, card)
        assert told == {"x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https"}


def test_e10_on_their_host_only_nginx_speaks(front: Front, people: Authority) -> None:
    url, card = front.certificates.url + PRESENT, people.issue()
    assert "x-ssl-cert" not in (told := received(front, url))
    assert told["x-ssl-verify"] == "NONE"
    told = received(front, url, card)
    assert (told["x-ssl-verify"], unquote(told["x-ssl-cert"]).encode()) == ("SUCCESS", card.pem)


@pytest.mark.parametrize(
    ("card", "verdict"),
    [
        (OTHERS.issue(), "FAILED:unable to verify the first certificate"),
        (None, "NONE"),
        ("expired", "FAILED:certificate has expired"),
    ],
    ids=["other", "none", "expired"],
)
def test_e10_what_nginx_refuses_is_handed_on_with_the_reason(
    front: Front, people: Authority, card: Card | str | None, verdict: str
) -> None:
    shown = people.issue(starts=-9 * DAY, ends=-DAY) if isinstance(card, str) else card
    assert received(front, front.certificates.url + PRESENT, shown)["x-ssl-verify"] == verdict


def test_i18_one_name_in_the_handshake_and_another_in_the_request_is_misdirected(front: Front) -> None:
    browser = Browser(front)
    answer = browser.ask(front.portal.url + PRESENT, headers={"Host": front.certificates.host} | FORGED)
    assert answer.status == 421


def test_when_the_web_is_away_nginx_says_so_in_french(tmp_path: Path, people: Authority) -> None:
    front = started(tmp_path, free_port(), people)
    try:
        for url in (front.portal.url + SPACE, f"{front.certificates.url}{PRESENT}"):
            for card in (None, Authority("Autre").issue()):
                answer = Browser(front, card).ask(url)
                assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
                assert "Service momentanément indisponible" in answer.page
    finally:
        front.stop()
