"""Passkeys: what is asked of a key, and of each of its answers, in the order in which it is asked.

Sources: WebAuthn level 3, §7.1 (a key is added) and §7.2 (a key answers); RFC 8176 for amr; RFC 9053 for the keys.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import compare_digest, token_bytes
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from fido2.cose import CoseKey
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

CREATE, GET = "webauthn.create", "webauthn.get"
CHALLENGE_BYTES = 32  # of chance
LIFETIME = timedelta(minutes=5)  # of a challenge: the time to find one's telephone
TIMEOUT = LIFETIME // timedelta(milliseconds=1)  # what browsers are told
WAITING = 5  # challenges of one browser: one a tab
MOST = 10  # keys of one person
NAME_LENGTH = 60  # characters
CREDENTIAL_BYTES = 1023  # the longest name of a key that an authenticator may give

Fault = Literal[
    "malformed", "challenge", "expired", "type", "origin", "framed", "rp", "presence", "verification", "backup",
    "unknown", "algorithm", "key", "account", "signature", "counter", "disabled", "known", "many",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks: `id` is the host to which keys are bound, `origin` the only one from which they may answer."""

    id: str
    origin: str

    @classmethod
    def of(cls, url: str) -> Self:
        parts = urlsplit(url)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port not in {None, usual} else ""
        return cls(host, f"{parts.scheme}://{host}{port}")


def party() -> Party:
    """Ourselves: where people sign in."""
    return Party.of(getattr(settings.PASSAVANT, "auth_url", "") or settings.PASSAVANT.public_url)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A key answers: `credential` is its name, `handle` whose key it says to be (b"" when it does not say)."""

    credential: bytes
    client: CollectedClientData
    authenticator: AuthenticatorData
    signature: bytes
    handle: bytes


@dataclass(frozen=True, slots=True)
class Creation:
    """A key was made: `key` is its name, its model and its public half."""

    key: AttestedCredentialData
    client: CollectedClientData
    attestation: AttestationObject

    @property
    def authenticator(self) -> AuthenticatorData:
        return self.attestation.auth_data


def challenge() -> bytes:
    return token_bytes(CHALLENGE_BYTES)


def staleness(given: bytes, waiting: Iterable[tuple[bytes, datetime]], now: datetime) -> Fault | None:
    """Why the challenge answered is none of those that wait, each with when it was given; None when it is one."""
    since = next((at for known, at in waiting if compare_digest(known, given)), None)
    if since is None:
        return "challenge"
    return "expired" if now > since + LIFETIME else None


Question = Callable[[CollectedClientData, AuthenticatorData, Party], bool]


def _at_home(client: CollectedClientData, said: AuthenticatorData, us: Party) -> bool:
    return client.origin == us.origin


def _unframed(client: CollectedClientData, said: AuthenticatorData, us: Party) -> bool:
    return client.cross_origin is False


def _for_us(client: CollectedClientData, said: AuthenticatorData, us: Party) -> bool:
    return compare_digest(said.rp_id_hash, sha256(us.id.encode()).digest())


def _present(client: CollectedClientData, said: AuthenticatorData, us: Party) -> bool:
    return said.is_user_present()


def _verified(client: CollectedClientData, said: AuthenticatorData, us: Party) -> bool:
    return said.is_user_verified()


def _consistent(client: CollectedClientData, said: AuthenticatorData, us: Party) -> bool:
    return said.is_backup_eligible() or not said.is_backed_up()


# What both ceremonies ask, besides their type and their challenge; the fault is what it means that one does not hold.
QUESTIONS: tuple[tuple[Fault, Question], ...] = (
    ("origin", _at_home),
    ("framed", _unframed),
    ("rp", _for_us),
    ("presence", _present),
    ("verification", _verified),
    ("backup", _consistent),
)


def fault(kind: str, client: CollectedClientData, said: AuthenticatorData, us: Party) -> Fault | None:
    """The first question that does not hold."""
    if client.type != kind:
        return "type"
    return next((why for why, holds in QUESTIONS if not holds(client, said, us)), None)


Shape = Mapping[int, Callable[[Any], bool]]


def _is(expected: Any) -> Callable[[Any], bool]:
    return lambda value: type(value) is type(expected) and value == expected


def _bytes(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, bytes) and least <= len(value) <= most


KIND, ALGORITHM, CURVE, X, Y, N, E = 1, 3, -1, -2, -3, -1, -2  # labels of COSE keys
# By COSE number of the algorithm: what its key must hold. RSA from 2048 bits to 4096, with the usual exponent.
ALGORITHMS: dict[int, Shape] = {
    -7: {KIND: _is(2), CURVE: _is(1), X: _bytes(32, 32), Y: _bytes(32, 32)},  # ES256
    -8: {KIND: _is(1), CURVE: _is(6), X: _bytes(32, 32)},  # Ed25519
    -257: {KIND: _is(3), N: _bytes(256, 512), E: _is(b"\x01\x00\x01")},  # RS256
}


def weakness(key: CoseKey) -> Fault | None:
    """Why this public key is not accepted; None when it is."""
    shape = ALGORITHMS.get(algorithm) if type(algorithm := key.get(ALGORITHM)) is int else None
    if shape is None:
        return "algorithm"
    return None if all(holds(key.get(label)) for label, holds in shape.items()) and _sound(key) else "key"


def bare(key: CoseKey) -> dict[int, Any]:
    """An accepted public key without what else its maker put in it."""
    return {label: key[label] for label in (ALGORITHM, *ALGORITHMS[key[ALGORITHM]])}


def _sound(key: CoseKey) -> bool:
    """Whether it can verify at all: a point off its curve cannot."""
    try:
        key.verify(b"", b"")
    except InvalidSignature:
        return True
    except (ValueError, TypeError):
        return False
    return False


def methods(said: AuthenticatorData) -> tuple[str, str]:
    """The amr values: a key that may travel between devices is software to us; both are proved by their person."""
    return ("swk" if said.is_backup_eligible() else "hwk"), "user"


# The makers of keys that say their model (AAGUID), as their users know them.
MODELS: dict[UUID, str] = {
    UUID(model): name
    for name, models in {
        "Google Password Manager": ["ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"],
        "Chrome (macOS)": ["adce0002-35bc-c60a-648b-0b25f1f05503"],
        "Edge (macOS)": ["771b48fd-d3d4-4f74-9232-fc157ab0507a"],
        "Chromium": ["b5397666-4885-aa6b-cebf-e52262a439a2"],
        "Windows Hello": [
            "08987058-cadc-4b81-b6e1-30de50dcbe96",
            "9ddd1817-af5a-4672-a2b9-3e3dd95000a9",
            "6028b017-b1d4-4c02-b4b3-afcdafc96bb2",
        ],
        "iCloud": ["fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "dd4ec289-e01d-41c9-bb89-70fa845d4bf2"],
        "Samsung Pass": ["53414d53-554e-4700-0000-000000000000"],
        "1Password": ["bada5566-a7aa-401f-bd96-45619a55120d"],
        "Bitwarden": ["d548826e-79b4-db40-a3d8-11116f7e8349"],
        "Dashlane": ["531126d6-e717-415c-9320-3d9aa6981239"],
        "Enpass": ["f3809540-7f14-49c1-a8b3-8f813b225541"],
        "KeePassXC": ["fdb141b2-5d84-443e-8a35-4698c205a502"],
        "Keeper": ["0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6"],
        "NordPass": ["b84e4048-15dc-4dd0-8640-f4f60813c8af"],
        "Proton Pass": ["50726f74-6f6e-5061-7373-50726f746f6e"],
        "YubiKey": [
            "2fc0579f-8113-47ea-b116-bb5a8db9202a",
            "c5ef55ff-ad9a-4b9f-b580-adebafe026d0",
            "cb69481e-8ff7-4039-93ec-0a2729a154a8",
            "d8522d9f-575b-4866-88a9-ba99fa02f35b",
            "ee882879-721c-4913-9775-3dfcce97072a",
            "fa2b99dc-9e39-4257-8f92-4a30d23c4118",
        ],
    }.items()
    for model in models
}
