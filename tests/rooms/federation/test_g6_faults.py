"""A provider that is down, slow or mad: people wait for nothing, and sign in otherwise (G6)."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from urllib3.response import BaseHTTPResponse

from passavant.federation.rules.limits import BODY_BYTES
from passavant.federation.rules.refusals import ProviderDown
from passavant.federation.wire import Talk, calls, circuit
from passavant.federation.wire.circuit import Circuit, circuit_of
from tests.people import PASSWORD, person
from tests.providers.running import Honest, Hostile
from tests.rooms.federation.traveller import Traveller, forget_providers, nothing_is_open, provider, refusals

pytestmark = pytest.mark.django_db
ASKED = ("discovery", "jwks", "token", "userinfo")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product waits for seconds; the tests, less."""
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.6)
    monkeypatch.setattr(calls, "SILENCE_SECONDS", 0.2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The process's clock, as the circuit reads it; call it to let seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def later(seconds: float) -> None:
        now[0] += seconds

    return later


def is_told(lea: Traveller) -> bool:
    """That the provider does not answer; in French, with the other way in."""
    ways = "/connexion/" in lea.page.links.values()
    return ways and (lea.status, lea.why, lea.headers["Retry-After"]) == (503, "down", "30")


@pytest.mark.parametrize("endpoint", ASKED)
@pytest.mark.usefixtures("impatient")
def test_g6_who_comes_back_is_not_kept_waiting(liar: Hostile, lea: Traveller, endpoint: str) -> None:
    back = lea.signs_in_there(lea.departs("liar"))
    forget_providers()
    liar.set(modes=[f"hang:{endpoint}"])
    assert is_told(lea.opens(back))
    assert refusals() == ["down: too slow"]
    assert nothing_is_open(lea.client)


@pytest.mark.parametrize("endpoint", ["jwks", "token"])
def test_g6_a_byte_a_second_is_not_an_answer(
    liar: Hostile, lea: Traveller, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = lea.signs_in_there(lea.departs("liar"))
    monkeypatch.setattr(calls, "CALL_SECONDS", 1.2)
    liar.set(modes=[f"slow:{endpoint}"])
    assert is_told(lea.opens(back))
    assert refusals() == ["down: too slow"]
    assert nothing_is_open(lea.client)


@pytest.mark.parametrize("fault", ["slow", "hang"])
@pytest.mark.usefixtures("impatient")
def test_g6_who_wants_to_go_there_neither(liar: Hostile, lea: Traveller, fault: str) -> None:
    liar.set(modes=[f"{fault}:discovery"])
    lea.opens("/connexion/liar/")
    assert is_told(lea)


def test_g6_a_provider_that_is_down(portailpro: Honest, lea: Traveller) -> None:
    back = lea.signs_in_there(lea.departs())
    portailpro.set(down=True)
    assert is_told(lea.opens(back))
    assert "Portailpro.gouv.fr ne répond pas" in lea.page.text
    forget_providers()
    assert is_told(lea.opens("/connexion/portailpro/"))
    person()
    lea.opens("/connexion/")
    lea.fills("Me connecter", {"Identifiant": "lea.durand", "Mot de passe": PASSWORD})
    assert lea.is_inside(), "local sign-in needs nobody"


@pytest.mark.parametrize("endpoint", ASKED)
@pytest.mark.parametrize("status", [500, 503, 599])
def test_g6_its_server_errors(portailpro: Honest, lea: Traveller, status: int, endpoint: str) -> None:
    back = lea.signs_in_there(lea.departs())
    forget_providers()
    portailpro.set(status={endpoint: status})
    assert is_told(lea.opens(back))
    assert refusals() == [f"down: HTTP {status}"]
    portailpro.reset()
    assert lea.crosses().url == "/connexion/arrivee/adresse/", "and then it is back"


@pytest.mark.parametrize("endpoint", ASKED)
@pytest.mark.parametrize("fault", ["huge", "bomb"])
def test_g6_ten_megabytes_are_not_read(
    liar: Hostile, lea: Traveller, fault: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest, read = [0], calls._body

    def reading(answer: BaseHTTPResponse, talk: Talk) -> bytes:
        try:
            return read(answer, talk)
        finally:
            longest[0] = max(longest[0], answer.tell())

    monkeypatch.setattr(calls, "_body", reading)
    back = lea.signs_in_there(lea.departs("liar"))
    forget_providers()
    liar.set(modes=[f"{fault}:{endpoint}"])
    assert is_told(lea.opens(back))
    assert refusals() == ["down: too long an answer" if fault == "huge" else "down: not JSON"]
    assert longest[0] <= BODY_BYTES + calls.CHUNK_BYTES


@pytest.mark.parametrize("endpoint", ASKED)
def test_g6_a_redirect_is_not_followed(liar: Hostile, lea: Traveller, endpoint: str) -> None:
    back = lea.signs_in_there(lea.departs("liar"))
    forget_providers()
    liar.set(modes=[f"redirect:{endpoint}"])
    assert lea.opens(back).status in {400, 503}
    assert not [name for name in liar.hits() if name.startswith("canary")]


def fails(times: int, one: Circuit) -> None:
    for _ in range(times):
        with pytest.raises(ProviderDown, match="HTTP 500"), one:
            raise ProviderDown("HTTP 500")


def test_g6_after_three_failures_it_is_left_alone_and_then_tried_by_one(clock: Callable[[float], None]) -> None:
    one = Circuit("https://portailpro.example")
    fails(2, one)
    with one:
        pass  # a success begins the count anew
    fails(3, one)
    with pytest.raises(ProviderDown, match="left alone"), one:
        pass
    clock(20.0)
    fails(1, one)  # the one that goes and sees
    with pytest.raises(ProviderDown, match="left alone"), one:
        pass
    clock(20.0)
    with one, pytest.raises(ProviderDown, match="left alone"), one:
        pass  # one at a time, until it is known
    with one, one:
        assert one.failures == 0


def test_g6_what_is_proved_false_is_no_failure_of_the_provider() -> None:
    one = Circuit("https://portailpro.example")
    for _ in range(5):
        with pytest.raises(ValueError, match="ours"), one:
            raise ValueError("ours")
    with one:
        assert one.failures == 0


def test_g6_the_circuit_is_seen_from_the_pages(
    portailpro: Honest, lea: Traveller, clock: Callable[[float], None]
) -> None:
    portailpro.set(status={"discovery": 500})
    for _ in range(6):
        assert is_told(lea.opens("/connexion/portailpro/"))
    assert portailpro.hits()["discovery"] == 3
    portailpro.reset()
    assert is_told(lea.opens("/connexion/portailpro/"))
    clock(20.0)
    assert lea.departs().startswith(portailpro.issuer)


def test_g6_one_provider_down_leaves_the_others(
    portailpro: Honest, hostile: Hostile, settings: Settings, lea: Traveller
) -> None:
    both = {**settings.PASSAVANT.federation, "liar": provider(hostile.issuer)}
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"federation": both})
    fails(3, circuit_of(hostile.issuer))
    assert is_told(lea.opens("/connexion/liar/"))
    assert lea.departs("portailpro").startswith(portailpro.issuer)


class Counted:
    """Calls to providers, and how many were under way at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ask, self.lock, self.now, self.most, self.all = calls._ask, threading.Lock(), 0, 0, 0
        monkeypatch.setattr(calls, "_ask", self)

    def __call__(self, *told: Any) -> calls.Answer:
        with self.lock:
            self.now, self.all = self.now + 1, self.all + 1
            self.most = max(self.most, self.now)
        try:
            return self.ask(*told)
        finally:
            with self.lock:
                self.now -= 1


@pytest.mark.django_db(transaction=True)
def test_g6_fifty_people_coming_back_do_not_take_every_thread(liar: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "SILENCE_SECONDS", 1.0)
    monkeypatch.setattr(circuit, "THREADS", 4)
    people = [Traveller() for _ in range(50)]
    returns = [lea.signs_in_there(lea.departs("liar")) for lea in people]
    forget_providers()
    liar.set(modes=["hang:discovery"])
    barrier, counted = threading.Barrier(50), Counted(monkeypatch)

    def come_back(number: int) -> int:
        try:
            barrier.wait(20)
            return people[number].client.get(returns[number]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = pool.map(come_back, range(50))
        assert Traveller("198.51.100.7").opens("/connexion/").status == 200, "local sign-in answers meanwhile"
        assert set(answers) == {503}
    assert (counted.most, len(refusals())) == (2, 50), "half of the threads of a process"
    assert counted.all <= 4, "the others did not wait for their turn"
