"""The lists of revoked certificates, read from the file that nginx reads too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings

END = b"-----END X509 CRL-----"
NEVER = datetime.min.replace(tzinfo=UTC)  # a list that says not when the next one comes is out of date


@dataclass(frozen=True, slots=True)
class List:
    """The last list of one authority. `issuer` is as of a certificate; `name` is for people."""

    issuer: str
    name: str
    made: datetime
    ends: datetime
    revoked: x509.CertificateRevocationList

    def holds(self, now: datetime) -> bool:
        return self.made <= now < self.ends


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with the lists: `name` of the authority, "" when the file is missing, empty or no list at all."""

    why: Literal["missing", "stale"]
    name: str = ""
    ends: str = ""


def lists() -> Mapping[str, List]:
    """By issuer. Empty when there is no file, or when any part of it cannot be read: then nothing is vouched for."""
    path = settings.PASSAVANT.certificate_crl
    try:
        found = path.stat() if path else None
        return _read(path, found.st_mtime_ns, found.st_size) if path and found else {}
    except (OSError, ValueError):
        return {}


def refusal(issuer: str, serial: str, now: datetime) -> Literal["list", "revoked"] | None:
    """Why a certificate is not vouched for: no list of its issuer holds now, or that list names it."""
    its = lists().get(issuer)
    if its is None or not its.holds(now):
        return "list"
    return "revoked" if its.revoked.get_revoked_certificate_by_serial_number(int(serial, 16)) else None


def alarms(now: datetime) -> list[Alarm]:
    """Why people are refused, or soon will be, through no fault of theirs."""
    found = lists().values()
    if not found:
        return [Alarm("missing")]
    return [Alarm("stale", one.name, one.ends.isoformat()) for one in found if not one.holds(now)]


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int, _size: int) -> Mapping[str, List]:
    parts = (part + END for part in path.read_bytes().split(END) if part.strip())
    return _newest(_list(x509.load_pem_x509_crl(part)) for part in parts)


def _newest(found: Iterable[List]) -> Mapping[str, List]:
    return {one.issuer: one for one in sorted(found, key=lambda one: one.made)}


def _list(crl: x509.CertificateRevocationList) -> List:
    names = [*crl.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)]
    name = str(names[0].value) if names else crl.issuer.rfc4514_string()
    ends = crl.next_update_utc or NEVER
    return List(sha256(crl.issuer.public_bytes()).hexdigest(), name, crl.last_update_utc, ends, crl)
