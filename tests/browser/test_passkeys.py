"""Passkeys in a real Chromium, with an authenticator that its debugging protocol simulates."""

import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, LocatorAssertions, Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.reading import Reader
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ENTER, ADD = "Me connecter avec une clé d’accès", "Créer une clé d’accès"
PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """What the person unlocks: it holds keys, and says whether its person was verified."""

    def __init__(self, page: Page) -> None:
        self.network: CDPSession = page.context.new_cdp_session(page)
        self.network.send("WebAuthn.enable")
        self.id = self.network.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})["authenticatorId"]

    def tell(self, what: str, **said: Any) -> Any:
        return self.network.send(f"WebAuthn.{what}", {"authenticatorId": self.id, **said})

    def held(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.tell("getCredentials")["credentials"]
        return found


NOT_IN = "La connexion par clé d’accès n’a pas abouti. Réessayez, ou utilisez votre mot de passe."
NO_PROPOSAL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
FETCHED = (
    "async () => { for (const { dataset } of document.forms) dataset.pvModule && (await import(dataset.pvModule)) }"
)
NO_KEYS = "delete window.PublicKeyCredential"


def told(page: Page) -> LocatorAssertions:
    return expect(page.locator("form[data-pv-passkey] > [aria-live]"))


def adds_a_key(visitor: Visitor, name: str = "") -> None:
    """From the space, and out again."""
    visitor.signs_in("camille.martin")
    visitor.opens("/espace/securite/cle/")
    visitor.fills(Nom_de_la_clé=name)
    visitor.presses(ADD)
    expect(visitor.page.get_by_role("status").first).to_contain_text("La clé d’accès est ajoutée.")
    visitor.presses("Me déconnecter")
    visitor.page.wait_for_url(re.compile("sortie=1"))


def enters(visitor: Visitor) -> None:
    """Press the button, once the script that is fetched when somebody moves is there."""
    visitor.page.evaluate(FETCHED)
    visitor.presses(ENTER)


def inside(visitor: Visitor) -> None:
    visitor.page.wait_for_url(re.compile("/espace/$"))
    assert visitor.title() == "Bonjour Camille Martin"


def rewrites(page: Page, path: str, **changes: Any) -> None:
    """What somebody between the site and the browser could do to the options."""

    def rewrite(route: Route) -> None:
        said = route.fetch().json()
        route.fulfill(json=said | {"publicKey": said["publicKey"] | changes})

    page.route(f"**{path}", rewrite)


def test_e9_a_passkey_added_in_the_space_opens_it(page: Page, reader: Reader) -> None:
    page.add_init_script(NO_PROPOSAL)
    visitor, device = Visitor(page), Device(page)
    adds_a_key(visitor, "Ordinateur du bureau")
    assert [key["rpId"] for key in device.held()] == ["localhost"]
    visitor.opens("/connexion/?next=/espace/profil/")
    enters(visitor)
    page.wait_for_url(re.compile("/espace/profil/$"))
    visitor.presses("Me déconnecter")
    visitor.opens("/connexion/cle/", "cle")
    reader.look(page, "cle")
    enters(visitor)
    inside(visitor)
    assert device.held()[0]["signCount"] == 3


def test_a_key_proposed_in_the_field_of_the_identifier_opens_the_space(page: Page) -> None:
    visitor, _device = Visitor(page), Device(page)
    adds_a_key(visitor)
    assert visitor.field("Identifiant").get_attribute("autocomplete") == "username webauthn"
    visitor.field("Identifiant").focus()
    inside(visitor)  # the simulated person accepts at once what the browser proposes


def test_e9_a_person_not_verified_does_not_enter(page: Page, reader: Reader) -> None:
    page.add_init_script(NO_PROPOSAL)
    visitor, device = Visitor(page), Device(page)
    adds_a_key(visitor)
    device.tell("setUserVerified", isUserVerified=False)
    enters(visitor)
    told(page).to_have_text(NOT_IN)
    reader.look(page, "cle-refusee")
    rewrites(page, "/connexion/cle/defi/", userVerification="discouraged")
    with page.expect_response("**/connexion/cle/") as answer:
        enters(visitor)
    assert answer.value.status == 422
    told(page).to_have_text(NOT_IN)
    device.tell("setUserVerified", isUserVerified=True)
    page.unroute("**/connexion/cle/defi/")
    enters(visitor)
    inside(visitor)


def test_e9_a_copy_of_a_key_that_served_since_does_not_enter(page: Page) -> None:
    page.add_init_script(NO_PROPOSAL)
    visitor, device = Visitor(page), Device(page)
    adds_a_key(visitor)
    (copy,) = device.held()
    enters(visitor)
    inside(visitor)
    visitor.presses("Me déconnecter")
    page.wait_for_url(re.compile("sortie=1"))
    device.tell("clearCredentials")
    device.tell("addCredential", credential=copy)
    enters(visitor)
    told(page).to_have_text(NOT_IN)


def test_a_key_that_was_never_added_is_told_as_such(page: Page) -> None:
    page.add_init_script(NO_PROPOSAL)
    visitor, device = Visitor(page), Device(page)
    adds_a_key(visitor)
    (key,) = device.held()
    device.tell("clearCredentials")
    device.tell("addCredential", credential=key | {"credentialId": "AAAAAAAAAAAAAAAAAAAAAA=="})
    enters(visitor)
    told(page).to_contain_text("Cette clé d’accès n’est pas enregistrée sur Passavant.")


def test_a_device_says_that_it_has_a_key_already(page: Page) -> None:
    page.add_init_script(NO_PROPOSAL)
    visitor, _device = Visitor(page), Device(page)
    adds_a_key(visitor)
    visitor.signs_in("camille.martin")
    visitor.opens("/espace/securite/cle/")
    visitor.presses(ADD)
    told(page).to_have_text("Cet appareil a déjà une clé d’accès pour ce compte.")


def test_the_level_passkey_begins_with_a_key(page: Page, reader: Reader) -> None:
    page.add_init_script(NO_PROPOSAL)
    visitor, device = Visitor(page), Device(page)
    visitor.signs_up("nour.petit", level="passkey")
    visitor.activates("nour.petit")
    visitor.signs_in("nour.petit")
    assert visitor.title() == "Créez votre clé d’accès"
    reader.look(page, "cle-enroler")
    visitor.presses(ADD)
    page.wait_for_url(re.compile("/connexion/cle/"))
    expect(page.get_by_text("Votre clé d’accès est ajoutée.")).to_be_visible()
    enters(visitor)
    page.wait_for_url(re.compile("/espace/$"))
    visitor.presses("Me déconnecter")
    visitor.signs_in("nour.petit")
    assert visitor.title() == ENTER
    device.tell("clearCredentials")
    enters(visitor)
    told(page).to_have_text(NOT_IN)


def test_a_browser_that_knows_no_passkey_says_so(page: Page) -> None:
    page.add_init_script(NO_KEYS)
    visitor = Visitor(page)
    visitor.opens("/connexion/?next=/espace/profil/")
    enters(visitor)
    page.wait_for_url(re.compile(r"/connexion/cle/\?next="))
    told(page).to_contain_text("Votre navigateur ne prend pas en charge les clés d’accès.")


def test_without_scripts_the_page_of_keys_says_so_and_offers_the_other_ways(open_page: Open) -> None:
    page = open_page(scripts=False)
    visitor = Visitor(page)
    visitor.opens("/connexion/")
    visitor.presses(ENTER)
    assert visitor.title() == ENTER
    expect(page.get_by_role("button", name=ENTER)).to_be_hidden()
    assert "Les clés d’accès ont besoin de JavaScript." in page.locator("noscript").inner_text()
    page.get_by_role("link", name="Utiliser un autre moyen").click()
    assert visitor.title() == "Se connecter à mon espace personnel"


@pytest.mark.parametrize(("name", "width", "dark"), [("clair-1280", 1280, False), ("sombre-390", 390, True)])
def test_pictures_of_the_pages_of_keys(open_page: Open, reader: Reader, name: str, width: int, dark: bool) -> None:
    page = open_page(width=width, dark=dark)
    page.add_init_script(NO_KEYS)
    visitor = Visitor(page)
    visitor.opens("/connexion/cle/")
    reader.look(page, f"cle-{name}")
    visitor.signs_in("camille.martin")
    visitor.opens("/espace/securite/cle/")
    reader.look(page, f"cle-ajouter-{name}")
