"""What a provider told of a person, as a value."""

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Claims once verified. Texts are bounded and printable; what was unfit is "".

    `email_verified` is what the provider says of the address, which its policy may or may not believe.
    """

    issuer: str
    subject: str
    email: str = ""
    email_verified: bool = False
    first_name: str = ""
    last_name: str = ""
    company_number: str = ""
    acr: str = ""
    amr: tuple[str, ...] = ()
    sid: str = ""
    id_token: str = ""

    def packed(self) -> dict[str, Any]:
        return asdict(self) | {"amr": list(self.amr)}

    @classmethod
    def unpacked(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept | {"amr": tuple(kept["amr"])})
