"""Two hundred activated people who share one password, and so one hash."""

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bench.names import PASSWORD, PEOPLE, identifier  # noqa: E402
from passavant.accounts.actions.passwords import hashed  # noqa: E402
from passavant.accounts.models import Account  # noqa: E402

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
