"""Every page of today's product, read in every way: rules, contrasts, small screens, console, pictures."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.reading import PICTURES, Reader
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
PUBLIC = {
    "aide-niveau": "/inscription/aide-niveau/",
    "aide-niveau-conseil": "/inscription/aide-niveau/?smartphone=oui&apps=non&shared=oui&card=non&network=oui",
    "conditions-generales": "/conditions-generales/",
    "donnees-personnelles": "/donnees-personnelles/",
    "mentions-legales": "/mentions-legales/",
    "accessibilite": "/accessibilite/",
    "plan-du-site": "/plan-du-site/",
    "renvoyer": "/activation/renvoyer/",
    "lien-inconnu": "/activation/psv_lnk_inconnu/",
    "page-non-trouvee": "/n-existe-pas/",
}
SPACE = {
    "espace": "/espace/",
    "profil": "/espace/profil/",
    "profil-modifier": "/espace/profil/modifier/",
    "mot-de-passe": "/espace/mot-de-passe/",
    "adresse-electronique": "/espace/adresse-electronique/",
    "sessions": "/espace/sessions/",
    "activite": "/espace/activite/",
    "mes-donnees": "/espace/mes-donnees/",
    "fermer": "/espace/fermer/",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_is_readable_in_every_way(page: Page, reader: Reader, name: str) -> None:
    page.goto(PUBLIC[name])
    reader.look(page, name)


def test_the_pages_of_the_space_are_readable_in_every_way(page: Page, reader: Reader) -> None:
    visitor = Visitor(page)
    visitor.signs_in("camille.martin")
    for name, path in SPACE.items():
        visitor.opens(path)
        reader.look(page, name)
    visitor.presses("Fermer mon compte")
    reader.look(page, "fermer-refuse")


def test_english_is_spoken_from_the_header_to_the_space(page: Page, reader: Reader) -> None:
    page.goto("/connexion/")
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Sign in to my personal space"
    reader.look(page, "connexion-anglais")
    visitor = Visitor(page)
    visitor.fills(Identifier="camille.martin", Password="Ancre&Boussole7")
    visitor.presses("Sign in")
    assert page.locator("h1").inner_text() == "Hello Camille Martin"
    reader.look(page, "espace-anglais")


@pytest.mark.parametrize(
    ("name", "width", "dark"), [("clair-320", 320, False), ("sombre-390", 390, True), ("sombre-1280", 1280, True)]
)
def test_pictures_of_the_first_pages(open_page: Open, reader: Reader, name: str, width: int, dark: bool) -> None:
    page = open_page(width=width, dark=dark)
    for path, title in (("/", "accueil"), ("/connexion/", "connexion"), ("/inscription/", "inscription")):
        page.goto(path)
        reader.keep(page, f"{title}-{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_mail_is_readable_in_every_way(page: Page, reader: Reader) -> None:
    visitor = Visitor(page)
    visitor.opens("/activation/renvoyer/")
    visitor.fills(Identifiant_ou_adresse="camille.martin@example.org")
    page.locator("main").get_by_role("button").click()
    visitor.mail("camille.martin@example.org", "compte")
    page.locator("article", has_text="camille.martin@example.org").first.locator("h2 a").click()
    html = page.request.get(f"{page.url}?version=html").text()
    window = page.context.new_page()  # as a mail reader has it: without the policy of our pages
    window.set_content(html)
    reader.faults += [*reader.accessibility(window), *reader.sizes(window)]
    window.screenshot(path=PICTURES / "courriel.png", full_page=True)
