"""The mails that several acts make leave, each with its link."""

from passavant.accounts import mails
from passavant.accounts.models import Account, State
from passavant.accounts.rules.limits import ACTIVATION_MAILS, ALREADY_MAILS
from passavant.accounts.rules.links import ACTIVATION, ACTIVATION_LIFETIME, NOT_ME, NOT_ME_LIFETIME
from passavant.foundation.onetime.actions import issue_link
from passavant.foundation.outbox.actions import post
from passavant.foundation.outbox.messages import Letter
from passavant.foundation.throttling.actions import hit
from passavant.foundation.values import Origin


def post_link(account: Account, *, because: mails.Because, origin: Origin) -> bool:
    """Post the activation link, or what the holder of a known address should read; answers whether it was known.

    In the caller's transaction. Beyond its daily number of mails an address gets none, and keeps its last link.
    The same statements run on both branches, so that time tells nothing: the link made for a known
    address is sent to nobody.
    """
    holder = Account.objects.holding(account.email_key).first()
    limit = ALREADY_MAILS if holder else ACTIVATION_MAILS
    if hit((limit, account.email_key)).allowed:
        token = issue_link(ACTIVATION, account.email_subject, lifetime=ACTIVATION_LIFETIME)
        post(_to_the_holder(holder, because, origin) if holder else mails.activation(account, token, origin))
    return holder is not None


def _to_the_holder(holder: Account, because: mails.Because, origin: Origin) -> Letter:
    if holder.state == State.SUSPENDED.value:
        return mails.suspended(holder, origin)
    return mails.already_signed_up(holder, because, origin)


def post_password_changed(account: Account, origin: Origin) -> None:
    """The notice, and the link that says « ce n’était pas moi »; in the caller's transaction."""
    post(mails.password_changed(account, disowning_link(account), origin))


def disowning_link(account: Account) -> str:
    """The token of « ce n’était pas moi » for a notice, whatever it tells of; the former notice's no longer works."""
    return issue_link(NOT_ME, account.undo_subject, lifetime=NOT_ME_LIFETIME, note=whom(account))


def whom(account: Account) -> dict[str, str]:
    """The note of a link that is good as long as the account has the address it was sent to."""
    return {"account": str(account.pk), "email": account.email_key}
