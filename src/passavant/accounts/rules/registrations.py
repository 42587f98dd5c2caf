"""What a person asks for at sign-up, and what they may change afterwards, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from passavant.accounts.rules.levels import Level
from passavant.foundation.values import CompanyNumber, Email, Identifier, Phone, parse_company_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the person may change in their space without a further proof."""

    last_name: str
    first_name: str
    mobile: Phone | None
    phone: Phone | None
    company_number: CompanyNumber | None
    address: str
    language: str

    def columns(self) -> dict[str, str]:
        """The same, as the table of accounts stores it."""
        return {
            "last_name": self.last_name,
            "first_name": self.first_name,
            "mobile": self.mobile.e164 if self.mobile else "",
            "phone": self.phone.e164 if self.phone else "",
            "company_number": self.company_number.digits if self.company_number else "",
            "address": self.address,
            "language": self.language,
        }

    @classmethod
    def from_columns(cls, kept: Mapping[str, str]) -> Self:
        """Read texts that were true when they were stored."""
        number = kept["company_number"]
        return cls(
            last_name=kept["last_name"],
            first_name=kept["first_name"],
            mobile=Phone.parse(kept["mobile"]) if kept["mobile"] else None,
            phone=Phone.parse(kept["phone"]) if kept["phone"] else None,
            company_number=parse_company_number(number) if number else None,
            address=kept["address"],
            language=kept["language"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The answers of the sign-up form; `id` becomes the account's, so that validating twice opens one account.

    `password` is the hash: what was typed is forgotten before this value exists.
    """

    id: UUID
    identifier: Identifier
    password: str
    level: Level
    email: Email
    profile: Profile
    terms_version: str

    def packed(self) -> dict[str, str]:
        """Plain texts, for the visitor's session."""
        return self.profile.columns() | {
            "id": str(self.id),
            "identifier": self.identifier.text,
            "password": self.password,
            "level": self.level.value,
            "email": self.email.address,
            "terms_version": self.terms_version,
        }

    @classmethod
    def unpacked(cls, kept: Mapping[str, str]) -> Self:
        """Read `packed()` again.

        Raises:
            ValueError, KeyError: packed by another version of the product.
        """
        return cls(
            id=UUID(kept["id"]),
            identifier=Identifier.parse(kept["identifier"]),
            password=kept["password"],
            level=Level(kept["level"]),
            email=Email.parse(kept["email"]),
            profile=Profile.from_columns(kept),
            terms_version=kept["terms_version"],
        )
