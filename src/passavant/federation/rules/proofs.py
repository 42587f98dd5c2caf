"""What a provider's acr **and** amr prove, as steps of our own levels; what it does not say is not proved (G5).

Sources: ProConnect's levels (`eidas1` a password; `eidas1-mfa` two factors, SMS included; `eidas2` an application or a
synchronised passkey; `eidas3` a card or a hardware key); RFC 8176 for amr.
"""

from collections.abc import Iterable

from passavant.authentication.rules.levels import Step

TWO_FACTORS = {"eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"}
STRONG = {"eidas2", "eidas3"}
POSSESSIONS = {"sms", "otp", "totp", "pop", "hwk", "swk", "sc"}  # "totp": older name of ProConnect
METHODS = 6  # as many as a session has room for, with our own
KNOWN = {*POSSESSIONS, "pwd", "pin", "mail", "mfa", "fpt", "face", "user"}


def steps(acr: str, amr: Iterable[str]) -> frozenset[Step]:
    """The steps done there. The first always is; the second when class and methods both say so."""
    told = set(amr)
    done = {Step.PASSWORD}
    if acr in TWO_FACTORS and ("mfa" in told or told & POSSESSIONS):
        done.add(Step.SMS)
    if acr in STRONG and told & POSSESSIONS - {"sms"}:
        done.add(Step.TOTP)
    return frozenset(done)


def methods(amr: Iterable[str]) -> tuple[str, ...]:
    """The amr values worth repeating, in their order; a provider that says none is taken for a password."""
    return tuple(dict.fromkeys(value for value in amr if value in KNOWN))[:METHODS] or ("pwd",)
