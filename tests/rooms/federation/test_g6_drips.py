"""An answer that drips in, whatever drips of it, ends at its time (G6)."""

import itertools
import socket
import threading
from collections.abc import Iterator

import pytest

from passavant.federation.rules.refusals import ProviderDown
from passavant.federation.wire import Talk, calls
from passavant.federation.wire.calls import call
from tests.rooms.federation.traveller import provider

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "status": (b"", b"H"),
    "header name": (HEAD, b"x"),
    "many headers": (HEAD, b"X-A: b\r\n"),
    "size of a chunk": (CHUNKED, b"0"),
    "extension of a chunk": (CHUNKED + b"5;", b"x"),
    "trailer": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n"),
    "body with a length": (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
    "body without": (HEAD + b"Connection: close\r\n\r\n", b" "),
    "packed nothing": (  # an endless stream of gzip that unfolds to no byte at all
        HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03",
        b"\0\0\0\xff\xff",
    ),
}
PAUSE = 0.05  # seconds between two drips: never silent for as long as SILENCE_SECONDS


class Dripping:
    """A server that says the first bytes at once, then the others one by one, for ever."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        self.says = (b"", b"")
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while not self.over.is_set():
            try:
                client, _address = self.server.accept()
            except OSError:
                return
            with client:
                self.drip(client)

    def drip(self, client: socket.socket) -> None:
        first, then = self.says
        try:
            client.recv(65536)
            client.sendall(first)
            for _ in itertools.repeat(None):
                if self.over.wait(PAUSE):
                    return
                client.sendall(then)
        except OSError:
            return  # hung up on

    def stop(self) -> None:
        self.over.set()
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join(10)


@pytest.fixture
def dripping() -> Iterator[Dripping]:
    one = Dripping()
    yield one
    one.stop()


@pytest.mark.parametrize("what", DRIPS)
def test_g6_no_drip_lasts(dripping: Dripping, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "SILENCE_SECONDS", 0.3)
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.5)
    dripping.says = DRIPS[what]
    with pytest.raises(ProviderDown, match="too slow"):
        call(Talk.begin(provider(dripping.url)), f"{dripping.url}/jwks")


def test_an_answer_without_a_length_is_read_to_its_end(dripping: Dripping) -> None:
    dripping.says = (CHUNKED + b"2\r\n{}\r\n0\r\n\r\n", b"")
    assert call(Talk.begin(provider(dripping.url)), f"{dripping.url}/jwks").json() == {}
