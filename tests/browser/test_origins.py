"""Signing in on an origin of its own (PASSAVANT_AUTH_URL), in a real browser.

localhost is the portal, 127.0.0.1 signs in, one process serves both: the browser keeps their cookies apart, and holds
the forms to their policy.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.reading import Reader
from tests.browser.visitor import PASSWORD, Visitor
from tests.cluster import Cluster
from tests.stack import Stack

pytestmark = pytest.mark.browser
HIDDEN = ("csrfmiddlewaretoken", "next")


@pytest.fixture(scope="module")
def stack(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    cluster = Cluster() if pytestconfig.getoption("--database") == "postgresql" else None
    running = Stack(
        tmp_path_factory.mktemp("two-origins"),
        cluster.url if cluster else "",
        PASSAVANT_SECRET_KEY="a-key-for-the-browser-and-for-nothing-else",
    )
    running.environ["PASSAVANT_AUTH_URL"] = auth_of(running)
    try:
        running.command("demo")
        running.start()
        yield running
    finally:
        running.stop()
        if cluster:
            cluster.stop()


def auth_of(stack: Stack) -> str:
    return stack.url.replace("localhost", "127.0.0.1")


def key_on(page: Page, origin: str) -> str:
    """The session's cookie that this browser sends there."""
    return next((cookie["value"] for cookie in page.context.cookies(origin) if cookie["name"] == "session"), "")


def origin_of(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def starts(page: Page) -> Visitor:
    """From the home page to the form."""
    page.goto("/")
    page.locator("#espace").get_by_role("link", name="Se connecter").click()
    return Visitor(page)


def enters(visitor: Visitor, identifier: str = "camille.martin") -> None:
    visitor.fills(Identifiant=identifier, Mot_de_passe=PASSWORD)
    visitor.presses("Me connecter")


def test_c1_from_the_portal_to_the_sign_in_and_back_and_out(page: Page, stack: Stack) -> None:
    visitor = starts(page)
    assert origin_of(page) == auth_of(stack)
    assert visitor.title() == "Se connecter à mon espace personnel"
    enters(visitor)
    page.wait_for_url(f"{stack.url}/espace/")
    assert visitor.title() == "Bonjour Camille Martin"
    here, there = key_on(page, stack.url), key_on(page, auth_of(stack))
    assert here
    assert there
    assert here != there
    page.goto(auth_of(stack) + "/connexion/")
    assert page.locator("#espace").get_by_role("link", name="Se connecter").is_visible()
    page.goto("/espace/")
    visitor.presses("Me déconnecter")
    page.wait_for_url(f"{auth_of(stack)}/connexion/**")
    expect(page.get_by_text("Vous êtes déconnecté.")).to_be_visible()
    page.context.add_cookies([{"name": "session", "value": here, "url": stack.url}])
    page.goto("/espace/")
    assert origin_of(page) == auth_of(stack)


def test_back_after_signing_out_shows_nothing_of_the_space(page: Page, stack: Stack) -> None:
    enters(starts(page))
    page.wait_for_url(f"{stack.url}/espace/")
    page.goto("/espace/profil/")
    Visitor(page).presses("Me déconnecter")
    page.wait_for_url(f"{auth_of(stack)}/connexion/**")
    page.go_back()
    page.wait_for_url(f"{auth_of(stack)}/connexion/**")
    expect(page.get_by_text("Camille Martin")).to_have_count(0)


def test_back_to_the_form_and_signing_in_again_leads_in_again(page: Page, stack: Stack) -> None:
    visitor = starts(page)
    enters(visitor)
    page.wait_for_url(f"{stack.url}/espace/")
    page.go_back()
    enters(visitor)
    page.wait_for_url(f"{stack.url}/espace/")
    assert visitor.title() == "Bonjour Camille Martin"


def test_without_scripts(open_page: Open, stack: Stack) -> None:
    page = open_page(scripts=False)
    enters(starts(page))
    page.wait_for_url(f"{stack.url}/espace/")


def test_with_an_sms_to_the_page_one_was_going_to(page: Page, open_page: Open, stack: Stack) -> None:
    page.goto("/espace/profil/")
    visitor = Visitor(page)
    enters(visitor, "lea.durand")
    page.wait_for_url(f"{auth_of(stack)}/connexion/code/")
    visitor.fills(Code=Visitor(open_page()).mail("+33639981234", r"\b\d{6}\b"))
    visitor.presses("Valider")
    page.wait_for_url(f"{stack.url}/espace/profil/")


def ticket_of(page: Page) -> str:
    """The address that would bring the person to the portal, not followed yet: the form is sent, redirects are read."""
    held = {name: page.locator(f"form [name={name}]").last.get_attribute("value") or "" for name in HIDDEN}
    typed = {"identifier": "camille.martin", "password": PASSWORD}
    origin = {"Origin": origin_of(page)}
    sent = page.context.request.post(page.url, form={**held, **typed}, headers=origin, max_redirects=0)
    passage = origin_of(page) + sent.headers["location"]
    return page.context.request.get(passage, max_redirects=0).headers["location"]


def test_c1_a_stolen_ticket_opens_nothing_in_another_browser(
    page: Page, open_page: Open, reader: Reader, stack: Stack
) -> None:
    starts(page)
    ticket = ticket_of(page)
    assert ticket.startswith(f"{stack.url}/connexion/retour/?ticket=psv_lnk_")
    thief = open_page()
    thief.goto("/connexion/")
    thief.goto(ticket)
    assert origin_of(thief) == auth_of(stack)
    expect(thief.get_by_text("Votre connexion n’est pas arrivée jusqu’au portail.")).to_be_visible()
    reader.look(thief, "connexion-non-arrivee")
    thief.goto("/espace/")
    assert origin_of(thief) == auth_of(stack)
    page.goto(ticket)
    page.wait_for_url(f"{stack.url}/espace/")


def test_i15_a_link_to_elsewhere_comes_back_to_the_space(page: Page, stack: Stack) -> None:
    page.goto("/connexion/?next=//evil.example/")
    assert re.search(r"\?next=%2Fconnexion%2Fpassage%2F%3Fpour%3D[0-9a-f]{64}$", page.url)
    enters(Visitor(page))
    page.wait_for_url(f"{stack.url}/espace/")


def test_whoever_signs_up_there_or_forgets_a_password_finds_the_pages(page: Page) -> None:
    starts(page)
    page.get_by_role("link", name="Mot de passe oublié").click()
    expect(page.locator("h1")).to_have_text("Vous avez oublié votre mot de passe")
    page.goto("/inscription/")
    expect(page.locator("h1")).to_be_visible()
