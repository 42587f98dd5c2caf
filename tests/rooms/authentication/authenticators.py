"""An authenticator made of software, and the browser that stands before it. Each part of what they say may be false."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any, Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from django.http import HttpResponse
from django.test import Client
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode

ORIGIN, HOST = "http://localhost:8000", "localhost"
PRESENT, VERIFIED, ELIGIBLE, BACKED, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
USUAL = PRESENT | VERIFIED
KEY, CHALLENGE = "/connexion/cle/", "/connexion/cle/defi/"
NEW, NEW_CHALLENGE = "/connexion/enrolement/cle/", "/connexion/enrolement/cle/defi/"

Json = dict[str, Any]


class Pair(Protocol):
    """A pair of keys of one algorithm."""

    def public(self) -> dict[int, Any]: ...

    def sign(self, message: bytes) -> bytes: ...


class ES256:
    """ECDSA on P-256."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def public(self) -> dict[int, Any]:
        point = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))


class RS256:
    """RSA of 2048 bits, PKCS #1 v1.5."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)

    def public(self) -> dict[int, Any]:
        number = self.key.public_key().public_numbers().n
        return {1: 3, 3: -257, -1: number.to_bytes(256), -2: b"\x01\x00\x01"}

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())


class Ed25519:
    """EdDSA on curve 25519."""

    def __init__(self) -> None:
        self.key = ed25519.Ed25519PrivateKey.generate()

    def public(self) -> dict[int, Any]:
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return {1: 1, 3: -8, -1: 6, -2: raw}

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


@dataclass
class Authenticator:
    """One key. `count` is said as it stands; what `create` and `get` are given by name replaces what is true."""

    pair: Pair = field(default_factory=ES256)
    credential: bytes = field(default_factory=lambda: token_bytes(32))
    model: bytes = bytes(16)
    count: int = 0
    flags: int = USUAL
    handle: bytes = b""

    def create(self, options: Json, **false: Any) -> Json:
        """Answer PublicKeyCredentialCreationOptionsJSON."""
        self.handle = websafe_decode(options["user"]["id"])
        name = false.get("credential", self.credential)
        public = cbor.encode(false.get("public") or self.pair.public())
        attested = self.model + len(name).to_bytes(2) + name + public
        said = self._said(options["rp"]["id"], ATTESTED, false) + attested
        whole = cbor.encode({"fmt": "none", "attStmt": {}, "authData": said})
        client = _client("webauthn.create", options, false)
        return _credential(self.credential, clientDataJSON=client, attestationObject=whole)

    def get(self, options: Json, **false: Any) -> Json:
        """Answer PublicKeyCredentialRequestOptionsJSON."""
        client, said = _client("webauthn.get", options, false), self._said(options["rpId"], 0, false)
        signature = self.pair.sign(said + sha256(client).digest())
        return _credential(
            false.get("credential", self.credential),
            clientDataJSON=client,
            authenticatorData=said + false.get("more", b""),
            signature=false.get("signature", signature),
            userHandle=false.get("handle", self.handle),
        )

    def _said(self, host: str, flags: int, false: Json) -> bytes:
        flags |= false.get("flags", self.flags)
        count = false.get("count", self.count)
        return sha256(false.get("host", host).encode()).digest() + bytes([flags]) + count.to_bytes(4)


def _client(kind: str, options: Json, false: Json) -> bytes:
    true = {"type": kind, "challenge": options["challenge"], "origin": ORIGIN, "crossOrigin": False}
    return json.dumps(true | false.get("browser", {})).encode()


def _credential(name: bytes, **response: bytes) -> Json:
    said = {part: websafe_encode(value) for part, value in response.items()}
    return {"id": websafe_encode(name), "rawId": websafe_encode(name), "type": "public-key", "response": said}


def asked(client: Client, path: str = CHALLENGE) -> Json:
    """The options that the page's script receives."""
    answer = client.post(path)
    assert answer.status_code == 200
    return answer.json()["publicKey"]


def says(client: Client, credential: Json | str, path: str = KEY, **more: str) -> HttpResponse:
    """Hand in what the key said, as the page's script does; `address` is where from."""
    text = credential if isinstance(credential, str) else json.dumps(credential)
    answer: Any = client.post(path, {"cle": text, **more}, REMOTE_ADDR=more.pop("address", "127.0.0.1"))
    return answer


def enters(client: Client, key: Authenticator, **false: Any) -> HttpResponse:
    """A whole sign-in by this key; its count goes on."""
    key.count += 1
    return says(client, key.get(asked(client), **false))


def adds(client: Client, key: Authenticator, name: str = "", **false: Any) -> HttpResponse:
    """A whole enrolment, by somebody whom the site knows already."""
    return says(client, key.create(asked(client, NEW_CHALLENGE), **false), NEW, name=name)
