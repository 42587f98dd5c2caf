"""What may happen to an account. A name is a contract: history pages, exports and alarms read it."""

from typing import Literal
from uuid import UUID

from passavant.foundation.audit.events import event

Why = Literal[
    "taken",  # an identifier, or an address held by another account
    "throttled",
    "unknown", "expired", "superseded", "used",  # a link
    "wrong",  # credentials
    "weak", "same",  # a new password
    "settling",  # the address changed lately
    "mobile",  # the level needs a number
    "gone",  # the account is not in the state it was
]  # fmt: skip
ResetLink = Literal["reset", "not_me"]


@event("account.signed_up")
class SignedUp:
    """A registration was validated; it is not an account before its activation."""

    account: UUID
    level: str
    terms_version: str
    address_known: bool


@event("account.born")
class Born:
    """An account was created from another portal, with a proved e-mail and no password."""

    account: UUID
    portal: str
    terms_version: str
    others_dropped: int


@event("account.sign_up_not_kept")
class SignUpNotKept:
    """A registration was not written: too many of that day already wait for that address."""

    email: str


@event("account.identifier_taken")
class IdentifierTaken:
    """Somebody was told at sign-up that an identifier is in use."""

    identifier: str


@event("account.activation_link_asked")
class ActivationLinkAsked:
    """Somebody asked for an activation link; `login` is a keyed digest of what was typed, `account` whom it names."""

    account: UUID | None
    login: str


@event("account.address_corrected")
class AddressCorrected:
    """The address of a registration was corrected before its activation."""

    account: UUID


@event("account.activated")
class Activated:
    """The person opened the link and typed identifier and password: the account exists."""

    account: UUID
    others_dropped: int


@event("account.activation_refused")
class ActivationRefused:
    """An activation failed."""

    account: UUID | None
    why: Why


@event("account.reminded")
class Reminded:
    """Registrations about to be deleted were reminded of."""

    count: int


@event("account.freed")
class Freed:
    """Registrations never activated were deleted; their identifiers are free again."""

    count: int


@event("account.profile_changed")
class ProfileChanged:
    """The person changed their profile; `columns` names what changed, never to what."""

    account: UUID
    columns: str


@event("account.password_changed")
class PasswordChanged:
    """The person changed their password; everything opened before is closed."""

    account: UUID


@event("account.password_refused")
class PasswordRefused:
    """A current password asked again was wrong."""

    account: UUID
    asked_for: Literal["password", "email", "closing"]


@event("account.reset_asked")
class ResetAsked:
    """Somebody forgot a password; `login` is a keyed digest of what was typed, `account` who was written to."""

    account: UUID | None
    login: str


@event("account.password_reset")
class PasswordReset:
    """A reset link gave the account a new password; everything opened before is closed."""

    account: UUID


@event("account.password_disowned")
class PasswordDisowned:
    """The address said that what a notice told was somebody else's act: no password works until the next one."""

    account: UUID


@event("account.reset_refused")
class ResetRefused:
    """A reset, or the link that disowns one, did not work."""

    account: UUID | None
    link: ResetLink
    why: Why


@event("account.email_change_asked")
class EmailChangeAsked:
    """The person asked for another address, to be proved; the former one was told."""

    account: UUID


@event("account.email_changed")
class EmailChanged:
    """The new address was proved and replaces the former one."""

    account: UUID


@event("account.email_change_undone")
class EmailChangeUndone:
    """The former address cancelled the change, or took the account back."""

    account: UUID
    restored: bool


@event("account.email_change_refused")
class EmailChangeRefused:
    """A link of an address change did not work any more, or the address was taken meanwhile."""

    account: UUID | None
    why: Why


@event("account.closed")
class Closed:
    """The account is closed and its personal columns are erased."""

    account: UUID
    by: Literal["person", "operator"]
