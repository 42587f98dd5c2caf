"""What the audit trail keeps of sign-ins. `login` is a keyed digest of what was typed, never the text."""

from typing import Literal
from uuid import UUID

from passavant.foundation.audit.events import event

NotRight = Literal["wrong", "expired", "spent", "none", "locked"]
Astray = Literal["stranger", "expired", "superseded", "used", "ended"]
FactorKind = Literal["totp", "passkey", "certificate"]
# The words of rules.passkeys, in which the types are compared.
PasskeyFault = Literal[
    "malformed", "challenge", "expired", "type", "origin", "framed", "rp", "presence", "verification", "backup",
    "unknown", "algorithm", "key", "account", "signature", "counter", "disabled", "known", "many",
]  # fmt: skip


@event("sign_in.completed")
class SignedIn:
    """A person signed in, all steps done. `methods` are amr values; `through` the portal that did the first steps.

    `trusted`: the browser stood for the code of the account's level, which was not asked.
    """

    account: UUID
    level: str
    methods: str
    through: str
    known_device: bool
    trusted: bool


@event("sign_in.refused")
class SignInRefused:
    """A password was not accepted, or the account may not sign in. `left` tries before the place has to wait."""

    account: UUID | None
    login: str
    why: Literal["wrong", "inactive", "disabled"]
    left: int


@event("sign_in.confirmed")
class IdentityConfirmed:
    """A person signed in proved again who they are, before something that matters."""

    account: UUID
    level: str
    methods: str
    through: str


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
    """A code was not accepted: of a sign-in or, of an app, of its enrolment."""

    account: UUID
    method: Literal["sms", "totp", "recovery"]
    why: NotRight
    left: int


@event("factor.added")
class FactorAdded:
    """One more way to prove who one is."""

    account: UUID
    kind: FactorKind


@event("factor.renamed")
class FactorRenamed:
    """Its person calls it otherwise."""

    account: UUID
    kind: FactorKind


@event("factor.removed")
class FactorRemoved:
    """Its person does not want it any more."""

    account: UUID
    kind: FactorKind


@event("factor.kept")
class FactorKept:
    """The removal of the last factor that the level needs was refused."""

    account: UUID
    kind: FactorKind


@event("level.changed")
class LevelChanged:
    """Another security level is in force."""

    account: UUID
    before: str
    after: str


@event("level.lowering_asked")
class LevelLoweringAsked:
    """A lower level was asked; it waits, and all addresses are told."""

    account: UUID
    before: str
    after: str


@event("level.lowering_cancelled")
class LevelLoweringCancelled:
    """The level stays as it is."""

    account: UUID


@event("recovery_codes.made")
class RecoveryCodesMade:
    """A new set; the former one is dead."""

    account: UUID
    count: int


@event("recovery_code.used")
class RecoveryCodeUsed:
    """A recovery code stood for a step of a sign-in."""

    account: UUID
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


@event("session.moved")
class SessionMoved:
    """A session opened on the origin of sign-in went on under a new key on the portal's."""

    session: UUID


@event("passage.refused")
class PassageRefused:
    """A ticket from the origin of sign-in opened nothing; « stranger »: it came back in another browser."""

    session: UUID
    why: Astray


@event("passkey.refused")
class PasskeyRefused:
    """The answer of a passkey was not accepted; `account` is the one whose key was named, whoever named it."""

    account: UUID | None
    why: PasskeyFault


@event("passkey.not_added")
class PasskeyNotAdded:
    """A passkey was made that is not accepted here."""

    account: UUID
    why: PasskeyFault
