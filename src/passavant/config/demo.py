"""The demonstration: its people, and everything started in one command. In PASSAVANT_ENV=demo only."""

import argparse
import signal
import subprocess
import sys
import time
from base64 import b32decode
from types import FrameType

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from passavant.accounts.actions.passwords import hashed
from passavant.accounts.models import Account
from passavant.accounts.rules import terms
from passavant.authentication.models import AppFactor
from passavant.authentication.rules import totp
from passavant.config.serve import migrate

PROGRAM = [sys.executable, "-m", "passavant.config"]
PASSWORD = "Ancre&Boussole7"  # noqa: S105 : of people who do not exist
PEOPLE = (
    {"identifier": "camille.martin", "last_name": "Martin", "first_name": "Camille", "level": "password"},
    {"identifier": "lea.durand", "last_name": "Durand", "first_name": "Léa", "level": "sms", "mobile": "+33639981234"},
    {"identifier": "malo.legoff", "last_name": "Le Goff", "first_name": "Malo", "level": "totp"},
)
APP = {"malo.legoff": "PASSAVANTDEMONSTRATIONPOURTOUS22"}  # the key to enter into an app, by person


def load(asked: argparse.Namespace) -> int:
    """Create those who are not there yet."""
    if not settings.PASSAVANT.demo:
        sys.stderr.write("The demonstration people are loaded with PASSAVANT_ENV=demo only.\n")
        return 1
    known = set(
        Account.objects.values_list("identifier_key", flat=True).filter(
            identifier_key__in=[p["identifier"] for p in PEOPLE]
        )
    )
    new = [_account(person) for person in PEOPLE if person["identifier"] not in known]
    with transaction.atomic():
        Account.objects.bulk_create(new)
        AppFactor.objects.bulk_create(_app(account) for account in new if account.identifier in APP)
    return 0


def _account(person: dict[str, str]) -> Account:
    address = f"{person['identifier']}@example.org"
    now = timezone.now()
    return Account(
        **person,
        identifier_key=person["identifier"],
        email=address,
        email_key=address,
        password=hashed(PASSWORD),
        company_number="73282932000074",
        state="active",
        activated_at=now,
        terms_version=terms.VERSION,
        terms_accepted_at=now,
        mobile_proved_at=now if "mobile" in person else None,
    )


def _app(account: Account) -> AppFactor:
    return AppFactor(account=account, name="Téléphone", last_step=0).close(b32decode(APP[account.identifier]))


def welcome(url: str) -> str:
    """Where to look, who can sign in, where the messages are read."""
    people = "\n".join(f"    {p['identifier']:<16} {PASSWORD}    ({p['level']})" for p in PEOPLE)
    apps = "\n".join(f"    {who:<16} {totp.spaced(b32decode(key))}" for who, key in APP.items())
    return (
        f"\n  Passavant answers on {url}\n\n  Demonstration people (identifier, password, level):\n{people}\n\n"
        f"  Keys to enter into an authenticator app:\n{apps}\n\n"
        f"  Mail and SMS sent are read at {url}/demo/courrier/\n  Ctrl-C stops everything.\n\n"
    )


def run(asked: argparse.Namespace) -> int:
    """Migrate, load, serve, work. Ends when a part ends, or at Ctrl-C, and stops every part."""
    migrate(asked)
    if load(asked):
        return 1
    where = ["--host", asked.host, "--port", str(asked.port), "--workers", str(asked.workers)]
    parts = [subprocess.Popen([*PROGRAM, "serve", *where]), subprocess.Popen([*PROGRAM, "worker"])]
    signal.signal(signal.SIGTERM, _as_interrupt)
    sys.stdout.write(welcome(settings.PASSAVANT.public_url))
    sys.stdout.flush()
    try:
        while all(part.poll() is None for part in parts):
            time.sleep(0.5)
    except KeyboardInterrupt:
        sys.stdout.write("\nPassavant stops.\n")
    return _stop(parts)


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(parts: list[subprocess.Popen[bytes]]) -> int:
    failed = any(part.poll() not in (None, 0) for part in parts)
    for part in parts:
        part.terminate()
    for part in parts:
        part.wait(15)
    return 1 if failed else 0
