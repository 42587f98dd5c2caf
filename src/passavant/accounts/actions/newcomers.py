"""An account born on another portal: no password; its identifier is the e-mail (guide of June 2022)."""

from django.db import transaction
from django.utils import timezone

from passavant.accounts import events, mails
from passavant.accounts.models import Account, State
from passavant.accounts.rules.newcomers import Newcomer
from passavant.foundation.audit.actions import write
from passavant.foundation.outbox.actions import post
from passavant.foundation.values import Origin


@transaction.atomic
def open_account(newcomer: Newcomer, *, origin: Origin) -> Account:
    """Open it, active: its e-mail is proved. Whoever else had signed up with this address gains nothing (B11).

    Raises:
        IntegrityError: the address became another account's meanwhile; nothing is changed.
    """
    email, now = newcomer.email, timezone.now()
    account = Account.objects.create(
        identifier=email.address,
        identifier_key=email.key,
        email=email.address,
        email_key=email.key,
        password="",
        last_name=newcomer.last_name,
        first_name=newcomer.first_name,
        company_number=newcomer.company_number.digits if newcomer.company_number else "",
        language=newcomer.language,
        terms_version=newcomer.terms_version,
        terms_accepted_at=now,
        state=State.ACTIVE.value,
        born_of=newcomer.portal,
        activated_at=now,
    )
    others = Account.objects.drop_claims(email.key)
    write(events.Born(account.id, newcomer.portal, newcomer.terms_version, others_dropped=others), origin)
    post(mails.born(account, origin))
    return account
