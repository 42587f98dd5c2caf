"""E-mail addresses we can write to: one recipient each, whatever was typed."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Self
from unicodedata import category, normalize

LONGEST = 254  # characters, RFC 5321 §4.5.3.1.3 without its brackets
# RFC 5322's dot-atom without « % » and « ! », by which old relays could be told another destination.
MAILBOX = re.compile(r"(?=.{1,64}\Z)[\w#$&'*+/=?^`{|}~-]+(?:\.[\w#$&'*+/=?^`{|}~-]+)*", re.ASCII)
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}\Z)(?:{LABEL}\.)+(?![0-9]+\Z){LABEL}")
DISPUTED = frozenset("ßς")  # IDNA 2003 and 2008 read them as two different hosts, hence two recipients

COMMON_DOMAINS = (
    "gmail.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "neuf.fr",
    "numericable.fr", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "live.fr", "msn.com",
    "yahoo.com", "yahoo.fr", "icloud.com", "protonmail.com", "proton.me", "aol.com", "gmx.fr",
)  # fmt: skip
KNOWN_SLIPS = {"gmail.fr": "gmail.com"}  # too far apart for the rule below, and the commonest
SHORTEST_JUDGED = 8  # characters; shorter domains are one slip away from real companies


class NotAnEmail(ValueError):
    """Not one address we could send to."""


@dataclass(frozen=True, slots=True)
class Email:
    """`address` is ASCII, its domain in lower case (IDNA) and its mailbox in the case typed: send to it."""

    address: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what was typed, blanks around it forgiven.

        Raises:
            NotAnEmail: including for what would be two recipients, a header or a disguise.
        """
        mailbox, _, host = text.strip().rpartition("@")
        if len(text) > LONGEST * 2 or not MAILBOX.fullmatch(mailbox):
            raise NotAnEmail
        address = f"{mailbox}@{_ascii(host)}"
        if len(address) > LONGEST:
            raise NotAnEmail
        return cls(address)

    @property
    def key(self) -> str:
        """What makes an address unique: no provider tells LEA@ from lea@."""
        return normalize("NFKC", self.address).casefold()

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def masked(self) -> str:
        return f"{self.address[0]}•••@{self.domain}"


def suggestion(email: Email) -> str | None:
    """The whole address probably meant, when its domain is one slip of the keyboard away from a common one."""
    domain = email.domain
    if domain in COMMON_DOMAINS:
        return None
    meant = KNOWN_SLIPS.get(domain) or next((known for known in COMMON_DOMAINS if _one_slip(domain, known)), None)
    return meant and email.address.removesuffix(domain) + meant


def _ascii(host: str) -> str:
    if DISPUTED.intersection(host) or any(category(c)[0] in "CZ" for c in host):
        raise NotAnEmail
    try:
        plain = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise NotAnEmail from None
    if not HOST.fullmatch(plain):
        raise NotAnEmail
    return plain


def _one_slip(typed: str, known: str) -> bool:
    """One character missing, added, replaced, or two exchanged; never the first, which people see."""
    if len(known) < SHORTEST_JUDGED or typed[0] != known[0]:
        return False
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, known, strict=False)))
    a, b = typed[start:], known[start:]
    exchanged = a[:2] == b[1::-1] and a[2:] == b[2:]
    return exchanged or a[1:] == b[1:] or a[1:] == b or a == b[1:]
