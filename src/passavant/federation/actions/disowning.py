"""« Ce n’était pas moi »: the identity somebody added goes, with all that is open and the password."""

from uuid import UUID

from django.db import transaction

from passavant.accounts.actions import force_reset
from passavant.accounts.actions.outcomes import Done, Ready
from passavant.accounts.actions.outcomes import Refused as Worthless
from passavant.accounts.actions.tickets import overtaken, spend_for, usable, worth
from passavant.accounts.models import Account
from passavant.federation import events
from passavant.federation.actions.linking import remove
from passavant.federation.models import ExternalIdentity
from passavant.federation.rules.links import NOT_ME
from passavant.foundation.audit.actions import write
from passavant.foundation.onetime.models import Ticket
from passavant.foundation.values import Origin


def not_me_link(token: str) -> Ready | Worthless:
    """What the link of the notice is worth. Reads only."""
    return worth(token, NOT_ME)


def disown(token: str, *, origin: Origin) -> Done | Worthless:
    """Remove the identity if it is still there, end every session, force another password."""
    ticket = usable(token, NOT_ME)
    if isinstance(ticket, Worthless):
        return _refuse(ticket, None, origin)
    if done := spend_for(ticket, lambda: _disown(ticket, origin)):
        return done
    refused = overtaken(token, NOT_ME, Worthless("gone"))
    return _refuse(refused, UUID(ticket.note["account"]), origin)


def _disown(ticket: Ticket, origin: Origin) -> Done | None:
    account = Account.objects.filter(pk=ticket.note["account"]).first()
    if account is None or not force_reset(account, origin=origin):
        return None
    found = ExternalIdentity.objects.of(account).filter(pk=ticket.note["identity"]).first()
    if found:  # whoever added it may have removed it since
        remove(found, "disowned", origin=origin)
    return Done(account.id, account.security_epoch)


@transaction.atomic
def _refuse(refused: Worthless, account: UUID | None, origin: Origin) -> Worthless:
    write(events.ArrivalRefused(account, "", f"link {refused.why}"), origin)
    return refused
