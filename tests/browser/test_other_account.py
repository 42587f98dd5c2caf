"""B14 in a real browser: the page that asks before a link of another account is followed."""

import pytest

from tests.browser.conftest import Open
from tests.browser.reading import Reader
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
CHOICE = "Changer de compte\u00a0?"


def asks_for_a_link(visitor: Visitor) -> str:
    """The link that leaves for Léa."""
    visitor.opens("/mot-de-passe-oublie/")
    visitor.page.get_by_role("radio", name="Identifiant").check()
    visitor.page.get_by_role("textbox", name="Identifiant").fill("lea.durand")
    visitor.presses("Réinitialiser")
    return visitor.mail("lea.durand@example.org", r"http://localhost:\d+/reinitialisation/psv_\S+")


def opens_as_camille(visitor: Visitor, link: str) -> None:
    visitor.signs_in("camille.martin")
    visitor.page.wait_for_url("**/espace/")
    visitor.opens(link)
    assert visitor.title() == CHOICE


def test_b14_the_choice_is_explicit_and_signing_out_leads_back_to_the_link(open_page: Open, reader: Reader) -> None:
    visitor, telephone = Visitor(open_page()), Visitor(open_page(width=390, dark=True, scripts=False))
    link = asks_for_a_link(visitor)
    opens_as_camille(visitor, link)
    reader.look(visitor.page, "autre-compte")
    visitor.page.get_by_role("link", name="Rester connecté").click()
    assert visitor.title() == "Bonjour Camille Martin"
    opens_as_camille(telephone, link)
    reader.keep(telephone.page, "autre-compte-sombre-390-sans-js")
    telephone.presses("Me déconnecter et continuer")
    assert telephone.title() == "Réinitialisation de votre mot de passe"
    assert telephone.page.locator("#espace").get_by_role("link", name="Se connecter").is_visible()
