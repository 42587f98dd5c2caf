"""What machines ask."""

from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from passavant.portal.views import operation


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (HTTPStatus.OK, b"ok")


@pytest.mark.django_db
def test_ready_names_its_parts(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.OK
    assert answer.json() == {"ready": True, "parts": {"database": "ok", "migrations": "ok", "outbox": "ok"}}


@pytest.mark.django_db
def test_not_ready_when_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="outbox").delete()
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["parts"]["migrations"] == "1 behind"


@pytest.mark.django_db
def test_not_ready_when_no_worker_carries_the_messages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Figures:
        late_seconds = operation.LATE_SECONDS + 1.0

    monkeypatch.setattr(operation, "waiting", Figures)
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["parts"]["outbox"] == "late by 301 s"


@pytest.mark.django_db
def test_not_ready_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> str:
        raise OperationalError("password of the server")

    monkeypatch.setitem(operation.PARTS, "database", down)
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["parts"]["database"] == "no answer"
    assert b"password of the server" not in answer.content


def test_password_managers_find_where_to_change_a_password(client: Client) -> None:
    answer = client.get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.FOUND, "/espace/mot-de-passe/")


def test_robots_stay_out_of_private_pages(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain"
    assert "Disallow: /espace/" in answer.content.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/"])
def test_operation_is_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED
