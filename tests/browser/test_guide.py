"""The guide « Créer un compte, étape par étape », walked in a real browser: with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.reading import Reader
from tests.browser.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.browser


def walk(visitor: Visitor, identifier: str, mobile: str) -> None:
    """From the home page to the personal space and out of it, at the level of the SMS."""
    visitor.signs_up(identifier, level="sms", mobile=mobile)
    visitor.activates(identifier)
    assert visitor.title() == "Votre compte est activé"
    visitor.signs_in(identifier, "pas celui-là")
    assert visitor.page.locator("#erreurs h2").inner_text() == "Identifiant ou mot de passe incorrect"
    visitor.look(visitor.page, "connexion-refusee")
    visitor.signs_in(identifier)
    visitor.look(visitor.page, "code")
    visitor.presses("Valider")
    visitor.look(visitor.page, "code-refuse")
    code = visitor.mail("+33" + mobile.replace(" ", "")[1:], r"\b\d{6}\b")
    visitor.opens("/connexion/code/")
    visitor.fills(Code=code)
    visitor.presses("Valider")
    assert visitor.title() == "Bonjour Léa Durand"
    visitor.look(visitor.page, "1-9-espace")
    visitor.presses("Me déconnecter")
    visitor.look(visitor.page, "deconnexion")
    assert visitor.page.locator("#espace").get_by_role("link", name="Se connecter").is_visible()


def test_the_guide_step_by_step_each_page_read_in_every_way(page: Page, reader: Reader) -> None:
    walk(Visitor(page, reader.look), "lea.guide", "06 39 98 12 34")


def test_the_guide_without_scripts_on_a_telephone_in_the_dark(open_page: Open, reader: Reader) -> None:
    page = open_page(width=390, dark=True, scripts=False)
    walk(
        Visitor(page, lambda page, name: reader.keep(page, f"{name}-sombre-390-sans-js")),
        "lea.sans.script",
        "06 39 98 56 78",
    )


def test_the_guide_with_the_keyboard_alone(page: Page) -> None:
    """Nothing is clicked: each control is reached, in order, and shows that it has the focus."""
    page.goto("/")
    typist = Typist(page)
    typist.reach("S’inscrire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inscription/")
    for label, answer in ANSWERS.items():
        typist.reach(label)
        page.keyboard.type(answer)
    typist.reach("J’accepte les conditions")
    page.keyboard.press("Space")
    typist.reach("Continuer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verification/")
    typist.reach("Valider")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirmation/")
    assert page.locator("h1").inner_text() == "Votre inscription est enregistrée"
    assert typist.unseen == []


def test_signing_in_and_out_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/connexion/")
    typist = Typist(page)
    for label, answer in {"Identifiant": "camille.martin", "Mot de passe": PASSWORD}.items():
        typist.reach(label)
        page.keyboard.type(answer)
    page.keyboard.press("Enter")
    page.wait_for_url("**/espace/")
    typist.reach("Me déconnecter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/**")
    assert typist.unseen == []


ANSWERS = {
    "Identifiant": "lea.clavier",
    "Mot de passe": PASSWORD,
    "Niveau de sécurité": "Mot de passe",  # the first letters choose in a list
    "Nom": "Durand",
    "Prénom": "Léa",
    "Adresse électronique": "lea.clavier@example.org",
    "Numéro SIREN": "732829320",
}
FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it);
  const name = it.labels?.[0]?.innerText || it.getAttribute("aria-label") || it.innerText || "";
  const face = it.matches(".pv-theme input") ? getComputedStyle(it.nextElementSibling) : style;
  return [name.trim(), face.outlineStyle !== "none" && parseFloat(face.outlineWidth) >= 2];
}"""


class Typist:
    """Presses Tab until the wanted control has the focus; remembers the stops that showed nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def reach(self, name: str) -> None:
        for _ in range(60):
            self.page.keyboard.press("Tab")
            focused, visible = self.page.evaluate(FOCUSED)
            if not visible:
                self.unseen.append(focused)
            if re.match(re.escape(name), focused):
                return
        raise AssertionError(f"{name} is not reached with Tab")
