"""Signing in on an origin of its own: which page stands where, and that nobody is led elsewhere."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from passavant.authentication.guards.origins import ALSO_THERE, ONLY_THERE
from passavant.authentication.models import Session
from passavant.foundation.access.middleware import POLICY
from passavant.foundation.values import digest
from tests.people import PASSWORD, person
from tests.rooms.authentication.people_at_the_door import facts
from tests.rooms.authentication.test_paths import EVIL, NOT_OURS
from tests.rooms.authentication.two_origins import AUTH, PORTAL, SPACE, Browser, separate

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(settings: Settings) -> Browser:
    separate(settings)
    person()
    return Browser()


def test_who_is_signed_in_on_the_portal_needs_no_sign_in_page(lea: Browser) -> None:
    lea.opens(SPACE).signs_in()
    assert lea.opens(f"{PORTAL}/connexion/?next=/espace/profil/").way[1:] == [f"{SPACE}profil/"]


@pytest.mark.parametrize("text", [*EVIL, *NOT_OURS])
def test_i15_whatever_is_asked_one_comes_back_to_a_page_of_the_portal(text: str, lea: Browser) -> None:
    asked = lea.asks(f"{PORTAL}/connexion/?next=/espace/").headers["Location"]
    answer = lea.jar(PORTAL).get("/connexion/", {"next": text}, headers={"host": "localhost:8000"})
    address = urlsplit(answer.headers["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{AUTH}/connexion/"
    (back,) = parse_qs(address.query)["next"]
    assert back.startswith("/connexion/passage/?pour=")
    assert "next" not in parse_qs(urlsplit(back).query)
    assert "next" in parse_qs(urlsplit(parse_qs(urlsplit(asked).query)["next"][0]).query)


@pytest.mark.parametrize("text", [*EVIL, *NOT_OURS])
def test_i15_a_passage_written_by_hand_leads_nowhere_else(text: str, lea: Browser) -> None:
    lea.opens(f"{PORTAL}/connexion/").opens(f"{AUTH}/connexion/")
    lea.asks(f"{AUTH}/connexion/", {"identifier": "lea.durand", "password": PASSWORD})
    asked = {"pour": digest(lea.jar(PORTAL).cookies["passage"].value), "next": text}
    answer = lea.jar(AUTH).get("/connexion/passage/", asked, headers={"host": "127.0.0.1:8000"})
    assert answer.headers["Location"].startswith(f"{PORTAL}/connexion/retour/?ticket=psv_lnk_")
    assert lea.asks(answer.headers["Location"]).headers["Location"] == "/espace/"


@pytest.mark.parametrize("path", ["/connexion/", "/connexion/code/", "/connexion/un-portail/?next=/espace/"])
def test_the_portal_has_no_page_of_sign_in(path: str, lea: Browser) -> None:
    for posted, status in ((None, 302), ({"identifier": "lea.durand"}, 303)):
        answer = lea.asks(PORTAL + path, posted)
        assert (answer.status_code, answer.headers["Location"].startswith(AUTH + path)) == (status, True)


@pytest.mark.parametrize("path", ["/", "/espace/profil/?a=b", "/demo/courrier/", "/nulle-part/", "/connexion/retour/"])
def test_the_origin_of_sign_in_has_no_other_page(path: str, lea: Browser) -> None:
    for posted, status in ((None, 302), ({"a": "b"}, 303)):
        answer = lea.asks(AUTH + path, posted)
        assert (answer.status_code, answer.headers["Location"]) == (status, PORTAL + path)


def test_what_is_posted_to_the_wrong_origin_is_not_acted_upon(lea: Browser) -> None:
    lea.posts(f"{PORTAL}/connexion/", identifier="lea.durand", password=PASSWORD)
    assert lea.url.startswith(f"{AUTH}/connexion/?next=")
    assert (facts("sign_in.completed"), Session.objects.count()) == ([], 0)


def rooms(resolver: URLResolver, before: str = "/") -> dict[str, set[str]]:
    """The paths of each room, as far as they are fixed."""
    found: dict[str, set[str]] = {}
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.setdefault(resolver.app_name or "", set()).add(route.partition("<")[0])
        else:
            for room, paths in rooms(entry, route).items():
                found.setdefault(room, set()).update(paths)
    return found


def test_every_page_of_accounts_and_sign_in_stands_there_and_none_of_the_space() -> None:
    found = rooms(get_resolver())
    there = (ONLY_THERE, *ALSO_THERE)
    assert {path for room in ("accounts", "authentication", "ui") for path in found[room]} == {
        path for room in ("accounts", "authentication", "ui") for path in found[room] if path.startswith(there)
    }
    assert not {path for path in found["space"] if path.startswith(there)}


@pytest.mark.parametrize("path", ["/inscription/", "/mot-de-passe-oublie/", "/mentions-legales/", "/healthz"])
def test_what_stands_on_both(path: str, lea: Browser) -> None:
    assert [lea.asks(origin + path).status_code for origin in (PORTAL, AUTH)] == [200, 200]


def test_a_form_may_end_on_the_other_origin_and_nowhere_else(lea: Browser) -> None:
    for address in (f"{AUTH}/connexion/", f"{PORTAL}/"):
        policy = lea.asks(address).headers["Content-Security-Policy"]
        assert policy == POLICY.replace("form-action 'self'", f"form-action 'self' {PORTAL} {AUTH}")


def test_the_cookies_of_a_public_portal_are_of_their_host_alone(settings: Settings) -> None:
    portal, auth = "https://portail.example", "https://connexion.portail.example"
    separate(settings, portal, auth)
    answer = Browser().asks(f"{portal}/connexion/")
    assert answer.headers["Location"].startswith(f"{auth}/connexion/?next=")
    mark = answer.cookies["__Host-passage"]
    assert (mark["secure"], mark["httponly"], mark["samesite"], mark["domain"], mark["max-age"]) == (
        True, True, "Lax", "", "",
    )  # fmt: skip


def test_with_one_origin_there_is_no_passage(client: Client) -> None:
    person()
    client.post("/connexion/", {"identifier": "lea.durand", "password": PASSWORD})
    for path in ("/connexion/passage/?pour=" + "a" * 64, "/connexion/retour/?ticket=x"):
        assert client.get(path).status_code == 404
    assert client.get("/").headers["Content-Security-Policy"] == POLICY


def test_the_middleware_costs_no_query(lea: Browser, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        lea.asks(f"{PORTAL}/")
        lea.asks(f"{PORTAL}/connexion/?next=/espace/")
        lea.asks(f"{AUTH}/espace/")
