"""A person in front of the browser, who reads labels and presses buttons."""

import re
from collections.abc import Callable
from time import sleep

from playwright.sync_api import Locator, Page

PASSWORD = "Ancre&Boussole7"
Look = Callable[[Page, str], None]


def nothing(page: Page, name: str) -> None:
    """For who only passes by."""


class Visitor:
    """`look` is called on each page of a step, with a name for it."""

    def __init__(self, page: Page, look: Look = nothing) -> None:
        self.page = page
        self.look = look

    def field(self, label: str) -> Locator:
        """The control whose label starts with these words."""
        labels = self.page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(label)}(?![^\W_])"))
        return self.page.locator(f"[id='{labels.first.get_attribute('for')}']")

    def fills(self, **answers: str) -> None:
        """`Nom="Durand"`; two words are written with an underscore."""
        for label, answer in answers.items():
            self.field(label.replace("_", " ")).fill(answer)

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def opens(self, path: str, name: str = "") -> None:
        self.page.goto(path)
        if name:
            self.look(self.page, name)

    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    def signs_up(self, identifier: str, *, level: str = "password", mobile: str = "") -> None:
        """Steps 1.1 to 1.5 of the guide."""
        self.opens("/", "1-1-accueil")
        self.page.locator("#espace").get_by_role("link", name="S’inscrire").click()
        self.look(self.page, "1-2-inscription")
        self.presses("Continuer")
        self.look(self.page, "1-3-inscription-refusee")
        self.fills(Identifiant=identifier, Mot_de_passe=PASSWORD, Nom="Durand", Prénom="Léa")
        self.field("Niveau de sécurité").select_option(level)
        self.fills(Adresse_électronique=f"{identifier}@example.org", Téléphone_portable=mobile)
        self.fills(Numéro_SIREN_ou_SIRET="732 829 320 00074", Adresse_professionnelle="12 rue du Port\n76600 Le Havre")
        self.field("J’accepte").check()
        self.presses("Continuer")
        self.look(self.page, "1-4-verification")
        self.presses("Valider")
        self.look(self.page, "1-5-confirmation")

    def activates(self, identifier: str) -> None:
        """Steps 1.6 to 1.8."""
        link = self.mail(f"{identifier}@example.org", r"http://localhost:\d+/activation/psv_\S+")
        self.page.locator("article", has_text=f"{identifier}@example.org").first.locator("h2 a").click()
        self.look(self.page, "1-6-courriel")
        self.opens(link, "1-7-activation")
        self.fills(Identifiant=identifier, Mot_de_passe="pas celui-là")
        self.presses("Activer")
        self.look(self.page, "1-7-activation-refusee")
        self.fills(Identifiant=identifier, Mot_de_passe=PASSWORD)
        self.presses("Activer")
        self.look(self.page, "1-8-compte-active")

    def signs_in(self, identifier: str, password: str = PASSWORD) -> None:
        self.opens("/connexion/", "connexion")
        self.fills(Identifiant=identifier, Mot_de_passe=password)
        self.presses("Me connecter")

    def mail(self, to: str, wanted: str) -> str:
        """Read the tray until a message to that person holds what is wanted; answer it."""
        for _ in range(40):
            self.page.goto("/demo/courrier/")
            for message in self.page.locator("main article").all_inner_texts():
                if to in message and (found := re.search(wanted, message)):
                    return found[0]
            sleep(0.25)
        raise AssertionError(f"no message to {to} with {wanted}")
