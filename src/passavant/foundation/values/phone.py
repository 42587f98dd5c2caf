"""Telephone numbers, French first."""

import re
from dataclasses import dataclass
from typing import Self
from unicodedata import category

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
    region_code_for_number,
)

# A number typed without its country is read in each of these plans: 0692… is of Réunion, not of France.
FRENCH_PLANS = ("FR", "RE", "GP", "GF", "MQ", "YT", "PM", "NC", "PF")
TEN_DIGITS = {33, 262, 590, 594, 596}  # country codes whose national numbers are 0 and nine digits
FICTION = re.compile(r"\+3363998[0-9]{4}")  # ARCEP keeps 06 39 98 for fiction and examples: nobody's
TEXTED = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}  # the second where a country mixes them
WRITTEN = re.compile(r"\+?[0-9 ()./-]{4,40}")
HYPHENS = re.compile("[\u2010-\u2015\u2212]")
FIGURE = re.compile(r"[0-9]")


class NotAPhone(ValueError):
    """Nobody's number in any of the plans tried, or in several: 75 12 34 is of Nouméa and of Saint-Pierre."""


@dataclass(frozen=True, slots=True)
class Phone:
    """`e164` is what to store and to call (+33612345678); `country` is its ISO code, "" for a number of none."""

    e164: str
    country: str
    can_receive_sms: bool

    @classmethod
    def parse(cls, text: str, countries: tuple[str, ...] = FRENCH_PLANS) -> Self:
        """Read what was typed; `countries` are the plans a number without its country code may belong to.

        Raises:
            NotAPhone: no number, or one that needs its country code.
        """
        written = _written(text)
        readings = (phone for country in countries if (phone := cls._read(written, country)))
        first = next(readings, None)
        # After a 0 comes the one plan that metropolitan and overseas departments share; shorter plans overlap.
        if first is None or (written[0] not in "+0" and any(other != first for other in readings)):
            raise NotAPhone
        return first

    @classmethod
    def _read(cls, written: str, country: str) -> Self | None:
        try:
            number = parse(written, country)
        except NumberParseException:
            return None
        e164 = format_number(number, PhoneNumberFormat.E164)
        if FICTION.fullmatch(e164):
            return cls(e164, "FR", can_receive_sms=True)
        if not is_valid_number(number):
            return None
        return cls(e164, region_code_for_number(number) or "", number_type(number) in TEXTED)

    @property
    def spaced(self) -> str:
        """06 12 34 56 78 for a number of ten digits, +32 470 12 34 56 for the others."""
        number = parse(self.e164)
        if number.country_code not in TEN_DIGITS:
            return format_number(number, PhoneNumberFormat.INTERNATIONAL)
        return " ".join(re.findall("..?", f"0{number.national_number}"))

    @property
    def masked(self) -> str:
        """06 •• •• •• 34, or +32 ••• •• •• 56: the kind of number and its last two figures, nothing else."""
        spaced = self.spaced
        kept = spaced.index(" ")
        return spaced[:kept] + FIGURE.sub("•", spaced[kept:-2]) + spaced[-2:]


def _written(text: str) -> str:
    # Invisible marks of direction (category Cf) come along with a number copied from an address book.
    plain = "".join(" " if c.isspace() else c for c in text if category(c) != "Cf")
    plain = HYPHENS.sub("-", plain).strip()
    if not WRITTEN.fullmatch(plain):
        raise NotAPhone
    return plain
