"""The generic gateway for SMS: each answer, each failure, and no secret told."""

import logging
import socket

import pytest
from structlog.testing import capture_logs

from passavant.foundation.outbox.actions import deliver
from passavant.foundation.outbox.carriers import http
from passavant.foundation.outbox.carriers.outcomes import Down, Later, Refused, Sent
from tests.rooms.outbox.conftest import Configure
from tests.rooms.outbox.gateway import Gateway
from tests.rooms.outbox.trial import CODE, let_time_pass, posted, row, states, text
from tests.stack import free_port

pytestmark = pytest.mark.django_db


def test_the_gateway_gets_the_recipient_the_text_and_a_reference(gateway: Gateway) -> None:
    [message] = posted(text())
    deliver()
    [call] = gateway.calls
    assert (call.method, call.path) == ("POST", "/v1/messages")
    assert call.headers["Authorization"] == "Bearer a:token"
    assert call.headers["Content-Type"] == "application/json"
    assert call.document["to"] == "+33639981234"
    assert call.document["text"].startswith(f"{CODE} est votre code")
    assert call.document["reference"] == str(message)
    assert set(call.document) == {"to", "text", "reference"}
    assert row(message).state == "sent"


@pytest.mark.parametrize(
    ("status", "state", "attempts"),
    [
        (200, "sent", 1),
        (202, "sent", 1),
        (204, "sent", 1),
        (301, "waiting", 0),
        (400, "dead", 1),
        (401, "waiting", 0),
        (403, "waiting", 0),
        (404, "dead", 1),
        (422, "dead", 1),
        (429, "waiting", 1),
        (500, "waiting", 1),
        (503, "waiting", 1),
    ],
)
def test_e15_what_becomes_of_a_text_for_each_answer(gateway: Gateway, status: int, state: str, attempts: int) -> None:
    gateway.status, gateway.said = status, b"" if status == 204 else b"an answer"
    [message] = posted(text())
    deliver()
    assert (row(message).state, row(message).attempts) == (state, attempts)
    assert str(status) in row(message).reason or state == "sent"


def test_a_redirection_is_not_followed(gateway: Gateway) -> None:
    gateway.status, gateway.headers = 307, {"Location": f"http://{gateway.place}/elsewhere"}
    posted(text())
    deliver()
    assert [call.path for call in gateway.calls] == ["/v1/messages"]


def test_e15_a_gateway_that_never_answers_delays_the_text(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TIMEOUT_SECONDS", 0.3)
    gateway.status = 0
    [message] = posted(text())
    deliver()
    assert (row(message).state, row(message).reason) == ("waiting", "ReadTimeoutError")


def test_e15_a_gateway_out_of_order_gives_every_text_back(configure: Configure, gateway: Gateway) -> None:
    place = gateway.place
    configure(sms_url=f"http+json://token@127.0.0.1:{free_port()}/")
    posted(*(text() for _ in range(5)))
    assert deliver() == 5
    assert deliver() == 0
    assert states() == {"waiting": 5}
    configure(sms_url=f"http+json://token@{place}/")
    let_time_pass()
    deliver()
    assert states() == {"sent": 5}
    assert len(gateway.calls) == 5


def test_e15_a_code_no_longer_valid_is_not_sent(gateway: Gateway) -> None:
    [message] = posted(text())
    row_ = row(message)
    row_.useful_until = row_.posted_at
    row_.save()
    deliver()
    assert gateway.calls == []
    assert row(message).state == "dead"
    assert row(message).reason.startswith("too late")


def test_without_a_gateway_the_texts_wait(configure: Configure) -> None:
    configure(sms_url="")
    [message] = posted(text())
    deliver()
    assert (row(message).state, row(message).reason) == ("waiting", "PASSAVANT_SMS_URL names no carrier")


def test_neither_recipient_nor_secret_is_logged(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.status, gateway.said = 400, b'{"error": "+33639981234 refused: 482915 est votre code"}'
    with capture_logs() as told:
        posted(text())
        deliver()
    [line] = told
    assert line["outcome"] == "refused"
    assert {"id", "channel", "template", "attempt", "seconds", "reason"} <= set(line)
    everything = f"{told} {caplog.text}"
    for secret in ("33639981234", CODE, "token", "Authorization"):
        assert secret not in everything


@pytest.mark.parametrize("url", ["kannel+http://passavant:of-a-test@{}/cgi-bin/sendsms", "http+json://of-a-test@{}/"])
def test_a_failure_to_connect_tells_no_address(
    configure: Configure, caplog: pytest.LogCaptureFixture, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kannel's address holds the password and the code, and errors like to quote addresses."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(http, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, capture_logs() as told:
        for place in (f"127.0.0.1:{free_port()}", f"127.0.0.1:{silent.getsockname()[1]}"):
            configure(sms_url=url.format(place))
            [message] = posted(text())
            deliver()
            let_time_pass()
            everything = f"{told} {caplog.text} {row(message).reason}"
            assert row(message).reason
            for secret in ("of-a-test", CODE, "sendsms", "639981234"):
                assert secret not in everything


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, Sent), (302, Down), (407, Down), (408, Later), (410, Refused), (599, Later)]
)
def test_a_status_has_one_meaning(status: int, outcome: type) -> None:
    assert isinstance(http.verdict(status, b"\xff said"), outcome)
