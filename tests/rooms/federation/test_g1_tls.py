"""Over TLS: the certificate must be of the provider's name, whatever address that name leads to (G1)."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from passavant.federation.rules.refusals import ProviderDown
from passavant.federation.wire import Talk
from passavant.federation.wire.calls import call
from tests.rooms.federation.traveller import provider

NAME = "portailpro.example"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


def certified(name: str, at: Path) -> Path:
    """A certificate that certifies itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    at.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem) + secret)
    return at


@pytest.fixture
def trusted(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A server on loopback: its certificate, and its port."""
    file = certified(NAME, tmp_path / "certificate.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                with context.wrap_socket(listening.accept()[0], server_side=True) as client:
                    client.recv(65536)
                    client.sendall(ANSWER)
            except ssl.SSLError:
                continue  # it hung up on our certificate
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield file, listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(10)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads to this machine."""
    found = socket.getaddrinfo

    def resolve(_host: str, *asked: Any, **options: Any) -> Any:
        return found("127.0.0.1", *asked, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def asked(name: str, port: int) -> str:
    issuer = f"https://{name}:{port}"
    try:
        return call(Talk.begin(provider(issuer)), f"{issuer}/jwks").body.decode()
    except ProviderDown as down:
        return down.cause


@pytest.mark.usefixtures("here")
def test_g1_the_certificate_is_of_the_name(trusted: tuple[Path, int], monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, port = trusted
    assert asked(NAME, port) == "SSLError", "of nobody we trust"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert asked(NAME, port) == "{}"
    assert asked("another.example", port) == "SSLError", "of another name"
