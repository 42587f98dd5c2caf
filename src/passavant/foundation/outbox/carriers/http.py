"""What the SMS gateways have in common: one HTTP call, bounded, followed nowhere, told without its address."""

from typing import Any

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from passavant.foundation.outbox.carriers.outcomes import Down, Later, Outcome, Refused, Sent

TIMEOUT_SECONDS = 5
TOLD_BYTES = 300  # of an answer, kept as its reason
UNREACHED = (NewConnectionError, ConnectTimeoutError, SSLError)
UNKNOWN_TO_IT = (401, 403, 407)  # the gateway refuses us, not the message
TEMPORARY = (408, 425, 429)


class Gateway:
    """Connections to one gateway, for one batch."""

    def __init__(self) -> None:
        self.pool = PoolManager(timeout=Timeout(total=TIMEOUT_SECONDS))

    def ask(self, method: str, url: str, **options: Any) -> Outcome:
        """Call once. An error of urllib3 quotes the address, secrets included: only its name is told."""
        try:
            answer = self.pool.request(method, url, retries=False, redirect=False, preload_content=False, **options)
        except UNREACHED as error:
            return Down(type(error).__name__)
        except (HTTPError, OSError) as error:
            return Later(type(error).__name__)
        try:
            said = answer.read1(TOLD_BYTES)
        except (HTTPError, OSError):
            said = b""
        finally:
            answer.close()
        return verdict(answer.status, said)

    def close(self) -> None:
        self.pool.clear()


def verdict(status: int, said: bytes) -> Outcome:
    """What a status means for the message."""
    reason = f"HTTP {status} {said.decode('utf-8', 'replace')}"
    if 200 <= status < 300:
        return Sent()
    if status < 400 or status in UNKNOWN_TO_IT:
        return Down(reason)
    return Later(reason) if status >= 500 or status in TEMPORARY else Refused(reason)
