"""Who enters the space, what its pages have in common, and what they cost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from passavant.authentication.guards import signed_in
from passavant.authentication.guards.fresh import Fresh
from passavant.space import urls
from passavant.space.models.holdings import holdings
from tests.people import PASSWORD, person
from tests.rooms.space.inside import COPIES, OF_A_FACTOR, OF_A_THING, PAGES, POSTED, WRITING, browser, text

pytestmark = pytest.mark.django_db
PAYLOADS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "{{ 7*7 }}{% load x %}", "{0.__class__}")
BELOW = {
    "/espace/profil/modifier/",
    *(f"/espace/securite/{page}/" for page in ("niveau", "codes", "cle")),
}  # no line of their own
PUBLIC = "compte-ferme/"


def test_every_page_of_the_space_but_the_farewell_needs_a_person() -> None:
    doors = {str(page.pattern): vars(page.callback)["door"][0] for page in urls.urlpatterns}
    assert {route for route, entry in doors.items() if entry is not signed_in and not isinstance(entry, Fresh)} == {
        PUBLIC
    }
    known = len(PAGES) + len(POSTED) + len(OF_A_FACTOR) + len(OF_A_THING)
    assert len(doors) == known + 1, "the sweeps of these tests know every page"


def every_answer(client: Client, page: str) -> list[Any]:
    """What each method of the page answers."""
    _entry, writes, reads = resolve(page.partition("?")[0]).func.door  # type: ignore[attr-defined]
    return [getattr(client, method.lower())(page) for method in (*(("GET", "HEAD") if reads else ()), *writes)]


@pytest.mark.parametrize("page", [*PAGES, *COPIES, *POSTED, *OF_A_FACTOR, *OF_A_THING])
def test_a_visitor_is_sent_to_the_sign_in_page(client: Client, page: str) -> None:
    for answer in every_answer(client, page):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("page", [*PAGES, *COPIES, *POSTED, *OF_A_FACTOR, *OF_A_THING])
def test_c2_between_the_password_and_the_code_no_page_opens(client: Client, page: str) -> None:
    person(sms=True)
    assert client.post("/connexion/", {"identifier": "lea.durand", "password": PASSWORD}).status_code == 303
    for answer in every_answer(client, page):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/connexion/code/")


@pytest.mark.parametrize("page", [*PAGES, "/espace/compte-ferme/"])
def test_each_page_has_one_heading_a_title_and_says_where_one_is(page: str) -> None:
    answer = browser(person()).get(page)
    assert answer.status_code == 200
    whole = answer.content.decode()
    assert whole.count("<h1") == 1
    assert "no-store" in answer.headers["Cache-Control"]
    if page != "/espace/compte-ferme/":
        assert whole.count('aria-current="page"') >= 2 or page in BELOW
        assert f'href="{page}" aria-current="page"' in whole or page in BELOW


def test_below_a_page_of_the_menu_the_menu_says_so() -> None:
    whole = browser(person()).get("/espace/profil/modifier/").content.decode()
    assert 'href="/espace/profil/" aria-current="true"' in whole


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_three_queries_at_most(page: str) -> None:
    client = browser(person())
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    asked = [
        query["sql"] for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    most = {"/espace/": 1, "/espace/securite/": 4}.get(page, 3)  # the person; factors, standing, portals
    assert len(asked) <= most, asked


@pytest.mark.parametrize("page", COPIES)
def test_a_copy_costs_one_query_a_table_however_many_rows(page: str) -> None:
    client = browser(person())
    for _ in range(3):
        client.post("/espace/adresse-electronique/annuler/")
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    assert len(queries) == len(holdings()), "the person, then one for each other table"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_i2_i3_a_name_that_is_a_program_is_shown_as_it_is_everywhere(payload: str) -> None:
    client = browser(person(last_name=payload, first_name="Zoé", address=payload, mobile="+33639981234"))
    for page in (*PAGES, COPIES[1]):
        whole = client.get(page).content.decode()
        assert "<script>alert" not in whole
        assert "<img src=x" not in whole
        assert "49" not in text(client.get("/espace/"))
    assert f"Bonjour Zoé {payload}" in text_of_heading(client)
    assert client.get(COPIES[0]).json()["held"]["accounts.account"][0]["last_name"] == payload
    assert payload in text(client.get("/espace/profil/"))


def text_of_heading(client: Client) -> str:
    return text(client.get("/espace/"))


def test_the_home_page_greets_and_tells_the_last_sign_in_and_the_level() -> None:
    last = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    home = text(browser(person(sms=True, previous_sign_in_at=last)).get("/espace/"))
    assert "Bonjour Léa Durand" in home
    assert "Dernière connexion : 22 novembre 2026 à 14 h 05 (heure de Paris)." in home
    assert "Niveau de sécurité actuel : Mot de passe et jeton SMS" in home
    assert "Aucun téléservice ne vous est encore ouvert" in home
    assert "convention d’usage avec la douane" in home
    assert "documents papier" in home


def test_the_first_time_the_home_page_welcomes() -> None:
    assert "C’est votre première connexion." in text(browser(person()).get("/espace/"))


def test_a_notice_comes_from_the_table_only() -> None:
    client = browser(person())
    assert "Votre profil est à jour." in text(client.get("/espace/profil/?fait=profil"))
    for word in ("<b>x</b>", "inconnu", "", "\x00"):
        assert 'role="status"' not in client.get("/espace/profil/", {"fait": word}).content.decode()


@pytest.mark.parametrize("page", WRITING)
def test_i12_a_post_without_the_token_changes_nothing(page: str) -> None:
    account = person()
    client = browser(account, enforce_csrf_checks=True)
    before = {f.name: getattr(account, f.name) for f in account._meta.concrete_fields}
    typed = {"current": PASSWORD, "new": "Autre-Navire 1792 ?", "email": "autre@example.org", "last_name": "Autre"}
    assert client.post(page, typed).status_code == 403
    account.refresh_from_db()
    assert {f.name: getattr(account, f.name) for f in account._meta.concrete_fields} == before
    assert client.get("/espace/").status_code == 200


@pytest.mark.parametrize("page", POSTED)
def test_i12_what_only_writes_is_not_read(page: str) -> None:
    client = browser(person())
    assert [client.get(page).status_code, client.head(page).status_code] == [405, 405]


@pytest.mark.parametrize("page", sorted({*PAGES, *POSTED} - {*WRITING}))
def test_i12_what_is_only_read_is_not_written(page: str) -> None:
    client = browser(person())
    assert {getattr(client, method)(page).status_code for method in ("post", "put", "patch", "delete")} == {405}


@pytest.mark.parametrize("page", [*PAGES, *COPIES])
def test_a_page_of_the_space_is_said_in_english_to_who_chose_it(page: str) -> None:
    client = browser(person())
    client.cookies["langue"] = "en"
    whole = client.get(page).content.decode()
    for french in ("Mot de passe", "Téléphone", "Fermer", "Vos ", "votre "):
        assert french not in whole, french
