"""What the audit trail keeps of sign-ins. `login` is a keyed digest of what was typed, never the text."""

from typing import Literal
from uuid import UUID

from passavant.foundation.audit.events import event


@event("sign_in.completed")
class SignedIn:
    """A person signed in, all steps done. `methods` are amr values; `through` the portal that did the first steps."""

    account: UUID
    level: str
    methods: str
    through: str
    known_device: bool


@event("sign_in.refused")
class SignInRefused:
    """A password was not accepted, or the account may not sign in. `left` tries before the place has to wait."""

    account: UUID | None
    login: str
    why: Literal["wrong", "inactive", "disabled"]
    left: int


@event("code.sent")
class CodeSent:
    """A sign-in code was posted."""

    account: UUID
    method: Literal["sms"]


@event("code.withheld")
class CodeWithheld:
    """No code left: a limit was reached, or the country is not served."""

    account: UUID
    method: Literal["sms"]
    why: str


@event("code.refused")
class CodeRefused:
    """A sign-in code was not accepted."""

    account: UUID
    method: Literal["sms"]
    why: Literal["wrong", "expired", "spent", "none", "locked"]
    left: int


@event("mobile.proved")
class MobileProved:
    """The person typed back a code sent to that number, for the first time."""

    account: UUID


@event("session.ended")
class SignedOut:
    """The person signed out."""

    account: UUID


@event("sessions.ended")
class SessionsEnded:
    """Sessions of the account were ended from another one."""

    account: UUID
    count: int


@event("sms_budget.reached")
class SmsBudgetReached:
    """No more SMS today: `budget` is « all », or the country that used its share."""

    budget: str
    allowed: int


Astray = Literal["stranger", "expired", "superseded", "used", "ended"]


@event("session.moved")
class SessionMoved:
    """A session opened on the origin of sign-in went on under a new key on the portal's."""

    session: UUID


@event("passage.refused")
class PassageRefused:
    """A ticket from the origin of sign-in opened nothing; « stranger »: it came back in another browser."""

    session: UUID
    why: Astray
