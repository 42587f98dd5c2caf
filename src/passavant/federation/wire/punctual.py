"""Connections that end at their time: a socket's own timeout begins anew with every byte that drips in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RD
from threading import Event, Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import HTTPResponse


@contextmanager
def cut_after(seconds: float, cut: Callable[[], object]) -> Iterator[None]:
    """Call `cut` from another thread if the block lasts longer; what it interrupts then reads an end.

    Raises:
        TimeoutError: it did, whatever the block made of that end.
    """
    over = Event()

    def late() -> None:
        over.set()
        with suppress(OSError, RuntimeError, ValueError):  # the block has just ended
            cut()

    timer = Timer(seconds, late)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if over.is_set():
            raise TimeoutError("too slow") from None


class Plain(HTTPConnection):
    """The whole head of an answer comes within the read timeout."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        with cut_after(self.timeout or 0, lambda: self.sock.shutdown(SHUT_RD)):
            return super().getresponse()


class Tls(HTTPSConnection):
    """The same."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        with cut_after(self.timeout or 0, lambda: self.sock.shutdown(SHUT_RD)):
            return super().getresponse()
