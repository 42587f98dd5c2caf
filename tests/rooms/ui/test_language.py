"""French for everybody; English for who asks for it here."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client

HOME = "/"


def spoken(client: Client, **headers: str) -> str:
    return str(client.get("/accessibilite/", headers=headers).headers["Content-Language"])


def test_french_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get("/accessibilite/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert page.headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in page.content.decode()


def test_english_once_chosen_then_french_again(client: Client) -> None:
    chosen = client.post("/langue/", {"language": "en", "next": "/accessibilite/"})
    assert (chosen.status_code, chosen.headers["Location"]) == (HTTPStatus.FOUND, "/accessibilite/")
    page = client.get("/accessibilite/")
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en">' in page.content.decode()
    assert "Accessibility: not compliant" in page.content.decode()
    client.post("/langue/", {"language": "fr", "next": "/"})
    assert spoken(client) == "fr"


def test_the_choice_is_kept_in_a_cookie_no_script_reads(client: Client) -> None:
    cookie = client.post("/langue/", {"language": "en"}).cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert int(cookie["max-age"]) > 30 * 24 * 3600


@pytest.mark.parametrize("unheard_of", ["", "de", "en-GB", "../en", "fr\x00"])
def test_only_an_offered_language_is_spoken(client: Client, unheard_of: str) -> None:
    assert client.post("/langue/", {"language": unheard_of}).status_code == HTTPStatus.BAD_REQUEST
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = unheard_of.replace("\x00", "")
    assert spoken(client) == "fr"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        " //evil.example",
        "/\t/evil.example",
        "evil",
        "",
    ],
)
def test_d10_the_way_back_never_leaves_the_site(client: Client, elsewhere: str) -> None:
    answer = client.post("/langue/", {"language": "en", "next": elsewhere})
    assert answer.headers["Location"] == HOME


def test_the_way_back_keeps_its_query(client: Client) -> None:
    answer = client.post("/langue/", {"language": "en", "next": "/connexion/?next=/espace/profil/"})
    assert answer.headers["Location"] == "/connexion/?next=/espace/profil/"


def test_reading_the_address_changes_nothing(client: Client) -> None:
    assert client.get("/langue/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_i12_a_choice_sent_from_elsewhere_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/langue/", {"language": "en"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
