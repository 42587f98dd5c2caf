"""The letters of this room, one function each. What they say is in `templates/accounts/mails/`."""

from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from passavant.accounts.models import Account
from passavant.accounts.rules.devices import spoken
from passavant.accounts.rules.links import (
    ACTIVATION_LIFETIME,
    EMAIL_CHANGE_LIFETIME,
    EMAIL_UNDO_LIFETIME,
    NOT_ME_LIFETIME,
    RESET_LIFETIME,
)
from passavant.foundation.outbox.messages import Letter
from passavant.foundation.values import Email, Origin

GREETED = 80  # characters; a longer name is a text somebody wants us to send
LINKED = timedelta(hours=24)  # a mail with a link is worth sending as long as the link works
NOTICE = timedelta(days=7)  # a notice, longer
Because = Literal["sign_up", "link", "email"]  # why a known address is written to
ResetBecause = Literal["asked", "not_me"]  # why a reset link leaves


def activation(account: Account, token: str, origin: Origin) -> Letter:
    """To an address not proved yet: whoever reads it may not be who typed it, hence no IP address."""
    link = _link("accounts:activate_link", token)
    context = {"link": link, "until": _after(ACTIVATION_LIFETIME), **_asked(account, origin)}
    return _letter(account, "activation", context, thread=f"activation:{account.email_subject}")


def born(account: Account, origin: Origin) -> Letter:
    """To who comes from another portal: how the two ways in go together (guide of June 2022)."""
    ways = {"forgotten": _link("accounts:forgotten"), **_portal(account), **_way_in()}
    return _letter(account, "born", {**ways, **_seen(account, origin)}, useful=NOTICE)


def activation_reminder(account: Account, token: str, deleted_at: datetime) -> Letter:
    link = _link("accounts:activate_link", token)
    context = {"link": link, "until": _after(ACTIVATION_LIFETIME), "deleted_at": deleted_at.isoformat()}
    return _letter(account, "activation_reminder", context, thread=f"activation:{account.email_subject}")


def already_signed_up(holder: Account, because: Because, origin: Origin) -> Letter:
    """To the holder of an address with which somebody has just tried something."""
    context = {"because": because, **_way_in(), **_seen(holder, origin)}
    return _letter(holder, "already_signed_up", context, thread=_known(holder), useful=NOTICE)


def suspended(holder: Account, origin: Origin) -> Letter:
    """To the holder of a suspended account: whom to call."""
    since = holder.suspended_at.isoformat() if holder.suspended_at else ""
    context = {"since": since, **_way_in(), **_seen(holder, origin)}
    return _letter(holder, "suspended", context, thread=_known(holder), useful=NOTICE)


def confirm_address(account: Account, new: Email, token: str, origin: Origin) -> Letter:
    """To the new address, which nobody proved yet."""
    link = _link("accounts:email_link", token)
    context = {"link": link, "until": _after(EMAIL_CHANGE_LIFETIME), **_asked(account, origin)}
    return _letter(account, "confirm_address", context, to=new.address, thread=f"address:{account.pk}")


def address_changing(account: Account, new: Email, token: str, origin: Origin) -> Letter:
    """To the current address, with what it takes to refuse."""
    link = _link("accounts:email_undo_link", token)
    context = {"link": link, "until": _after(EMAIL_UNDO_LIFETIME), "new": new.masked, **_seen(account, origin)}
    return _letter(account, "address_changing", context, useful=EMAIL_UNDO_LIFETIME)


def reset(account: Account, token: str, origin: Origin, because: ResetBecause = "asked") -> Letter:
    """The guide of June 2022: « Réinitialisation mot de passe »."""
    link = _link("accounts:reset_link", token)
    asked = {**_portal(account), **_seen(account, origin)}
    context = {"because": because, "link": link, "until": _after(RESET_LIFETIME), **asked}
    return _letter(account, "reset", context, thread=f"reset:{account.pk}")


def activation_instead(account: Account, token: str, origin: Origin) -> Letter:
    """To an address not proved yet, whose password cannot be reset: only who chose it may activate (B11)."""
    ways = {"link": _link("accounts:activate_link", token), "sign_up": _link("accounts:sign_up")}
    context = {**ways, "until": _after(ACTIVATION_LIFETIME), **_asked(account, origin)}
    return _letter(account, "activation_instead", context, thread=f"activation:{account.email_subject}")


def reset_suspended(holder: Account, origin: Origin) -> Letter:
    """To the holder of a suspended account who forgot a password: whom to call."""
    since = holder.suspended_at.isoformat() if holder.suspended_at else ""
    context = {"since": since, **_way_in(), **_seen(holder, origin)}
    return _letter(holder, "reset_suspended", context, thread=_known(holder), useful=NOTICE)


def password_changed(account: Account, token: str, origin: Origin) -> Letter:
    """The notice, with what it takes to say that it was somebody else."""
    link = _link("accounts:not_me_link", token)
    context = {"link": link, "until": _after(NOT_ME_LIFETIME), **_way_in(), **_seen(account, origin)}
    return _letter(account, "password_changed", context, useful=NOT_ME_LIFETIME)


def mobile_changed(account: Account, token: str, origin: Origin) -> Letter:
    """The same for the number that receives codes."""
    link = _link("accounts:not_me_link", token)
    context = {"link": link, "until": _after(NOT_ME_LIFETIME), **_way_in(), **_seen(account, origin)}
    return _letter(account, "mobile_changed", context, useful=NOT_ME_LIFETIME)


def account_closed(account: Account, origin: Origin) -> Letter:
    context = {"sign_up": _link("accounts:sign_up"), **_seen(account, origin)}
    return _letter(account, "account_closed", context, useful=NOTICE)


def _letter(
    account: Account, name: str, context: dict[str, Any], *, to: str = "", thread: str = "", useful: timedelta = LINKED
) -> Letter:
    hello = account.full_name if len(account.full_name) <= GREETED else ""
    return Letter(
        to=to or account.email,
        template=f"accounts/mails/{name}",
        context={"name": hello, **context},
        language=account.language,
        thread=thread,
        useful_for=useful,
    )


def _known(holder: Account) -> str:
    """A thread like that of an activation: posting to a known address costs the statements of any other."""
    return f"known:{holder.pk}"


def _asked(account: Account, origin: Origin) -> dict[str, str]:
    with override(account.language):
        return {"asked_at": timezone.now().isoformat(), "device": spoken(origin.agent), "place": ""}


def _seen(account: Account, origin: Origin) -> dict[str, str]:
    """The same, and the IP address, for a person who holds the account: it helps to find who it was."""
    return _asked(account, origin) | {"place": origin.address}


def _portal(account: Account) -> dict[str, str]:
    """The portal an account was born on, as people call it; "" for the others, or when it is no longer offered."""
    portal = settings.PASSAVANT.federation.get(account.born_of)
    return {"portal": portal.label if portal else ""}


def _way_in() -> dict[str, str]:
    env = settings.PASSAVANT
    return {
        "sign_in": _link("authentication:sign_in"),
        "support_phone": env.support_phone,
        "support_email": env.support_email,
    }


def _link(page: str, *parts: str) -> str:
    """Never from the Host header: a mail leads to the public address only."""
    return str(settings.PASSAVANT.public_url + reverse(page, args=parts))


def _after(lifetime: timedelta) -> str:
    return (timezone.now() + lifetime).isoformat()
