"""The name a person chooses to sign in with."""

import re
from dataclasses import dataclass
from typing import Literal, Self
from unicodedata import category, normalize

from passavant.foundation.values.email import Email, NotAnEmail

SHORTEST, LONGEST = 6, 30  # characters
STRANGE = re.compile(r"[^A-Za-z0-9._-]")
Reason = Literal["short", "long", "chars"]


class NotAnIdentifier(ValueError):
    """`chars` holds each offending character once, in the order met."""

    def __init__(self, reason: Reason, chars: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.chars = chars


@dataclass(frozen=True, slots=True)
class Identifier:
    """`text` as chosen, case included; two identifiers are the same when their `key` is."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what was typed; full-width letters become plain, look-alikes of other alphabets are refused.

        Raises:
            NotAnIdentifier: why, and the characters to remove.
        """
        plain = normalize("NFKC", text).strip()
        if strange := "".join(dict.fromkeys(STRANGE.findall(plain))):
            raise NotAnIdentifier("chars", strange)
        if len(plain) < SHORTEST:
            raise NotAnIdentifier("short")
        if len(plain) > LONGEST:
            raise NotAnIdentifier("long")
        return cls(plain)

    @property
    def key(self) -> str:
        return self.text.casefold()


def identifier_key(text: str) -> str:
    """The key to look for when somebody typed an identifier or an e-mail; any text is taken, none is judged."""
    try:
        return Email.parse(text).key
    except NotAnEmail:
        storable = "".join(c for c in text if category(c) not in {"Cc", "Cs"})  # no database takes NUL or surrogates
        return normalize("NFKC", normalize("NFKC", storable).casefold()).strip()
