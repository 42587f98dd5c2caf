"""Nothing of the inside shows outside."""

import pytest
from django.conf import settings
from django.test import Client

from passavant.foundation.access import middleware


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/metrics",
        "/admin/",
        "/admin/doc/",
        "/static/../config/settings.py",
        "/static/%2e%2e/settings.py",
        "/static/staticfiles.json.bak",
        "/var/passavant.sqlite3",
        "/__debug__/",
    ],
)
def test_l6_what_is_inside_is_not_served(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"INSTALLED_APPS" not in answer.content


def test_l6_a_fault_nobody_foresaw_shows_a_reference_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object, **keywords: object) -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr("passavant.authentication.views.sign_in.SignInForm", fails)
    answer = Client(raise_request_exception=False).get("/connexion/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert not settings.DEBUG
    for inside in ("Traceback", "ZeroDivisionError", "a secret of the inside", "passavant/", "Django", "python"):
        assert inside not in page
    for name in middleware.PROTECTIONS:
        assert answer[name] == middleware.PROTECTIONS[name]
