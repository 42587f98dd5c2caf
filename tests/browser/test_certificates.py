"""A client certificate in a real Chromium, shown to a real nginx started on the configuration we ship (E10)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.authority import Authority, Card
from tests.browser.reading import Reader, listen
from tests.browser.visitor import PASSWORD, Visitor
from tests.cluster import Cluster
from tests.front import Front, Place
from tests.stack import Stack, free_port

pytestmark = pytest.mark.browser
SHOW = "Présenter mon certificat"


@pytest.fixture(scope="module")
def people() -> Authority:
    return Authority("Autorité des personnes")


@pytest.fixture(scope="module")
def front(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, people: Authority) -> Iterator[Front]:
    """Both hosts have a name that every system resolves, hence each a port."""
    cluster = Cluster() if pytestconfig.getoption("--database") == "postgresql" else None
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "front").mkdir()
    portal, certificates = Place("localhost", free_port()), Place("127.0.0.1", free_port())
    web = Stack(
        folder,
        cluster.url if cluster else "",
        PASSAVANT_SECRET_KEY="a-key-for-certificates-and-for-nothing-else",
        PASSAVANT_PUBLIC_URL=portal.url,
        PASSAVANT_CERTIFICATE_URL=certificates.url,
        PASSAVANT_CERTIFICATE_CRL=str(folder / "front" / "revoked.pem"),
        PASSAVANT_TRUSTED_PROXIES="127.0.0.1",
        PASSAVANT_LEVELS="password,sms,totp,passkey,certificate",
    )
    running = Front(folder / "front", web.port, portal, certificates, people)
    try:
        web.command("demo")
        web.start(worker=False)
        yield running
    finally:
        running.stop()
        web.stop()
        if cluster:
            cluster.stop()


def window(chromium: Browser, front: Front, card: Card | None, folder: Path) -> Page:
    """A browser in which that certificate is installed."""
    shown = []
    if card:
        certificate, key = card.written(folder, "card")
        shown = [{"origin": front.certificates.url, "certPath": certificate, "keyPath": key}]
    context: BrowserContext = chromium.new_context(
        base_url=front.portal.url,
        ignore_https_errors=True,
        client_certificates=shown,
        viewport={"width": 1280, "height": 900},
        locale="fr-FR",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    listen(page)
    return page


def test_e10_a_person_adds_a_certificate_and_comes_back_with_it_alone(
    chromium: Browser, front: Front, people: Authority, tmp_path: Path, reader: Reader
) -> None:
    card = people.issue("Camille Martin")
    page = window(chromium, front, card, tmp_path)
    visitor = Visitor(page, reader.look)
    visitor.opens("/connexion/?next=/espace/securite/")
    visitor.fills(Identifiant="camille.martin", Mot_de_passe=PASSWORD)
    visitor.presses("Me connecter")
    page.get_by_role("link", name="Ajouter un certificat").click()
    reader.look(page, "certificat-ajout")
    page.get_by_role("link", name=SHOW).click()
    expect(page.get_by_text("Le certificat est ajouté.")).to_be_visible()
    expect(page.get_by_role("heading", name="Certificat « Camille Martin »")).to_be_visible()
    reader.look(page, "certificat-securite")
    page.context.close()

    page = window(chromium, front, card, tmp_path)
    page.goto("/connexion/")
    page.get_by_role("link", name="Utiliser un certificat").click()
    reader.look(page, "certificat-connexion")
    page.get_by_role("link", name=SHOW).click()
    expect(page.locator("h1")).to_contain_text("Bonjour Camille Martin")
    page.context.close()


@pytest.mark.parametrize("kind", ["none", "another authority's"])
def test_e10_a_refusal_is_a_page_of_ours_with_other_ways(
    chromium: Browser, front: Front, tmp_path: Path, reader: Reader, kind: str
) -> None:
    card = None if kind == "none" else Authority("Autre").issue()
    page = window(chromium, front, card, tmp_path)
    page.goto("/connexion/certificat/")
    page.get_by_role("link", name=SHOW).click()
    words = "n’a présenté aucun certificat" if card is None else "délivré par un organisme reconnu"
    expect(page.get_by_text(words)).to_be_visible()
    reader.look(page, "certificat-refuse")
    page.get_by_role("link", name="Identifiant et mot de passe").click()
    expect(page.locator("h1")).to_have_text("Se connecter à mon espace personnel")
    page.context.close()
