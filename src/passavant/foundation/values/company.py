"""French company numbers. Source: INSEE; La Poste's own rule for 356000000 comes with python-stdnum."""

from dataclasses import dataclass
from typing import Literal, Self
from unicodedata import category

from stdnum.fr import siren, siret

Reason = Literal["length", "key", "chars"]
UNASSIGNED = "000000000"  # passes the key, belongs to nobody


class NotACompanyNumber(ValueError):
    """`digits` tells how many digits were given."""

    def __init__(self, reason: Reason, digits: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.digits = digits


@dataclass(frozen=True, slots=True)
class Siren:
    """A company: nine digits."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what was typed; blanks and dots of any kind are forgiven.

        Raises:
            NotACompanyNumber: why.
        """
        digits = _digits(text, lengths=(9,))
        if not siren.is_valid(digits) or digits == UNASSIGNED:
            raise NotACompanyNumber("key", len(digits))
        return cls(digits)

    @property
    def spaced(self) -> str:
        return _spaced(self.digits)


@dataclass(frozen=True, slots=True)
class Siret:
    """An establishment: its company's nine digits and five of its own."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what was typed; blanks and dots of any kind are forgiven.

        Raises:
            NotACompanyNumber: why.
        """
        digits = _digits(text, lengths=(14,))
        if not siret.is_valid(digits) or digits.startswith(UNASSIGNED):
            raise NotACompanyNumber("key", len(digits))
        return cls(digits)

    @property
    def siren(self) -> Siren:
        return Siren(self.digits[:9])

    @property
    def spaced(self) -> str:
        return _spaced(self.digits)


CompanyNumber = Siren | Siret


def parse_company_number(text: str) -> CompanyNumber:
    """Read nine or fourteen digits.

    Raises:
        NotACompanyNumber: why.
    """
    digits = _digits(text, lengths=(9, 14))
    return Siren.parse(digits) if len(digits) == 9 else Siret.parse(digits)


def _digits(text: str, lengths: tuple[int, ...]) -> str:
    # Invisible marks of direction (category Cf) come along with a number copied from a spreadsheet.
    bare = "".join(c for c in text if not c.isspace() and c != "." and category(c) != "Cf")
    count = sum(c in "0123456789" for c in bare)
    if count != len(bare):
        raise NotACompanyNumber("chars", count)
    if count not in lengths:
        raise NotACompanyNumber("length", count)
    return bare


def _spaced(digits: str) -> str:
    return " ".join(filter(None, (digits[:3], digits[3:6], digits[6:9], digits[9:])))
