"""Where we go for a provider, and where nobody makes us go (G6)."""

import socket
import time
from typing import Any

import pytest

from passavant.federation.rules.limits import CALL_SECONDS
from passavant.federation.rules.providers import Provider
from passavant.federation.rules.refusals import ProviderDown
from passavant.federation.wire import Talk, calls
from passavant.federation.wire.calls import call, credentials
from tests.rooms.federation.traveller import provider

ISSUER = "https://portailpro.example"
INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
]
FAR = "93.184.215.14"


class Dialled(Exception):
    """A connection was about to be opened."""


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What the names resolve to; no socket is ever opened."""
    known: dict[str, list[str]] = {}

    def resolve(host: str | None, port: int, **_: Any) -> list[Any]:
        found = known.get(str(host), [str(host)])
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    class Pool:
        def __init__(self, scheme: str, host: str, port: int | None, address: str) -> None:
            self.told = (scheme, host, port, address)

        def request(self, *_: Any, **__: Any) -> None:
            raise Dialled(*self.told)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(calls, "_pool", Pool)
    return known


def ask(url: str, portal: Provider | None = None) -> str:
    """Whom we would have dialled, or why not."""
    try:
        call(Talk.begin(portal or provider(ISSUER)), url)
    except Dialled as dialled:
        return f"dialled {dialled.args[-1]}"
    except ProviderDown as error:
        return error.cause
    return "answered"


@pytest.mark.parametrize("address", INSIDE)
def test_g6_a_name_that_leads_inside_is_not_dialled(names: dict[str, list[str]], address: str) -> None:
    names["cles.example"] = [address]
    assert ask("https://cles.example/jwks") == "an address inside a network"
    names["cles.example"] = [FAR, address]
    assert ask("https://cles.example/jwks") == "an address inside a network", "one is enough"


@pytest.mark.parametrize("address", [a for a in INSIDE if ":" not in a])
def test_g6_nor_the_address_itself(names: dict[str, list[str]], address: str) -> None:
    assert ask(f"https://{address}/latest/meta-data") == "an address inside a network"


def test_g6_a_public_address_is(names: dict[str, list[str]]) -> None:
    names["cles.example"] = [FAR]
    assert ask("https://cles.example/jwks") == f"dialled {FAR}"


def test_g6_the_provider_s_own_host_may_be_inside(names: dict[str, list[str]]) -> None:
    """The operator wrote it down: a ministry's provider is on the ministry's network."""
    names["portailpro.example"] = ["10.1.2.3"]
    assert ask(f"{ISSUER}/jwks") == "dialled 10.1.2.3"


@pytest.mark.parametrize(
    "url",
    [
        "http://portailpro.example/jwks",
        "file:///etc/passwd",
        "ftp://portailpro.example/",
        "gopher://portailpro.example/",
        "//portailpro.example/jwks",
        "jwks",
        "",
    ],
)
def test_g6_without_tls_nothing_is_asked(names: dict[str, list[str]], url: str) -> None:
    names["portailpro.example"] = [FAR]
    assert ask(url) == "an address without TLS"


@pytest.mark.parametrize(
    "url", ["https://[", "https://portailpro.example:port/", "https://a\x00b/", "https://" + "a" * 300 + "/"]
)
def test_g6_what_is_no_address_is_down(url: str) -> None:
    assert ask(url) in {"ValueError", "UnicodeError", "UnicodeEncodeError", "gaierror"}


def test_g6_an_empty_host_is_nobody(names: dict[str, list[str]]) -> None:
    names["None"] = ["127.0.0.1"]  # what the system answers for no name at all
    assert ask("https:///jwks") == "an address inside a network"


def test_g6_a_talk_is_over_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    talk = Talk.begin(provider(ISSUER))
    now[0] += CALL_SECONDS - 0.5
    assert talk.left() == pytest.approx(0.5)
    now[0] += 0.5
    with pytest.raises(ProviderDown, match="too slow"):
        talk.left()


def test_the_name_is_checked_on_the_certificate_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    calls._pool.cache_clear()
    pool = calls._pool("https", "portailpro.example", None, FAR)
    assert (pool.host, pool.port) == (FAR, 443)
    assert (pool.assert_hostname, pool.conn_kw["server_hostname"]) == ("portailpro.example",) * 2  # type: ignore[attr-defined]


def test_credentials_survive_any_character() -> None:
    odd = {"client_id": "a:b c", "client_secret": "é%+&="}
    form, headers = credentials(provider(ISSUER, client_auth="client_secret_basic", **odd))
    assert (form, headers) == ({}, {"Authorization": "Basic YSUzQWIlMjBjOiVDMyVBOSUyNSUyQiUyNiUzRA=="})
    assert credentials(provider(ISSUER, **odd)) == (odd, {})


def test_a_secret_is_not_written_where_a_provider_is() -> None:
    assert "a-secret" not in repr(provider(ISSUER, client_secret="a-secret"))
