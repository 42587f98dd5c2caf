"""What the tests of this room start from."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from passavant.accounts.rules import terms
from passavant.accounts.rules.levels import Level
from passavant.accounts.rules.registrations import Profile, Registration
from passavant.foundation.audit.models import Event
from passavant.foundation.values import Email, Identifier, Origin
from tests.people import ENCODED

HERE = Origin("192.0.2.1", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", "ref")
WRONG = "Autre-Galion 1515 ?"
NEW = "Petite-Ourse 1969 !"


def ago(**duration: float) -> datetime:
    return timezone.now() - timedelta(**duration)


def profile(**changed: Any) -> Profile:
    blank = {"mobile": None, "phone": None, "company_number": None, "address": "", "language": "fr"}
    return Profile(**{"last_name": "Durand", "first_name": "Léa", **blank, **changed})


def registration(identifier: str = "lea.durand", email: str = "lea@negoce.example", **changed: Any) -> Registration:
    return Registration(
        id=uuid4(),
        identifier=Identifier.parse(identifier),
        password=ENCODED,
        level=Level.PASSWORD,
        email=Email.parse(email),
        profile=profile(**changed),
        terms_version=terms.VERSION,
    )


def facts(name: str) -> list[dict[str, Any]]:
    """What the trail says of this event, oldest first."""
    rows = Event.objects.filter(name=name).order_by("pk")
    return [json.loads(row.data) | {"account": row.account} for row in rows]
