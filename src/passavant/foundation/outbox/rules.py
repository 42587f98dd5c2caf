"""When to try again, what an SMS may hold, what may be told of a failure."""

import re
from datetime import timedelta
from unicodedata import category

# A worker that took messages and died loses them after the lease. It must outlast the longest batch:
# BATCH, then one send whose every step takes its whole timeout.
LEASE = timedelta(seconds=120)
BATCH = timedelta(seconds=30)
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=8)
OUTAGE_PAUSE = timedelta(seconds=15)  # a carrier that does not answer is asked again at this pace, by one message
REPLAY = timedelta(hours=24)  # how long a dead letter put back is tried again

CONTEXT_BYTES = 16_384
MAIL_BYTES = 102_400  # above, Gmail hides the end of a mail
SUBJECT_LENGTH = 150  # characters
REASON_LENGTH = 200  # characters
SMS_SEPTETS = 160  # one part; 3GPP TS 23.040 §9.2.3.24
SENDER_LENGTH = 11  # characters of an alphanumeric sender; 3GPP TS 23.040 §9.1.2.5

# 3GPP TS 23.038 §6.2.1: the default alphabet, and those that take two septets through the escape.
GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_ESCAPED = frozenset("\f^{}\\[~]|€")

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
ADDRESS = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+")
LONG_NUMBER = re.compile(r"\d{5,}")
SECRET = re.compile(r"psv_[a-z]+_[\w-]+")
LINK = re.compile(r"://|\bwww\.|\.[^\W\d_]{2,}/", re.IGNORECASE)  # « lea.durand » is an identifier, not a link
WORD_JOINER = "\u2060"  # shows nothing, and mail readers make no link across it


class NotGsm7(ValueError):
    """Characters that would turn the SMS into UCS-2: 70 to a part."""


def backoff(attempts: int) -> timedelta:
    """The wait after this many attempts (1, 2, …): doubled each time, up to LONGEST_DELAY."""
    return min(FIRST_DELAY * (1 << min(attempts - 1, 32)), LONGEST_DELAY)


def septets(text: str) -> int:
    """How long an SMS is.

    Raises:
        NotGsm7: naming the characters.
    """
    if foreign := set(text) - GSM7 - GSM7_ESCAPED:
        raise NotGsm7(" ".join(f"U+{ord(character):04X}" for character in sorted(foreign)))
    return len(text) + sum(character in GSM7_ESCAPED for character in text)


def sms_sender(site_name: str) -> str:
    """What is shown as the sender of an SMS: letters and figures of ASCII, at most 11."""
    return "".join(c for c in site_name if c.isascii() and c.isalnum())[:SENDER_LENGTH]


def one_line(text: str) -> str:
    """On one line, without control characters nor marks that reverse the reading order."""
    return "".join(c for c in " ".join(text.split()) if category(c) != "Cc" and not _reverses(c))


def _reverses(character: str) -> bool:
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"


def inert(text: str, own: str) -> str:
    """A value somebody typed, made unable to become a link in a mail unless it leads to `own` (our public URL)."""
    return " ".join(_broken(word) if _leads_away(word, own) else word for word in one_line(text).split(" "))


def _leads_away(word: str, own: str) -> bool:
    return bool(LINK.search(word)) and word != own and not word.startswith(f"{own}/")


def _broken(word: str) -> str:
    return word.replace("://", f":{WORD_JOINER}//").replace(".", f".{WORD_JOINER}")


def tellable(reason: str) -> str:
    """A failure as it may be kept and logged: what servers say quotes addresses, numbers and our own text."""
    for secret in (SECRET, ADDRESS, LONG_NUMBER):
        reason = secret.sub("…", reason)
    return one_line(reason)[:REASON_LENGTH]
