"""A part that is down is told as such wherever the fault arises: in a page, or before any page is reached."""

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client


def down(*arguments: object, **keywords: object) -> None:
    raise OperationalError("server closed the connection")


@pytest.mark.parametrize("path", ["/espace/", "/connexion/", "/"])
def test_k6_who_is_signed_in_reads_503_while_the_database_is_down(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr("passavant.authentication.models.sessions.SessionStore.load", down)
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 43
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Traceback" not in answer.content.decode()
