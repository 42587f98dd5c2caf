"""What nginx says of a client's certificate: its verdict and the certificate itself, escaped, in two headers."""

from hashlib import sha256
from urllib.parse import unquote

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from passavant.authentication.rules.certificates import HOLDER_LENGTH, Fault, Shown, verdict

TEXT = 16 * 1024  # characters of the header
RSA_BITS, EXPONENT = 2048, 65537  # at least
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1, ec.BrainpoolP256R1, ec.BrainpoolP384R1, ec.BrainpoolP512R1)
# What the library raises of bytes that are not a certificate, or not one that it knows.
UNREADABLE = (ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension, UnsupportedAlgorithm)


def presented(verify: str, escaped: str) -> tuple[Shown | None, Fault | None]:
    """The certificate, if it can be read, and why it is refused, if it is already."""
    why = verdict(verify)
    if why == "none":
        return None, why
    try:
        return _read(escaped), why
    except UNREADABLE:
        return None, why or "malformed"


def _read(escaped: str) -> Shown:
    if len(escaped) > TEXT:
        raise ValueError("size")
    found = x509.load_pem_x509_certificate(unquote(escaped).encode("ascii"))
    public = found.public_key()
    return Shown(
        issuer=sha256(found.issuer.public_bytes()).hexdigest(),
        serial=f"{found.serial_number:x}",
        key=sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest(),
        holder=_called(found.subject),
        authority=_called(found.issuer),
        starts=found.not_valid_before_utc,
        ends=found.not_valid_after_utc,
        for_clients=_for_clients(found),
        strong=_strong(public),
    )


def _called(name: x509.Name) -> str:
    """The common name, else the organisation's; printable, and cut."""
    found = [*name.get_attributes_for_oid(NameOID.COMMON_NAME), *name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)]
    text = str(found[0].value) if found else ""
    return "".join(c if c.isprintable() else " " for c in text)[:HOLDER_LENGTH].strip()


def _for_clients(found: x509.Certificate) -> bool:
    """Made to prove who one is on a connection: said so in so many words, and no authority's."""
    extensions = {type(extension.value): extension.value for extension in found.extensions}
    usages, basic = extensions.get(x509.ExtendedKeyUsage), extensions.get(x509.BasicConstraints)
    authority = isinstance(basic, x509.BasicConstraints) and basic.ca
    return isinstance(usages, x509.ExtendedKeyUsage) and ExtendedKeyUsageOID.CLIENT_AUTH in usages and not authority


def _strong(public: CertificatePublicKeyTypes) -> bool:
    if isinstance(public, rsa.RSAPublicKey):
        return public.key_size >= RSA_BITS and public.public_numbers().e >= EXPONENT
    if isinstance(public, ec.EllipticCurvePublicKey):
        return isinstance(public.curve, CURVES)
    return isinstance(public, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey)
