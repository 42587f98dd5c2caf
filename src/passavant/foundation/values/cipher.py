"""Encryption at rest, with keys that can be replaced."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class CannotOpen(Exception):
    """Sealed by a key we no longer have, for another purpose, or altered."""


class Cipher:
    """A ring of keys for one purpose: the first (newest) seals, all open.

    Keys are texts of at least 256 bits. What one purpose sealed, another cannot open.
    """

    def __init__(self, keys: tuple[str, ...], purpose: str) -> None:
        self._ring = MultiFernet([Fernet(_derived(key, purpose)) for key in keys])

    def seal(self, plain: bytes) -> bytes:
        return self._ring.encrypt(plain)

    def open(self, sealed: bytes | memoryview) -> bytes:
        """Give back what was sealed.

        Raises:
            CannotOpen: nothing more is told.
        """
        try:
            return self._ring.decrypt(bytes(sealed))
        except InvalidToken:
            raise CannotOpen from None


def _derived(key: str, purpose: str) -> bytes:
    info = f"passavant:{purpose}".encode()
    return base64.urlsafe_b64encode(HKDF(SHA256(), length=32, salt=None, info=info).derive(key.encode()))
