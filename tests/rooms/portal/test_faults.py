"""What went wrong is told in the language of the reader, with a way out and nothing of the inside."""

from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from passavant.foundation.values import Origin
from passavant.portal.views import faults
from tests.rooms.ui.pages import Element, read


def page(answer: object) -> Element:
    return read(answer.content.decode().removeprefix("<!DOCTYPE html>"))  # type: ignore[attr-defined]


def test_an_unknown_address_gives_a_way_out(client: Client) -> None:
    answer = client.get("/n-existe-pas/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert page(answer).one("h1").words == "Page non trouvée"
    assert {"/", "/plan-du-site/"} <= {link.attrs["href"] for link in page(answer).one("main").all("a")}


def test_an_address_is_never_repeated_as_html(client: Client) -> None:
    answer = client.get("/<script>alert(1)</script>/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(("path", "back"), [("/connexion/", "/connexion/"), ("/deconnexion/", "/"), ("/langue/", "/")])
def test_i12_a_form_without_its_token_is_refused_with_a_way_back(path: str, back: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(path, {})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert page(answer).one("h1").words == "La page est restée ouverte trop longtemps"
    assert page(answer).one("main").one("a", class_="fr-btn").attrs["href"] == back


def test_forbidden_is_a_page_with_a_way_forward(rf: RequestFactory) -> None:
    answer = faults.forbidden(rf.get("/"), PermissionError())
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert page(answer).one("main").one("a", class_="fr-btn").attrs["href"] == "/espace/"


def test_a_malformed_request_is_told_without_asking_anything(rf: RequestFactory) -> None:
    answer = faults.bad_request(rf.get("/"), ValueError())
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert page(answer).one("h1").words == "Cette demande n’a pas été comprise"


@pytest.mark.parametrize(
    ("template", "said"), [("500", "Un problème est survenu de notre côté"), ("503", "indisponible")]
)
def test_the_worst_pages_speak_both_languages_and_need_no_database(
    rf: RequestFactory, template: str, said: str
) -> None:
    request = rf.get("/")
    request.origin = Origin("127.0.0.1", request_id="0a1b2c3d")
    told = page(faults._bare(request, f"ui/{template}.html", int(template)))
    assert said in told.one("h1").words
    assert len(told.all(lang="en")) == 1
    assert told.words.count("0a1b2c3d") == 2


def test_a_fault_of_ours_is_a_500_that_gives_its_reference(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("passavant.portal.views.pages.render", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"secret of the inside" not in answer.content
    assert "Référence à donner à l’assistance" in answer.content.decode()


def test_a_database_that_does_not_answer_is_a_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise OperationalError("could not connect to server")

    monkeypatch.setattr("passavant.portal.views.pages.render", down)
    answer = client.get("/")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Retry-After" in answer.headers
    assert page(answer).one("h1").words == "Le service est momentanément indisponible"
