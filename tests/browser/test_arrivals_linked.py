"""An account and the other portals that open it, in a real browser: never linked silently, never the last way out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.reading import PICTURES, Reader
from tests.browser.travelling import PORTAILPRO, PROCONNECT, Traveller, address, told
from tests.browser.travelling import stack as stack
from tests.browser.visitor import PASSWORD
from tests.providers.fixtures import as_started as as_started
from tests.providers.fixtures import honest as honest
from tests.providers.fixtures import proconnect as proconnect
from tests.providers.running import Honest

pytestmark = pytest.mark.browser


def test_g4_the_address_of_an_account_opens_nothing_until_its_owner_links_it(
    page: Page, reader: Reader, honest: Honest
) -> None:
    told(honest, "camille", email="camille.martin@example.org")
    traveller = Traveller(page)
    traveller.comes_from("camille")
    traveller.proves("camille.martin@example.org")
    assert traveller.title() == "Vous avez déjà un compte"
    reader.look(page, "rattachement-compte-existant")
    page.get_by_role("link", name="Me connecter à ce compte").click()
    traveller.fills(Identifiant="camille.martin", Mot_de_passe=PASSWORD)
    traveller.presses("Me connecter")
    assert traveller.title() == f"Rattacher {PORTAILPRO} à votre compte"
    reader.look(page, "rattachement")
    page.get_by_role("link", name="Ne rien rattacher").click()
    traveller.presses("Me déconnecter")
    expect(page.get_by_text("Vous êtes déconnecté.")).to_be_visible()


def link_and_remove(traveller: Traveller, identifier: str, login: str) -> None:
    page = traveller.page
    traveller.signs_in(identifier)
    page.wait_for_url("**/espace/")
    traveller.opens("/espace/securite/", "securite")
    page.get_by_role("link", name=f"Rattacher {PORTAILPRO}").click()
    traveller.says_there(login)
    traveller.presses(f"Rattacher {PORTAILPRO}")
    assert traveller.title() == "Sécurité de mon compte"
    traveller.look(page, "securite-rattache")
    expect(page.get_by_text("Rattaché le")).to_be_visible()
    page.get_by_role("link", name=f"Retirer {PORTAILPRO}").click()
    traveller.look(page, "rattachement-retirer")
    traveller.presses("Retirer")
    traveller.look(page, "rattachement-retire")
    expect(page.get_by_text("Ce portail n’ouvre plus votre compte.")).to_be_visible()


def test_a_portal_is_linked_from_security_then_removed(page: Page, reader: Reader, honest: Honest) -> None:
    told(honest, "nour")
    link_and_remove(Traveller(page, reader.look), "camille.martin", "nour")


def test_the_same_on_a_telephone_in_the_dark_without_scripts(open_page: Open, reader: Reader, honest: Honest) -> None:
    told(honest, "nils")
    look = lambda page, name: reader.keep(page, f"{name}-sombre-390-sans-js")  # noqa: E731
    link_and_remove(Traveller(open_page(width=390, dark=True, scripts=False), look), "camille.martin", "nils")


def test_g4_the_same_address_from_another_portal_and_another_person_of_the_same(
    page: Page, reader: Reader, open_page: Open, honest: Honest, proconnect: Honest
) -> None:
    told(honest, "nina")
    traveller = Traveller(page)
    traveller.is_born("nina")
    only_way_in(traveller, reader)
    traveller.presses("Me déconnecter")
    told(proconnect, "nina", email=address("nina"))
    traveller.comes_from("nina", PROCONNECT)  # whose word for an address is taken
    reader.look(page, "rattachement-autre-portail")
    page.get_by_role("link", name=f"Me connecter avec {PORTAILPRO}").click()  # still signed in there
    traveller.presses(f"Rattacher {PROCONNECT}")
    assert traveller.title() == "Sécurité de mon compte"
    told(honest, "ninon", email=address("nina"))
    stranger = Traveller(open_page(width=390, dark=True))
    stranger.comes_from("ninon")
    stranger.proves(address("nina"))
    assert stranger.title() == f"Ce compte est déjà rattaché à un autre compte {PORTAILPRO}"
    reader.look(stranger.page, "rattachement-deja")


def test_g4_a_known_person_who_comes_with_another_address_is_told(page: Page, reader: Reader, honest: Honest) -> None:
    told(honest, "nadir")
    traveller = Traveller(page)
    traveller.is_born("nadir")
    traveller.presses("Me déconnecter")
    told(honest, "nadir", email="camille.martin@example.org")
    traveller.leaves_for()  # still signed in there
    assert traveller.title() == f"{PORTAILPRO} indique une autre adresse"
    reader.look(page, "autre-adresse")
    page.get_by_role("link", name="Continuer").click()
    assert traveller.title() == "Bonjour Nora Petit"


def only_way_in(traveller: Traveller, reader: Reader) -> None:
    """An account without a password keeps its portal."""
    traveller.opens("/espace/securite/")
    reader.look(traveller.page, "securite-sans-mot-de-passe")
    traveller.page.get_by_role("link", name=f"Retirer {PORTAILPRO}").click()
    traveller.presses("Retirer")
    expect(traveller.page.get_by_text("C’est votre seul moyen de connexion.")).to_be_visible()
    reader.look(traveller.page, "rattachement-seul-moyen")


def test_somebody_else_s_link_is_disowned_from_the_mail(
    page: Page, reader: Reader, open_page: Open, honest: Honest, proconnect: Honest
) -> None:
    told(honest, "neil")
    told(proconnect, "intrus")
    traveller = Traveller(page)
    traveller.is_born("neil")
    traveller.opens("/espace/securite/")
    page.get_by_role("link", name=f"Rattacher {PROCONNECT}").click()
    traveller.says_there("intrus")
    traveller.presses(f"Rattacher {PROCONNECT}")
    reads_mails(traveller, reader, address("neil"), 3)
    owner = Traveller(open_page(width=390, dark=True))
    owner.opens(owner.mail(address("neil"), r"http://localhost:\d+/connexion/rattachement/psv_\S+"))
    assert owner.title() == "Sécuriser mon compte"
    reader.look(owner.page, "pas-moi")
    owner.presses("Ce n’était pas moi")
    assert owner.title() == "Votre compte est sécurisé"
    reader.look(owner.page, "pas-moi-fait")
    owner.opens("/connexion/rattachement/psv_lnk_inconnu/")
    reader.look(owner.page, "pas-moi-lien-inconnu")
    traveller.opens("/espace/")
    assert traveller.title() == "Se connecter à mon espace personnel"


def reads_mails(traveller: Traveller, reader: Reader, to: str, count: int) -> None:
    """Every mail that person received, as a mail reader has it: without the policy of our pages."""
    traveller.mail(to, "moyen de connexion")
    links = traveller.page.locator("article", has_text=to).locator("h2 a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(addresses) >= count
    for number, path in enumerate(addresses):
        html = traveller.page.request.get(f"{path}?version=html").text()
        window = traveller.page.context.new_page()
        window.set_content(html)
        reader.faults += [*reader.accessibility(window), *reader.sizes(window)]
        window.screenshot(path=PICTURES / f"courriel-arrivee-{number}.png", full_page=True)


def test_a_portal_that_opens_another_account_or_none(
    page: Page, reader: Reader, open_page: Open, honest: Honest, proconnect: Honest
) -> None:
    told(honest, "nolan")
    Traveller(page).is_born("nolan")
    other = Traveller(open_page(dark=True))
    other.signs_in("camille.martin")
    other.opens("/espace/securite/")
    other.page.get_by_role("link", name=f"Rattacher {PORTAILPRO}").click()
    other.says_there("nolan")
    assert other.title() == "Vous êtes connecté à un autre compte"
    reader.look(other.page, "arrivee-autre-compte")
    told(proconnect, "nuno")
    unknown = Traveller(open_page(width=390, dark=True))
    unknown.comes_from("nuno", PROCONNECT)
    assert unknown.title() == "Aucun compte ne correspond encore"
    reader.look(unknown.page, "arrivee-sans-compte")
