"""Secrets that are stored as digests, and their making."""

import hmac
import secrets
from hashlib import sha256

TOKEN_BYTES = 32  # 256 bits, 43 characters once written for a URL


def digest(text: str) -> str:
    """SHA-256 in hexadecimal; enough for what has 256 bits of chance, too little for what people choose."""
    return sha256(_bytes(text)).hexdigest()


def keyed_digest(key: str, text: str) -> str:
    """HMAC-SHA-256 in hexadecimal, for what could be guessed: codes, addresses, identifiers."""
    return hmac.new(_bytes(key), _bytes(text), sha256).hexdigest()


def random_token(prefix: str) -> str:
    """`prefix` and 43 characters safe in a URL; the prefix lets a leak be recognised (`psv_lnk_…`)."""
    return prefix + secrets.token_urlsafe(TOKEN_BYTES)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a visitor may send any text: never fail on it
