"""What the script adds, and what it never takes away."""

import re
from time import sleep

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.browser


def test_a_refused_form_brings_the_reader_to_the_summary_and_on_to_the_field(page: Page) -> None:
    page.goto("/inscription/")
    Visitor(page).presses("Continuer")
    expect(page.locator("#erreurs")).to_be_focused()
    assert page.title().startswith("Erreur\u00a0: ")
    page.get_by_role("link", name="Saisissez votre nom.").click()
    expect(Visitor(page).field("Nom")).to_be_focused()


def test_a_password_is_shown_said_so_and_leaves_hidden(page: Page) -> None:
    page.goto("/connexion/")
    visitor = Visitor(page)
    visitor.fills(Identifiant="camille.martin", Mot_de_passe="visible")
    show = page.get_by_role("button", name="Afficher : Mot de passe")
    show.click()
    assert visitor.field("Mot de passe").get_attribute("type") == "text"
    expect(page.locator("[role=status].fr-sr-only")).to_have_text("Le mot de passe est visible.")
    page.evaluate("addEventListener('submit', event => event.preventDefault())")  # stay, to see what leaves
    visitor.presses("Me connecter")
    assert visitor.field("Mot de passe").get_attribute("type") == "password"


def test_rules_say_in_words_whether_they_are_met(page: Page) -> None:
    page.goto("/inscription/")
    rules = page.locator("[data-pv-rules] li")
    Visitor(page).field("Mot de passe").press_sequentially("Ancre")
    expect(rules.filter(has_text="8 caractères minimum")).to_contain_text("à respecter")
    expect(rules.filter(has_text="1 lettre majuscule")).to_contain_text("respectée")
    Visitor(page).field("Mot de passe").fill(PASSWORD)
    expect(rules.filter(has_text="8 caractères minimum")).to_contain_text("– respectée")
    Visitor(page).field("Mot de passe").fill("sept mots choisis au hasard font phrase")
    expect(rules.filter(has_text="phrase de passe")).to_contain_text("– respectée")
    expect(page.locator("[data-pv-state=unmet]")).to_have_count(0)


def test_j6_a_second_click_while_the_first_is_on_its_way_sends_nothing(page: Page) -> None:
    sent: list[str] = []

    def slow(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            sleep(1)
        route.continue_()

    page.route("**/connexion/", slow)
    page.goto("/connexion/")
    Visitor(page).fills(Identifiant="personne", Mot_de_passe="rien")
    page.evaluate("""() => {
      const button = document.querySelector("main form button:not([type=button])");
      button.click();
      setTimeout(() => button.click(), 300);
    }""")
    expect(page.locator("#erreurs")).to_be_visible()
    assert len(sent) == 1


def test_the_chosen_appearance_stays_and_comes_before_the_first_paint(open_page: Open) -> None:
    page = open_page(dark=False)
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_text("Sombre").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto("/connexion/", wait_until="commit")
    page.wait_for_load_state("domcontentloaded")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.get_by_label("Sombre").is_checked()
    page.get_by_text("Système").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    assert page.evaluate("localStorage.length") == 0


def test_without_scripts_nothing_is_shown_that_needs_them(open_page: Open) -> None:
    page = open_page(scripts=False)
    page.goto("/connexion/")
    assert not page.get_by_text("Afficher").is_visible()
    assert not page.get_by_text("Apparence").is_visible()
    visitor = Visitor(page)
    visitor.fills(Identifiant="camille.martin", Mot_de_passe=PASSWORD)
    visitor.presses("Me connecter")
    assert visitor.title() == "Bonjour Camille Martin"


def test_c7_after_signing_out_back_shows_nothing_of_the_space(page: Page) -> None:
    visitor = Visitor(page)
    visitor.signs_in("camille.martin")
    visitor.opens("/espace/profil/")
    assert "camille.martin" in page.locator("main").inner_text()
    visitor.presses("Me déconnecter")
    page.wait_for_url(re.compile(r"/connexion/\?sortie=1$"))  # else Back leaves a page that is still leaving
    page.evaluate("history.back()")
    page.wait_for_url(re.compile(r"/connexion/\?next="))
    assert "camille.martin" not in page.content()


def test_skip_links_lead_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Contenu", exact=True)
    expect(link).to_be_focused()
    assert link.bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
