"""Is this password known to fraudsters?

Three sources, none asked over the network: the common passwords shipped with Django, the French words of
`passwords_fr.txt`, and the operator's file (PASSAVANT_LEAKED_PASSWORDS: sorted lines `SHA1` or `SHA1:count` in
upper-case hexadecimal, as Have I Been Pwned gives them), searched by halves without being loaded.
"""

import gzip
import mmap
import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha1
from inspect import getfile
from pathlib import Path
from unicodedata import combining, normalize

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator

FRENCH = Path(__file__).with_name("passwords_fr.txt")
SHORTEST_WORD = 4  # letters; below, a word is anywhere
NOT_LETTERS = re.compile(r"[\W\d_]+")
DRESSED_END = re.compile(r"[\W\d_]+\Z")
LEET = "0134578@$€!", "oleastbasei", "oieastbasei"  # a sign, then what it stands for: 1 is an l or an i
UNLEET = [str.maketrans(LEET[0], letters) for letters in LEET[1:]]
DIGEST = 40  # hexadecimal characters of a SHA-1


def leaked(password: str) -> bool:
    """Whether the password, or the word it dresses up with digits and signs, is on a list."""
    return password.casefold() in _common() or not bare_words(password).isdisjoint(_common()) or _in_file(password)


def bare_words(password: str) -> set[str]:
    """What a password may hide: its ends undressed of digits and signs, leet undone, case and accents dropped."""
    whole = plain(password)
    undressed = DRESSED_END.sub("", whole)
    read = {whole, *(undressed.translate(table) for table in UNLEET)}
    read |= {undressed.lstrip("0123456789").translate(table) for table in UNLEET}
    letters = {NOT_LETTERS.sub("", text) for text in read}
    halves = {word[: len(word) // 2] for word in letters}
    return {word for word in letters | {h for h in halves if h * 2 in letters} if len(word) >= SHORTEST_WORD}


def plain(text: str) -> str:
    """Lower case without accents: « Été » is « ete »."""
    return "".join(c for c in normalize("NFKD", text).casefold() if not combining(c))


@cache
def _common() -> frozenset[str]:
    shipped = Path(getfile(CommonPasswordValidator)).with_name("common-passwords.txt.gz")
    with gzip.open(shipped, "rt", encoding="utf-8") as english:
        return frozenset(_lines(english)) | frozenset(_lines(FRENCH.read_text(encoding="utf-8").splitlines()))


def _lines(lines: Iterable[str]) -> Iterable[str]:
    return (line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _in_file(password: str) -> bool:
    path = settings.PASSAVANT.leaked_passwords
    if path is None:
        return False
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    return _listed(_mapped(path), wanted)


@cache
def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _listed(lines: mmap.mmap, wanted: bytes) -> bool:
    """Binary search on bytes: `low` and `high` always are starts of lines (or the end)."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        found = lines[start : start + DIGEST]
        if found == wanted:
            return True
        if found < wanted:
            low = (lines.find(b"\n", start, high) + 1) or high
        else:
            high = start
    return False
