"""JSON web tokens written by hand, because a library refuses to write the ones that a relying party must refuse."""

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

Json = dict[str, Any]


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Key:
    """An RSA key with its name."""

    def __init__(self, kid: str) -> None:
        self.kid = kid
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public(self, *, named: bool = True) -> Json:
        """As a JWK."""
        numbers = self._private.public_key().public_numbers()
        jwk = {"kty": "RSA", "use": "sig", "alg": "RS256", "n": number(numbers.n), "e": number(numbers.e)}
        return {**jwk, "kid": self.kid} if named else jwk

    def pem(self) -> bytes:
        """The public half, as OpenSSL writes it: what HS256 is signed with when a relying party confuses keys."""
        return self._private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, text: bytes, algorithm: str) -> bytes:
        digest = {"RS256": hashes.SHA256(), "RS512": hashes.SHA512()}[algorithm]
        return self._private.sign(text, padding.PKCS1v15(), digest)


def token(header: Json, payload: Json, key: Key | bytes | None) -> str:
    """Compact form. `key`: RSA, the bytes of a shared secret (HS256), or None for no signature at all."""
    text = ".".join(b64(json.dumps(part).encode()) for part in (header, payload))
    if key is None:
        signature = b""
    elif isinstance(key, bytes):
        signature = hmac.new(key, text.encode(), hashlib.sha256).digest()
    else:
        signature = key.sign(text.encode(), header["alg"])
    return f"{text}.{b64(signature)}"


def spoilt(signed: str) -> str:
    """The same token, its signature changed by one bit."""
    text, _, signature = signed.rpartition(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[0] ^= 1
    return f"{text}.{b64(bytes(raw))}"
