"""Certificates through a real nginx, started on the configuration we ship, with the real web behind it (E10, E5)."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.authority import DAY, HOUR, SERVER, Authority, Card
from tests.cluster import Cluster
from tests.front import Browser, Front, Place
from tests.stack import Stack, free_port

PAGE, ENROLMENT, PRESENT, SPACE = (
    "/connexion/certificat/",
    "/connexion/enrolement/certificat/",
    "/certificat/",
    "/espace/",
)


@pytest.fixture(scope="module")
def people() -> Authority:
    return Authority("Autorité des personnes")


@pytest.fixture(scope="module")
def stack(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, people: Authority) -> Iterator[Stack]:
    cluster = Cluster() if pytestconfig.getoption("--database") == "postgresql" else None
    folder, port = tmp_path_factory.mktemp("web"), free_port()
    running = Stack(
        folder,
        cluster.url if cluster else "",
        PASSAVANT_SECRET_KEY="a-key-behind-nginx-and-for-nothing-else",
        PASSAVANT_PUBLIC_URL=f"https://portail.test:{port}",
        PASSAVANT_CERTIFICATE_URL=f"https://certificats.portail.test:{port}",
        PASSAVANT_CERTIFICATE_CRL=str(folder / "front" / "revoked.pem"),
        PASSAVANT_TRUSTED_PROXIES="127.0.0.1",
        PASSAVANT_LEVELS="password,sms,totp,passkey,certificate",
    )
    running.front_port = port  # type: ignore[attr-defined]
    try:
        running.command("demo")
        running.start(worker=False)
        yield running
    finally:
        running.stop()
        if cluster:
            cluster.stop()


@pytest.fixture(scope="module")
def started(stack: Stack, people: Authority) -> Iterator[Front]:
    """One port for both hosts, told apart by the name in the handshake, as in production."""
    folder, port = stack.var / "front", stack.front_port  # type: ignore[attr-defined]
    folder.mkdir()
    places = Place("portail.test", port), Place("certificats.portail.test", port)
    running = Front(folder, stack.port, *places, people)
    yield running
    running.stop()


@pytest.fixture
def front(started: Front) -> Front:
    """Nothing is revoked."""
    if started.crl.read_bytes() != (good := started.clients.revoked()):
        started.crl.write_bytes(good)
        started.reload()
    return started


@pytest.fixture(scope="module")
def camille(started: Front, people: Authority) -> Card:
    """Her certificate, added through the portal, where she is of the level « password »."""
    card = people.issue("Camille Martin")
    browser = Browser(started, card)
    browser.sign_in()
    assert browser.shows(ENROLMENT).location == "/espace/securite/?fait=certificat"
    return card


def last_refusal(stack: Stack) -> str:
    script = (
        "import django; django.setup(); from passavant.foundation.audit.models import Event;"
        "print(Event.objects.filter(name='certificate.refused').order_by('-pk')[0].data)"
    )
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=stack.environ, capture_output=True, text=True, check=True).stdout


def test_e10_the_linked_certificate_enters_through_nginx(front: Front, camille: Card) -> None:
    browser = Browser(front, camille)
    assert browser.shows().location == SPACE
    assert browser.is_inside()
    assert set(browser.cookies[front.certificates.host]) == set(), "no cookie on that host"


@pytest.mark.parametrize(
    "case",
    [
        ("none", "none"),
        ("expired", "expired"),
        ("early", "early"),
        ("other", "issuer"),
        ("revoked", "revoked"),
        ("server", "usage"),
        ("without use", "usage"),
        ("stranger", "unknown"),
        ("namesake", "unknown"),
        ("same number", "mismatch"),
    ],
    ids=" ".join,
)
def test_e10_every_other_is_refused_in_french_and_its_cause_is_kept(
    front: Front, camille: Card, stack: Stack, people: Authority, case: tuple[str, str]
) -> None:
    kind, why = case
    browser = Browser(front, _card(kind, people, camille))
    if kind == "revoked":
        front.crl.write_bytes(people.revoked(browser.card))
        front.reload()
    answer = browser.shows()
    page = browser.ask(front.portal.url + answer.location).page if answer.status == 303 else answer.page
    assert 'lang="fr"' in page
    assert "fr-alert--error" in page
    assert "Identifiant et mot de passe" in page
    assert f'"why":"{why}"' in last_refusal(stack).replace(" ", "")
    assert not browser.is_inside()


def _card(kind: str, people: Authority, camille: Card) -> Card | None:
    made = {
        "expired": lambda: people.issue("Camille Martin", starts=-9 * DAY, ends=-DAY, key=camille.key),
        "early": lambda: people.issue("Camille Martin", starts=DAY, key=camille.key),
        "other": lambda: Authority("Autre").issue("Camille Martin", key=camille.key),
        "revoked": lambda: people.issue("Camille Martin", key=camille.key),
        "server": lambda: people.issue("Camille Martin", usages=SERVER, key=camille.key),
        "without use": lambda: people.issue("Camille Martin", usages=(), key=camille.key),
        "stranger": lambda: people.issue("Paul Étranger"),
        "namesake": lambda: people.issue("Camille Martin"),
        "same number": lambda: people.issue("Camille Martin", serial=camille.certificate.serial_number),
    }
    return made[kind]() if kind in made else None


def test_e10_a_list_out_of_date_closes_for_everybody(
    front: Front, camille: Card, stack: Stack, people: Authority
) -> None:
    front.crl.write_bytes(people.revoked(made=-2 * HOUR, ends=-HOUR))
    front.reload()
    assert "Ce n’est pas de votre fait." in Browser(front, camille).shows().page
    assert '"why":"list"' in last_refusal(stack).replace(" ", "")


def test_e10_a_certificate_revoked_is_refused_before_nginx_reads_the_list_again(
    front: Front, camille: Card, people: Authority
) -> None:
    front.crl.write_bytes(people.revoked(camille))
    assert "Ce certificat a été révoqué." in Browser(front, camille).shows().page


@pytest.mark.parametrize("names", [("X-SSL-Verify", "X-SSL-Cert"), ("X_SSL_Verify", "X_SSL_Cert")])
def test_e10_forged_headers_pass_on_neither_host(front: Front, camille: Card, names: tuple[str, str]) -> None:
    forged = dict(zip(names, ("SUCCESS", camille.escaped), strict=True))
    browser = Browser(front)
    link = browser.link_on()
    assert "refus=aucun" in browser.ask(link, headers=forged).location
    on_portal = link.replace(front.certificates.url, front.portal.url)
    assert browser.ask(on_portal, headers=forged).location == front.portal.url + PAGE
    host = {"Host": front.certificates.host} | forged
    assert browser.ask(on_portal, headers=host).status == 421, "one name in the handshake, another in the request"


def test_e10_the_certificate_of_one_host_is_not_handed_to_the_other(front: Front, camille: Card) -> None:
    browser = Browser(front, camille)
    link = browser.link_on()
    crossed = browser.ask(link, name=front.certificates.host, headers={"Host": front.portal.host})
    assert crossed.location == front.portal.url + PAGE


@pytest.mark.parametrize("source", ["127.0.0.2", "127.1.2.3"])
def test_e10_forged_headers_straight_to_the_web_are_as_if_absent(
    front: Front, camille: Card, stack: Stack, source: str
) -> None:
    link = Browser(front).link_on().removeprefix(front.certificates.url)
    lines = [
        f"GET {link} HTTP/1.1",
        f"Host: {front.certificates.host}",
        "X-SSL-Verify: SUCCESS",
        f"X-SSL-Cert: {camille.escaped}",
        "X-Forwarded-For: 127.0.0.1",
        "Connection: close",
    ]
    with socket.create_connection(("127.0.0.1", stack.port), 10, source_address=(source, 0)) as wire:
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        said = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    assert "refus=aucun" in said
    assert "psv_lnk" not in said


def test_nothing_else_stands_on_the_certificates_host(front: Front, camille: Card) -> None:
    for card in (None, camille, Authority("Autre").issue()):
        answer = Browser(front, card).ask(f"{front.certificates.url}/espace/?a=b")
        assert (answer.status, answer.location) == (302, f"{front.portal.url}/espace/?a=b")


def test_b8_no_ticket_stands_in_the_log_of_nginx(front: Front, camille: Card) -> None:
    browser = Browser(front, camille)
    browser.shows()
    assert "ticket=psv_lnk_***" in front.logged()
    assert not re.search(r"psv_lnk_[\w-]", front.logged())


def test_a_long_certificate_passes(front: Front, people: Authority) -> None:
    browser = Browser(front, people.issue("L" * 60, key=rsa.generate_private_key(65537, 4096)))
    assert "refus=inconnu" in browser.shows().location


def test_the_language_of_the_refusal_is_the_person_s(front: Front) -> None:
    browser = Browser(front)
    browser.cookies[front.portal.host] = {"__Host-langue": "en"}
    assert "Your browser showed no certificate." in browser.shows().page
