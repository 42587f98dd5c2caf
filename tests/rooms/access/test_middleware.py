"""What every request carries and every answer has on."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from passavant.foundation.access import middleware
from passavant.foundation.access.faults import told
from passavant.foundation.values import ServiceBusy


@pytest.fixture
def behind_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    env = settings.PASSAVANT.model_copy(update={"trusted_proxies": ("10.0.0.0/8", "::1")})
    monkeypatch.setattr(settings, "PASSAVANT", env)


@pytest.mark.usefixtures("behind_proxy")
@pytest.mark.parametrize(
    ("remote", "header", "counted"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.2.2.2", "203.0.113.9"),
        ("10.0.0.1", "garbage", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, garbage", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("192.0.2.5", "203.0.113.9", "192.0.2.5"),
        ("not an address", "203.0.113.9", "not an address"),
    ],
)
def test_d5_only_a_trusted_proxy_says_who_asks(rf: RequestFactory, remote: str, header: str, counted: str) -> None:
    request = rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=header)
    assert middleware.client_address(request) == counted


def test_d5_without_a_trusted_proxy_the_header_is_ignored(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert middleware.client_address(request) == "127.0.0.1"


@pytest.mark.parametrize(
    ("fault", "status", "retry"),
    [
        (ServiceBusy(2), 503, "2"),
        (OperationalError("server closed the connection"), 503, "5"),
        (RequestDataTooBig(), 413, None),
        (SuspiciousOperation(), 400, None),
    ],
)
def test_a_fault_that_has_a_page_shows_it(rf: RequestFactory, fault: Exception, status: int, retry: str | None) -> None:
    answer = told(rf.get("/"), fault)
    assert answer is not None
    assert answer.status_code == status
    assert answer.get("Retry-After") == retry
    assert "Traceback" not in answer.content.decode()


def test_l6_a_fault_nobody_foresaw_is_not_hidden_from_django(rf: RequestFactory) -> None:
    assert told(rf.get("/"), ZeroDivisionError()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/connexion/", 200), ("get", "/nulle-part/", 404), ("get", "/espace/", 302), ("put", "/connexion/", 405)],
)
def test_i13_i14_every_answer_is_protected(client: Client, method: str, path: str, status: int) -> None:
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    for name in middleware.PROTECTIONS:
        assert answer[name] == middleware.PROTECTIONS[name]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private"
    assert "Server" not in answer


def test_i14_https_is_remembered_when_the_site_has_it(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def well(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert "Strict-Transport-Security" not in middleware.harden_answer(well)(rf.get("/"))
    env = settings.PASSAVANT.model_copy(update={"public_url": "https://portail.example"})
    monkeypatch.setattr(settings, "PASSAVANT", env)
    assert middleware.harden_answer(well)(rf.get("/"))["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_origin_of_a_request_is_clean(rf: RequestFactory) -> None:
    seen: list[Any] = []

    def remember(request: HttpRequest) -> HttpResponse:
        seen.append(request.origin)  # type: ignore[attr-defined]
        return HttpResponse()

    middleware.describe_request(remember)(rf.get("/", HTTP_USER_AGENT="Navi\r\ngateur" + "x" * 500))
    origin = seen[0]
    assert "\n" not in origin.agent
    assert len(origin.agent) == middleware.AGENT_LENGTH
    assert len(origin.request_id) == 16
