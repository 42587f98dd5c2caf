"""A provider tells that somebody signed out there (OpenID Connect Back-Channel Logout 1.0)."""

from dataclasses import dataclass

from passavant.federation.rules.refusals import NotProved
from passavant.federation.wire.calls import Talk
from passavant.federation.wire.tokens import check_addressed, check_times, signed

EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPES = {None, "JWT", "logout+jwt"}


@dataclass(frozen=True, slots=True)
class LogoutNotice:
    """Whose sessions end: one of the provider's sessions (`sid`), or all of a person (`subject`); "" unsaid."""

    subject: str
    sid: str


def read_logout(talk: Talk, token: object) -> LogoutNotice:
    """Verify a logout token (§2.6). Acting twice on it changes nothing more: no `jti` is kept.

    Raises:
        NotProved, ProviderDown: no session ends.
    """
    header, claims = signed(talk, token)
    if header.get("typ") not in LOGOUT_TYPES:
        raise NotProved("type of token")
    check_addressed(talk.provider, claims)
    check_times(claims)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise NotProved("event")
    if "nonce" in claims:  # an id token must not pass for a logout token
        raise NotProved("nonce")
    if not isinstance(claims.get("jti"), str):
        raise NotProved("jti")
    subject, sid = (_told(claims.get(name)) for name in ("sub", "sid"))
    if not subject and not sid:
        raise NotProved("subject")
    return LogoutNotice(subject, sid)


def _told(value: object) -> str:
    """ "" for what no arrival of ours can have."""
    return value if isinstance(value, str) and value.isprintable() else ""
