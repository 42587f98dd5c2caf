"""Recovery codes: readable, and worth 73 bits each. Sources: NIST 800-63B-4 §4.2.1.1 (64 bits at least); E12."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, no 1 I L, no U (V): nothing to take for another
GROUPS, GROUP = 3, 5
SET = 10  # codes
FEW = 3  # left: time to make others


def draw() -> str:
    """One code, as it is read: K7MQ2-9XTRA-B4WJD."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def draw_set() -> list[str]:
    return [draw() for _ in range(SET)]


def plain(typed: str) -> str:
    """What was typed, without what separates: letters and digits, in capitals."""
    return "".join(c for c in typed.upper() if c.isalnum())


def is_one(typed: str) -> bool:
    """Whether this could be a code at all."""
    return len(plain(typed)) == GROUPS * GROUP and set(plain(typed)) <= set(ALPHABET)
