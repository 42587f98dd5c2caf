"""A provider that does not answer is left alone for a while, and never holds more than a few of our threads."""

import os
import threading
import time
from functools import lru_cache
from types import TracebackType

import structlog

from passavant.federation.rules.limits import CLOSED_AFTER, CLOSED_SECONDS
from passavant.federation.rules.refusals import ProviderDown

log = structlog.get_logger("passavant.federation")
THREADS = int(os.environ.get("PASSAVANT_THREADS", "4"))


class Circuit:
    """One per provider and process. After some failures in a row it lets nobody through; then one, to see."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.failures, self.closed_until = 0, 0.0
        self.lock = threading.Lock()
        self.slots = threading.BoundedSemaphore(max(1, THREADS // 2))

    @property
    def closed(self) -> bool:
        """Whether the provider is being left alone."""
        return self.failures >= CLOSED_AFTER and time.monotonic() < self.closed_until

    def __enter__(self) -> None:
        with self.lock:
            now = time.monotonic()
            if self.failures >= CLOSED_AFTER:
                if now < self.closed_until:
                    raise ProviderDown("left alone for a while")
                self.closed_until = now + CLOSED_SECONDS  # this one goes and sees; the others wait for its verdict
        if not self.slots.acquire(blocking=False):
            raise ProviderDown("too many of us are asking it")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.slots.release()
        with self.lock:
            self.failures = self.failures + 1 if isinstance(error, ProviderDown) else 0
            if self.failures == CLOSED_AFTER:
                self.closed_until = time.monotonic() + CLOSED_SECONDS
                log.warning("provider does not answer", issuer=self.issuer, cause=str(error))


@lru_cache(maxsize=64)
def circuit_of(issuer: str) -> Circuit:
    return Circuit(issuer)
