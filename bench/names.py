"""The people of the benchmark: two hundred who have a password, as many who have an app, as many who have a passkey."""

from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric import ec

PEOPLE = 200
PASSWORD = "Ancre&Boussole7"
ONE, TWENTY = "banc.un", "banc.vingt"  # how many factors and sessions they have
SECRET = b"twenty bytes of app."
SPACE = UUID("6b1f0a52-6c3d-4d0e-9f53-0d4a4c6f7a11")


def identifier(number: int, kind: str = "banc") -> str:
    return f"{kind}.{number % PEOPLE:04d}"


def number_of(name: str) -> UUID:
    """The account's own, known beforehand: a passkey says it."""
    return uuid5(SPACE, name)


def credential(name: str) -> bytes:
    """The name of this person's passkey."""
    return number_of(name).bytes * 2


def pair() -> ec.EllipticCurvePrivateKey:
    """One pair of keys for all: what it costs to verify is the same."""
    return ec.derive_private_key(SPACE.int, ec.SECP256R1())
