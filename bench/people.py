"""Two hundred activated people who share one password, and so one hash."""

from django.utils import timezone

from bench.inside import PASSWORD, PEOPLE, identifier
from passavant.accounts.actions.passwords import hashed
from passavant.accounts.models import Account

secret, now = hashed(PASSWORD), timezone.now()
Account.objects.bulk_create(
    Account(
        identifier=identifier(number),
        identifier_key=identifier(number),
        email=f"{identifier(number)}@example.org",
        email_key=f"{identifier(number)}@example.org",
        password=secret,
        last_name="Banc",
        first_name="Personne",
        level="password",
        state="active",
        activated_at=now,
        terms_accepted_at=now,
    )
    for number in range(PEOPLE)
)
