"""The messages of sign-in."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from passavant.accounts.models import Account
from passavant.accounts.rules.devices import spoken
from passavant.accounts.rules.links import NOT_ME_LIFETIME
from passavant.authentication.models.sessions import Session
from passavant.authentication.rules.limits import CODE_LIFETIME
from passavant.authentication.rules.losses import DELAY
from passavant.authentication.rules.proofs import proofs
from passavant.foundation.outbox.messages import Letter, Text
from passavant.foundation.values import Origin

GREETED = 80  # characters; a longer name is a text somebody wants us to send
What = Literal[
    "factor_added", "factor_removed", "factors_removed", "codes_made", "code_used", "level_raised", "level_lowered"
]  # fmt: skip
LossNews = Literal["password", "sms", "reset", "opened", "ready", "refused", "lapsed"]


def sign_in_code(account: Account, code: str, pending: str) -> Text:
    """The SMS of a pending sign-in; a newer one takes the place of one that has not left yet."""
    template = "authentication/sms/code"
    return Text(account.mobile, template, {"code": code}, account.language, thread=pending, useful_for=CODE_LIFETIME)


def new_sign_in(account: Account, session: Session, token: str, wait: timedelta, origin: Origin) -> Letter:
    """The notice of a sign-in from a browser that this account had not used before, and what it proved.

    One that has to wait stands for all that follow it meanwhile, or takes the place of those before it.
    """
    methods = session.methods.split()
    with override(account.language):
        steps = ", ".join(proofs(methods, _portal(session.through)))
    link, seen = _link("accounts:not_me_link", token), _seen(account, origin)
    context = {"steps": steps, "second": "mfa" in methods, "several": bool(wait), "link": link, **_until(), **seen}
    letter = _letter(account, "new_sign_in", context, useful=NOT_ME_LIFETIME)
    return replace(letter, wait=wait, thread=f"new-sign-in:{account.pk}" if wait else "")


def mobile_changed(account: Account, number: str) -> Text:
    """The SMS to a number that codes no longer go to."""
    return Text(number, "authentication/sms/mobile_changed", {}, account.language, useful_for=NOT_ME_LIFETIME)


def notice(account: Account, what: What, token: str, origin: Origin, **said: str | int) -> Letter:
    """What was changed about the ways in, with the link by which its person says that it was somebody else.

    `said`: `factor`, how its owner calls it; `left`, how many recovery codes.
    """
    link = _link("accounts:not_me_link", token)
    context = {"what": what, "link": link, **_until(), **said, **_seen(account, origin)}
    return _letter(account, "notice", context, useful=NOT_ME_LIFETIME)


def certificate_ending(account: Account, name: str, ends_at: datetime) -> Letter:
    """A certificate ends soon; no use once it has ended."""
    context = {"factor": name, "ends_at": ends_at.isoformat(), "link": _link("authentication:enrol_certificate")}
    return _letter(account, "certificate_ending", context, useful=ends_at - timezone.now())


def level_lowering(account: Account, token: str, not_me: str, at: datetime, origin: Origin) -> Letter:
    """A lower level will be in force at this moment, unless the link is used."""
    links = {"link": _link("authentication:level_cancel_link", token), "not_me": _link("accounts:not_me_link", not_me)}
    context = {**links, "effective_at": at.isoformat(), **_seen(account, origin)}
    return _letter(account, "level_lowering", context, useful=at - timezone.now())


def loss_code(account: Account, code: str, claim: str, origin: Origin) -> Letter:
    """The code that shows that who lost every factor still reads this mailbox."""
    minutes = CODE_LIFETIME // timedelta(minutes=1)
    context = {"code": code, "minutes": minutes, **_seen(account, origin)}
    template = "authentication/mails/loss_code"
    return Letter(account.email, template, context, account.language, thread=claim, useful_for=CODE_LIFETIME)


def loss(
    account: Account, what: LossNews, origin: Origin, *, token: str = "", thread: str = "", **said: datetime
) -> Letter:
    """How far a request stands, or why none may be made; `token` cancels it. `said`: moments."""
    moments = {name: moment.isoformat() for name, moment in said.items()}
    link = _link("authentication:loss_cancel_link", token) if token else ""
    support = {"phone": settings.PASSAVANT.support_phone, "support": settings.PASSAVANT.support_email}
    context = {"what": what, "link": link, **support, **moments, **_seen(account, origin)}
    return replace(_letter(account, "loss", context, useful=DELAY), thread=thread)


def loss_text(account: Account) -> Text:
    """The SMS to a number already proved: whoever holds it may look into the mailbox in time."""
    return Text(account.mobile, "authentication/sms/loss", {}, account.language, useful_for=DELAY)


def _letter(account: Account, name: str, context: dict[str, Any], *, useful: timedelta) -> Letter:
    hello = account.full_name if len(account.full_name) <= GREETED else ""
    template = f"authentication/mails/{name}"
    return Letter(account.email, template, {"name": hello, **context}, account.language, useful_for=useful)


def _seen(account: Account, origin: Origin) -> dict[str, str]:
    with override(account.language):
        return {"at": timezone.now().isoformat(), "device": spoken(origin.agent), "address": origin.address}


def _until() -> dict[str, str]:
    return {"until": (timezone.now() + NOT_ME_LIFETIME).isoformat()}


def _portal(name: str) -> str:
    portal = settings.PASSAVANT.federation.get(name)
    return portal.label if portal else name


def _link(page: str, *parts: str) -> str:
    """Never from the Host header: a mail leads to the public address only."""
    return str(settings.PASSAVANT.public_url + reverse(page, args=parts))
