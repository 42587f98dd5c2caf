"""People who come from another portal, in a real browser, with a real OpenID provider on the other side."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.reading import Reader, console_of
from tests.browser.test_budget import BYTES, REQUESTS, weigh
from tests.browser.travelling import PORTAILPRO, Traveller, address, told
from tests.browser.travelling import stack as stack
from tests.browser.visitor import PASSWORD
from tests.providers.fixtures import as_started as as_started
from tests.providers.fixtures import honest as honest
from tests.providers.fixtures import proconnect as proconnect
from tests.providers.running import Honest

pytestmark = pytest.mark.browser


def arrive_and_leave(traveller: Traveller, login: str) -> None:
    """First arrival, the space, out of both, and in again without a question."""
    traveller.is_born(login)
    assert traveller.title() == "Bonjour Nora Petit"
    traveller.presses("Me déconnecter")
    assert traveller.title() == "Vous êtes déconnecté"
    traveller.look(traveller.page, "deconnexion-portail")
    traveller.page.get_by_role("link", name=f"Me déconnecter aussi de {PORTAILPRO}").click()
    traveller.presses("Se déconnecter")
    assert traveller.title() == "Se connecter à mon espace personnel"
    traveller.comes_from(login)
    assert traveller.title() == "Bonjour Nora Petit"


def test_a_first_arrival_out_of_both_and_back(page: Page, reader: Reader, honest: Honest) -> None:
    told(honest, "nora")
    arrive_and_leave(Traveller(page, reader.look), "nora")


def test_the_same_without_scripts_on_a_telephone_in_the_dark(open_page: Open, reader: Reader, honest: Honest) -> None:
    page = open_page(width=390, dark=True, scripts=False)
    told(honest, "nadia")
    look = lambda page, name: reader.keep(page, f"{name}-sombre-390-sans-js")  # noqa: E731
    arrive_and_leave(Traveller(page, look), "nadia")


def test_once_in_english(page: Page, reader: Reader, honest: Honest) -> None:
    told(honest, "nell")
    traveller = Traveller(page)
    page.goto("/connexion/")
    traveller.presses("English")
    page.get_by_role("link", name=f"Sign in with {PORTAILPRO}").click()
    traveller.says_there("nell")
    assert traveller.title() == "Confirm your e-mail address"
    reader.look(page, "arrivee-adresse-anglais")
    traveller.presses("Receive a code")
    here, code = page.url, traveller.mail(address("nell"), r"\d{6} is your Passavant code")[:6]
    traveller.opens(here)
    traveller.field("6-digit code").fill(code)
    traveller.presses("Submit")
    reader.look(page, "arrivee-compte-anglais")
    traveller.field("I accept").check()
    traveller.presses("Create my account")
    assert traveller.title() == "Hello Nora Petit"
    traveller.opens("/espace/securite/")
    reader.look(page, "securite-anglais")


def test_a_wrong_code_and_terms_not_accepted(page: Page, reader: Reader, honest: Honest) -> None:
    told(honest, "noe")
    traveller = Traveller(page)
    traveller.comes_from("noe")
    traveller.presses("Recevoir un code")
    traveller.fills(Code="12")
    traveller.presses("Valider")
    expect(page.locator("#erreurs")).to_contain_text("Le code comporte 6 chiffres")
    reader.look(page, "arrivee-code-refuse")
    traveller.types_code(address("noe"))
    traveller.fills(Nom="")
    traveller.presses("Créer mon compte")
    expect(page.locator("#erreurs")).to_contain_text("Acceptez les conditions générales")
    reader.look(page, "arrivee-compte-refuse")
    assert traveller.field("Prénom").input_value() == "Nora"


def test_g1_g8_a_provider_that_does_not_answer_leaves_the_password(page: Page, reader: Reader, honest: Honest) -> None:
    traveller = Traveller(page)
    honest.set(status={"token": 503})
    traveller.comes_from("lea")
    assert traveller.title() == f"{PORTAILPRO} ne répond pas"
    reader.look(page, "arrivee-en-panne")
    console_of(page).clear()  # Chromium tells of the 503
    page.get_by_role("link", name="Me connecter avec un mot de passe").click()
    traveller.fills(Identifiant="camille.martin", Mot_de_passe=PASSWORD)
    traveller.presses("Me connecter")
    assert traveller.title() == "Bonjour Camille Martin"


def test_g1_an_answer_that_proves_nothing_has_its_page(page: Page, reader: Reader, honest: Honest) -> None:
    honest.set(status={"userinfo": 401})
    traveller = Traveller(page)
    traveller.comes_from("lea")
    assert traveller.title() == "La connexion n’a pas abouti"
    reader.look(page, "arrivee-non-verifiee")


def test_whoever_refuses_there_or_comes_back_too_late_is_told_so(page: Page, reader: Reader) -> None:
    traveller = Traveller(page)
    traveller.leaves_for()
    traveller.presses("Refuser")
    assert traveller.title() == "La connexion n’a pas abouti"
    reader.look(page, "arrivee-refusee")
    traveller.opens("/connexion/portailpro/retour/?state=perdu&code=rien")
    reader.look(page, "arrivee-perdue")
    traveller.opens("/connexion/arrivee/compte/")
    assert traveller.title() == "La connexion n’a pas abouti"


def test_the_sign_in_page_stays_light_with_two_portals(page: Page, reader: Reader) -> None:
    weight, requests = weigh(page, "/connexion/")
    expect(page.locator(".fr-connect")).to_have_count(2)
    expect(page.get_by_role("link", name="Qu’est-ce que ProConnect\u00a0?")).to_be_visible()
    assert 3_000 < weight <= BYTES
    assert requests <= REQUESTS
    reader.look(page, "connexion-portails")
