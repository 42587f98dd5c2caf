"""The one policy on passwords: the same function decides at sign-up, reset and change.

Sources: the procedure of June 2022 (8 characters, four kinds, « _ » not special); CNIL 2022-100 (a passphrase of
7 words as an alternative); NIST SP 800-63B-4 §3.1.1.2 (15 characters alone, 12 beside a second factor, blocklist).
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from unicodedata import normalize

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules.leaks import bare_words, leaked, plain

Text = str | Promise  # a Promise of text: said in the reader's language
DOUANE, NIST = "douane-2022", "nist-63b-4"
LONGEST = 256  # characters once in NFC; longer ones are refused before any hash
SHORTEST = {DOUANE: 8, NIST: 15}  # characters
SHORTEST_BESIDE = {DOUANE: 8, NIST: 12}  # with a second factor
WORDS, DIFFERENT_WORDS = 7, 5
WORD = re.compile(r"[^\W\d_]{2,}")
BETWEEN = re.compile(r"[\W_]+")
KNOWN_PART = 3  # letters; shorter parts of names are in any word
OWN_PART = 8  # characters to be left once all that is known of the person is taken away
CLOSE, CLOSE_FROM = 0.8, 5  # how alike two texts are (difflib, of 1), and from how many letters one looks
ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")  # of keyboards, French and English

KINDS = {
    "lower": (str.islower, _("1 lettre minuscule minimum")),
    "upper": (str.isupper, _("1 lettre majuscule minimum")),
    "digit": (str.isdigit, _("1 chiffre minimum")),
    "special": (
        lambda c: not c.isalnum() and c != "_",
        _("1 caractère spécial minimum (le tiret bas _ ne compte pas)"),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a password is refused: `code` (long, missing, similar, leaked, easy), `message`, and the kinds missing."""

    code: str
    message: Text
    missing: tuple[str, ...] = ()


def faults(
    password: str, *, about: tuple[str, ...] = (), policy: str | None = None, second_factor: bool = False
) -> list[Fault]:
    """What the password lacks, most useful first; empty when it is accepted.

    Args:
        about: what is known of the person (identifier, names, e-mail, company); the site's name is added.
        policy: one of SHORTEST's keys, or None for the operator's choice.
        second_factor: whether the account's level asks for more than the password.
    """
    policy, password = policy or settings.PASSAVANT.password_policy, nfc(password)
    if unfit(password):
        return [Fault("long", _("Le mot de passe doit comporter 256 caractères au maximum."))]
    found = (
        _lacking(password, policy, (SHORTEST_BESIDE if second_factor else SHORTEST)[policy]),
        _similar(password, (*about, settings.PASSAVANT.site_name)),
        _leaked(password),
        _easy(password, policy),
    )
    return [fault for fault in found if fault]


def nfc(password: str) -> str:
    """The form in which passwords are judged and hashed: two keyboards write one « é » in two ways."""
    return normalize("NFC", password)


def unfit(password: str) -> bool:
    """Longer than any password accepted, or made of halves of characters: refused before it costs a hash."""
    return len(nfc(password)) > LONGEST or any("\ud800" <= c <= "\udfff" for c in password)


def shown() -> list[tuple[str, Text]]:
    """The operator's policy as a form shows it: (test the browser knows, sentence); the server has the last word."""
    policy = settings.PASSAVANT.password_policy
    length = (f"length:{SHORTEST[policy]}", _length(SHORTEST[policy]))
    phrase = (f"words:{WORDS}", _("ou une phrase de passe d’au moins 7 mots, sans autre contrainte"))
    kinds = [*((name, text) for name, (_test, text) in KINDS.items()), phrase] if policy == DOUANE else []
    return [length, *kinds, ("leak", _("différent des mots de passe connus des fraudeurs"))]


def is_passphrase(password: str) -> bool:
    """At least seven words, five of them different."""
    words = [word.casefold() for word in WORD.findall(password)]
    return len(words) >= WORDS and len(set(words)) >= DIFFERENT_WORDS


def _lacking(password: str, policy: str, shortest: int) -> Fault | None:
    if policy == DOUANE and is_passphrase(password):
        return None
    kinds = KINDS if policy == DOUANE else {}
    missing: dict[str, Text] = {"length": _length(shortest)} if len(password) < shortest else {}
    missing |= {name: text for name, (test, text) in kinds.items() if not any(map(test, password))}
    if not missing:
        return None
    listed = format_lazy(", ".join(["{}"] * len(missing)), *missing.values())
    return Fault("missing", format_lazy(_("Ajoutez à votre mot de passe : {list}."), list=listed), tuple(missing))


def _length(shortest: int) -> Promise:
    return format_lazy(_("{n} caractères minimum"), n=shortest)


def _similar(password: str, about: tuple[str, ...]) -> Fault | None:
    """Alike to something known of the person, or made of little else."""
    known = {part: text for text in about for part in (_solid(text), *map(_solid, BETWEEN.split(text)))}
    known = {part: known[part] for part in sorted(known, key=len, reverse=True) if len(part) >= KNOWN_PART}
    words = bare_words(password)
    likeness = {part: max((_likeness(part, word) for word in words), default=0.0) for part in known}
    nearest = max(likeness, key=likeness.__getitem__, default="")
    if likeness.get(nearest, 0) >= CLOSE:
        return _too_close(known[nearest])
    own, met = _solid(password), [part for part in known if part in _solid(password)]
    for part in met:
        own = own.replace(part, "")
    return _too_close(known[met[0]]) if met and len(own) < OWN_PART else None


def _likeness(part: str, word: str) -> float:
    return SequenceMatcher(None, part, word).ratio() if min(len(part), len(word)) >= CLOSE_FROM else 0.0


def _too_close(text: str) -> Fault:
    told = _("Ce mot de passe ressemble trop à « {field} ». Choisissez-en un autre.")
    return Fault("similar", format_lazy(told, field=text))


def _solid(text: str) -> str:
    return BETWEEN.sub("", plain(text))


def _leaked(password: str) -> Fault | None:
    told = _("Ce mot de passe figure dans une liste de mots de passe divulgués. Choisissez-en un autre.")
    return Fault("leaked", told) if leaked(password) else None


def _easy(password: str, policy: str) -> Fault | None:
    """Where nothing is said of kinds, half of the characters must not follow from the one before."""
    if policy == DOUANE:
        return None
    surprises = 1 + sum(not _follows(a, b) for a, b in pairwise(password.casefold()))
    told = _("Ce mot de passe est trop facile à deviner. Choisissez-en un autre.")
    return Fault("easy", told) if surprises * 2 < len(password) or len(set(password)) < OWN_PART else None


def _follows(a: str, b: str) -> bool:
    return abs(ord(a) - ord(b)) <= 1 or any(a + b in row or b + a in row for row in ROWS)
