"""What a person changes in their space without another proof."""

from django.db import transaction

from passavant.accounts import events, mails
from passavant.accounts.actions.letters import disowning_link
from passavant.accounts.actions.outcomes import Done, Refused
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.registrations import Profile
from passavant.foundation.audit.actions import write
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin


@transaction.atomic
def change_profile(account: Account, profile: Profile, *, origin: Origin) -> Done | Refused:
    """Store what differs. A new mobile is to be proved again, and its change is told by mail."""
    wanted = profile.columns()
    changed = {name: value for name, value in wanted.items() if value != getattr(account, name)}
    if not changed:
        return Done(account.id, account.security_epoch)
    if account.level == Level.SMS.value and not wanted["mobile"]:
        return Refused("mobile")
    proof = {"mobile_proved_at": None} if "mobile" in changed else {}
    if not Account.objects.active().filter(pk=account.pk).update(**changed, **proof):
        return Refused("gone")
    if "mobile" in changed:
        post(mails.mobile_changed(account, disowning_link(account), origin))
    write(events.ProfileChanged(account=account.id, columns=" ".join(sorted(changed))), origin)
    account.refresh_from_db()
    return Done(account.id, account.security_epoch)
