"""The letters of this room, one function each."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from passavant.accounts.models import Account
from passavant.accounts.rules.devices import spoken
from passavant.federation.models import Arrival, ExternalIdentity
from passavant.federation.rules.limits import ADDRESS_CODE_LIFETIME, NOT_ME_LIFETIME
from passavant.foundation.outbox.messages import Letter
from passavant.foundation.values import Email, Origin


def address_code(arrival: Arrival, email: Email, code: str, language: str, origin: Origin) -> Letter:
    """To an address nobody proved yet: no name, for whoever typed it may not be its reader."""
    context = {"code": code, "minutes": ADDRESS_CODE_LIFETIME // timedelta(minutes=1), **_asked(language, origin)}
    return Letter(
        to=email.address,
        template="federation/mails/address_code",
        context=context | {"portal": _label(arrival.provider)},
        language=language,
        thread=f"arrival:{arrival.pk}",
        useful_for=ADDRESS_CODE_LIFETIME,
    )


def linked(account: Account, identity: ExternalIdentity, token: str, origin: Origin) -> Letter:
    """The notice of a new way in, with what it takes to say that it was somebody else."""
    ways = _way_back("federation:not_me_link", token)
    return _notice(account, "linked", ways | _about(account, identity, origin), NOT_ME_LIFETIME)


def unlinked(account: Account, identity: ExternalIdentity, token: str, origin: Origin) -> Letter:
    """The notice of a way in that is gone: nothing of it is left to remove, the link is that of all notices."""
    ways = _way_back("accounts:not_me_link", token)
    return _notice(account, "unlinked", ways | _about(account, identity, origin), NOT_ME_LIFETIME)


def _way_back(page: str, token: str) -> dict[str, str]:
    until = timezone.now() + NOT_ME_LIFETIME
    return {"link": f"{settings.PASSAVANT.public_url}{reverse(page, args=[token])}", "until": until.isoformat()}


def _notice(account: Account, name: str, context: dict[str, Any], useful: timedelta) -> Letter:
    template = f"federation/mails/{name}"
    return Letter(account.email, template, context, language=account.language, useful_for=useful)


def _about(account: Account, identity: ExternalIdentity, origin: Origin) -> dict[str, Any]:
    env = settings.PASSAVANT
    support = {"support_phone": env.support_phone, "support_email": env.support_email}
    said = {"name": account.full_name, "portal": _label(identity.provider), "place": origin.address}
    return {**said, **support, **_asked(account.language, origin)}


def _asked(language: str, origin: Origin) -> dict[str, str]:
    with override(language):
        return {"asked_at": timezone.now().isoformat(), "device": spoken(origin.agent)}


def _label(provider: str) -> str:
    portal = settings.PASSAVANT.federation.get(provider)
    return portal.label if portal else provider
