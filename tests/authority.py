"""A certification authority made on the fly: certificates of every kind, good and bad, and lists of revoked ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CLIENT, SERVER = (ExtendedKeyUsageOID.CLIENT_AUTH,), (ExtendedKeyUsageOID.SERVER_AUTH,)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def now() -> datetime:
    return datetime.now(UTC)


def named(name: str) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "FR")
    return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Card:
    """A certificate and its key, as on somebody's card."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def escaped(self) -> str:
        """As nginx writes it in a header."""
        return quote(self.pem.decode(), safe="")

    def written(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Its two files: certificate, key."""
        files = folder / f"{name}.pem", folder / f"{name}.key"
        for path, content in zip(files, (self.pem, self.key_pem), strict=True):
            path.write_bytes(content)
        return files


class Authority:
    """Self-signed."""

    def __init__(self, name: str = "Autorité d’essai") -> None:
        self.name, self.key = named(name), new_key()
        builder = self._begun(self.name, self.key, now() - DAY, now() + 3650 * DAY)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.certificate = builder.add_extension(usage, critical=True).sign(self.key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(
        self,
        holder: str = "Léa Durand",
        *,
        starts: timedelta = -DAY,
        ends: timedelta = 365 * DAY,
        usages: tuple[x509.ObjectIdentifier, ...] = CLIENT,
        key: Key | None = None,
        serial: int | None = None,
        hosts: tuple[x509.GeneralName, ...] = (),
        authority: bool = False,
    ) -> Card:
        """A certificate; `starts` and `ends` count from now, `authority` makes it one that may certify others."""
        own = key or new_key()
        builder = self._begun(named(holder), own, now() + starts, now() + ends, serial)
        builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        if usages:
            builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        return Card(builder.sign(self.key, hashes.SHA256()), own)

    def revoked(self, *cards: Card, made: timedelta = -HOUR, ends: timedelta = 7 * DAY) -> bytes:
        """The list that names these cards, in PEM."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(now() + made).next_update(now() + ends)
        for card in cards:
            one = x509.RevokedCertificateBuilder().serial_number(card.certificate.serial_number)
            builder = builder.add_revoked_certificate(one.revocation_date(now() + made).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def _begun(
        self, subject: x509.Name, key: Key, starts: datetime, ends: datetime, serial: int | None = None
    ) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        builder = builder.serial_number(serial or x509.random_serial_number())
        return builder.not_valid_before(starts).not_valid_after(ends)
