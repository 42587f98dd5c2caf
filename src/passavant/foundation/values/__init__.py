"""What people type, once it is true. Plain Python: nothing here knows the rest of the house."""

from passavant.foundation.values.cipher import CannotOpen, Cipher
from passavant.foundation.values.company import CompanyNumber, NotACompanyNumber, Siren, Siret, parse_company_number
from passavant.foundation.values.digests import digest, keyed_digest, random_token
from passavant.foundation.values.email import Email, NotAnEmail, suggestion
from passavant.foundation.values.faults import ServiceBusy
from passavant.foundation.values.identifier import Identifier, NotAnIdentifier, identifier_key
from passavant.foundation.values.origin import Origin
from passavant.foundation.values.phone import NotAPhone, Phone

__all__ = [
    "CannotOpen",
    "Cipher",
    "CompanyNumber",
    "Email",
    "Identifier",
    "NotACompanyNumber",
    "NotAPhone",
    "NotAnEmail",
    "NotAnIdentifier",
    "Origin",
    "Phone",
    "ServiceBusy",
    "Siren",
    "Siret",
    "digest",
    "identifier_key",
    "keyed_digest",
    "parse_company_number",
    "random_token",
    "suggestion",
]
