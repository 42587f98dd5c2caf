"""A browser its person trusts: for a while its cookie stands for the code, and for nothing stronger."""

import re
from datetime import timedelta

from django.conf import settings

from passavant.accounts.rules.levels import Level
from passavant.authentication.rules.levels import Step, Steps, rank

# The levels whose second step is a code, and by what the days of the operator are divided: shorter for the stronger.
SHARES: dict[Level, int] = {Level.SMS: 1, Level.TOTP: 2}
CODES: Steps = frozenset({Step.SMS, Step.TOTP})
MOST = 5  # people sharing one browser
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 random bits, as secrets.token_urlsafe writes them
BETWEEN = "."


def days(level: Level) -> int:
    """How long a browser trusted at this level is asked no code; 0: never."""
    most, share = settings.PASSAVANT.remember_days, SHARES.get(level, 0)
    return max(1, most // share) if most and share else 0


def lifetime(level: Level) -> timedelta:
    return timedelta(days=days(level))


def standing_for(asked: Level) -> tuple[str, ...]:
    """At which levels a browser must have been trusted for its cookie to count where `asked` is."""
    return tuple(level.value for level in SHARES if asked in SHARES and days(level) and rank(level) >= rank(asked))


def read(cookie: str) -> tuple[str, ...]:
    """The tokens this browser keeps, the newest first."""
    return tuple(token for token in cookie.split(BETWEEN)[:MOST] if TOKEN.fullmatch(token))


def written(new: str, kept: tuple[str, ...]) -> str:
    return BETWEEN.join((new, *kept)[:MOST])
