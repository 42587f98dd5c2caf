"""One HTTP call to a provider: bounded in time, size and number, followed nowhere, to the addresses it may have.

Nothing here trusts what a provider publishes: an address outside its own host must be a public one, and the
connection goes to the address that was checked, not to what the name says a moment later.
"""

import base64
import json
import socket
import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as Slow
from urllib3.response import BaseHTTPResponse

from passavant.federation.rules.limits import BODY_BYTES, CALL_SECONDS, SILENCE_SECONDS
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import ProviderDown
from passavant.federation.wire.circuit import circuit_of
from passavant.federation.wire.punctual import Plain, Tls, cut_after

CHUNK_BYTES = 16 * 1024
Form = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """`kind` is the media type, without parameters."""

    status: int
    kind: str
    body: bytes

    def json(self) -> dict[str, Any]:
        """
        Raises:
            ProviderDown: anything but an object.
        """
        try:
            told = json.loads(self.body)
        except (ValueError, RecursionError):
            raise ProviderDown("not JSON") from None
        if not isinstance(told, dict):
            raise ProviderDown("not a JSON object")
        return told


@dataclass(frozen=True, slots=True)
class Talk:
    """All the calls of one page to one provider; `until`: when they are over, by the clock of the process."""

    provider: Provider
    until: float

    @classmethod
    def begin(cls, provider: Provider) -> "Talk":
        return cls(provider, time.monotonic() + CALL_SECONDS)

    def left(self) -> float:
        """Seconds.

        Raises:
            ProviderDown: none.
        """
        if (left := self.until - time.monotonic()) <= 0:
            raise ProviderDown("too slow")
        return left


def call(talk: Talk, url: str, *, form: Form | None = None, headers: Form | None = None) -> Answer:
    """GET, or POST the form.

    Raises:
        ProviderDown: nothing usable came back; a status from 500 counts as that.
    """
    with circuit_of(talk.provider.issuer):
        try:
            answer = _ask(talk, url, form, headers or {})
        except NewConnectionError:  # which urllib3 takes for a time-out
            raise ProviderDown("no connection") from None
        except (TimeoutError, Slow):
            raise ProviderDown("too slow") from None
        except (HTTPError, OSError, ValueError) as error:
            raise ProviderDown(type(error).__name__) from None
        if answer.status >= 500:
            raise ProviderDown(f"HTTP {answer.status}")
        return answer


def credentials(provider: Provider) -> tuple[Form, Form]:
    """What says at the token endpoint who we are: fields of the form, and headers (RFC 6749 §2.3.1)."""
    if provider.client_auth == "client_secret_post":
        return {"client_id": provider.client_id, "client_secret": provider.client_secret}, {}
    pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    return {}, {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _ask(talk: Talk, url: str, form: Form | None, headers: Form) -> Answer:
    parts = urlsplit(url)
    pool = _pool(parts.scheme, parts.hostname or "", parts.port, _address(talk.provider, url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    patience = min(talk.left(), SILENCE_SECONDS)
    sent = {"Accept": "application/json, application/jwt", "Host": parts.netloc, **headers}
    options: dict[str, Any] = {"encode_multipart": False, "fields": form} if form is not None else {}
    answer = pool.request(
        "GET" if form is None else "POST",
        path,
        headers=sent,
        timeout=Timeout(connect=patience, read=patience),
        retries=False,
        redirect=False,
        preload_content=False,
        decode_content=False,  # nothing packed was asked for, and a bomb must not unfold
        **options,
    )
    try:
        return Answer(answer.status, _kind(answer), _body(answer, talk))
    except BaseException:
        answer.close()  # half read: this connection serves no more
        raise
    finally:
        answer.release_conn()


def _kind(answer: BaseHTTPResponse) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _body(answer: BaseHTTPResponse, talk: Talk) -> bytes:
    body = b""
    with cut_after(talk.left(), answer.shutdown):
        while chunk := answer.read1(CHUNK_BYTES):
            body += chunk
            if len(body) > BODY_BYTES:
                raise ProviderDown("too long an answer")
            talk.left()
    return body


def _address(provider: Provider, url: str) -> str:
    """Where to connect.

    Raises:
        ProviderDown: not HTTPS, or an address inside a network that is not the provider's own.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and provider.plain):
        raise ProviderDown("an address without TLS")
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    own = parts.hostname == provider.host
    if not own and not all(ip_address(address).is_global for address in addresses):
        raise ProviderDown("an address inside a network")
    return addresses[0]


@lru_cache(maxsize=64)
def _pool(scheme: str, host: str, port: int | None, address: str) -> HTTPConnectionPool:
    """Connections to the address that was checked, under the certificate of the name."""
    if scheme == "http":
        plain = HTTPConnectionPool(address, port or 80, maxsize=4)
        plain.ConnectionCls = Plain
        return plain
    pool = HTTPSConnectionPool(address, port or 443, maxsize=4, server_hostname=host, assert_hostname=host)
    pool.ConnectionCls = Tls
    return pool
