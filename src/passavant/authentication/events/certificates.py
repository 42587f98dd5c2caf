"""What the audit trail keeps of certificates."""

from typing import Literal
from uuid import UUID

from passavant.foundation.audit.events import event

# The words of rules.certificates, in which the types are compared.
CertificateFault = Literal[
    "none", "malformed", "early", "expired", "issuer", "chain", "revoked", "list", "usage", "key",
    "ticket", "unknown", "namesake", "mismatch", "account", "disabled", "known", "many",
]  # fmt: skip


@event("certificate.refused")
class CertificateRefused:
    """A certificate was not accepted, or none was shown; `account` is the one it is bound to, by its key too."""

    account: UUID | None
    why: CertificateFault


@event("certificate.not_added")
class CertificateNotAdded:
    """A certificate holds, but may not become a factor of this account."""

    account: UUID
    why: CertificateFault


@event("certificate.end_told")
class CertificateEndTold:
    """The person was told that their certificate ends within so many days."""

    account: UUID
    days: int


@event("certificate_list.failing")
class CertificateListFailing:
    """No list of revoked certificates, or one out of date (`issuer`, `ends`): all its certificates are refused."""

    why: Literal["missing", "stale"]
    issuer: str
    ends: str
