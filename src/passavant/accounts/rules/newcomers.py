"""What a person who comes from another portal confirms, as a value."""

from dataclasses import dataclass

from passavant.foundation.values import CompanyNumber, Email


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """`email` is proved: by us, or by a portal whose word the operator takes; `portal` is its name here."""

    email: Email
    portal: str
    last_name: str
    first_name: str
    company_number: CompanyNumber | None
    language: str
    terms_version: str
