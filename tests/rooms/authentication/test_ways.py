"""E5, E7: every path ends at the level, and « Utiliser un autre moyen » offers nothing below it."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication import actions
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.outcomes import CodeAsked, Entered
from passavant.authentication.models import Session, SessionStore
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.devices import Devices
from passavant.authentication.rules.introductions import Introduction
from passavant.authentication.rules.levels import LEVELS, Step, rank
from passavant.foundation.values import Origin
from tests.people import person
from tests.rooms.authentication.factors import (
    WAYS,
    chooses,
    person_with_app,
    shown,
    types,
    with_app,
    with_recovery_codes,
)
from tests.rooms.authentication.people_at_the_door import CODE, codes_sent, count_sent, facts, sign_in

pytestmark = pytest.mark.django_db
HERE = Origin("192.0.2.1")
STEPS = frozenset(Step)


def offered(client: Client) -> list[str]:
    return re.findall(r'name="moyen" value="(\w+)"', client.get(WAYS).content.decode())


def proof(account: Account, *done: Step) -> Proof:
    return Proof(account=account, done=frozenset(done), methods=("pwd",), attempt=Attempt.of("lea", "", "192.0.2.1"))


def test_e7_at_the_level_sms_stronger_ways_are_offered_too(client: Client) -> None:
    lea = person(sms=True)
    with_app(lea)
    with_recovery_codes(lea)
    assert sign_in(client).headers["Location"] == CODE
    assert offered(client) == ["sms", "totp", "recovery"]
    assert "06 •• •• •• 34" in client.get(WAYS).content.decode()
    with time_machine.travel(timezone.now(), tick=False):
        chooses(client, "totp")
        assert types(client, shown()).status_code == 303
    assert Session.objects.get().level == "totp"


def test_the_way_used_last_is_offered_first_and_no_sms_leaves_unasked() -> None:
    lea = person(sms=True)
    with_app(lea)
    first, second, third = Client(), Client(), Client()
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(first)
        assert count_sent() == 1
        chooses(first, "totp")
        types(first, shown())
        sign_in(second)
        assert "Saisissez le code de votre application" in second.get(CODE).content.decode()
        assert count_sent() == 1
        chooses(second, "sms")
        assert count_sent() == 2
        assert types(second, codes_sent()[-1]).status_code == 303
        sign_in(third)
        assert "Saisissez le code reçu par SMS" in third.get(CODE).content.decode()


def test_e4_choosing_sms_again_and_again_sends_one(client: Client) -> None:
    with_app(person(sms=True))
    sign_in(client)
    for way in ("totp", "sms", "totp", "sms"):
        chooses(client, way)
    assert count_sent() == 1


@pytest.mark.parametrize("way", ["password", "passkey", "certificate", "recovery", "nothing", ""])
def test_e7_what_is_not_a_way_is_not_taken(client: Client, way: str) -> None:
    person_with_app()
    sign_in(client)
    assert chooses(client, way).headers["Location"] == CODE
    assert offered(client) == ["totp"]


def test_e7_the_list_is_for_who_gave_the_password(client: Client) -> None:
    person_with_app()
    assert client.get(WAYS).headers["Location"].startswith("/connexion/")
    assert chooses(client, "totp").headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("level", [Level.SMS, Level.TOTP, Level.PASSKEY, Level.CERTIFICATE])
def test_e5_no_session_opens_below_the_level_of_the_account(level: Level) -> None:
    account = person(level=level.value, mobile="+33639981234")
    stronger = frozenset().union(*(LEVELS[other].needed for other in LEVELS if rank(other) >= rank(level)))
    for step in STEPS - stronger:
        with pytest.raises(RuntimeError):
            enter(SessionStore(), proof(account, Step.PASSWORD, step), origin=HERE)
    with pytest.raises(RuntimeError):
        enter(SessionStore(), proof(account, Step.PASSWORD), origin=HERE)
    assert not Session.objects.exists()


def test_e5_another_portal_s_word_does_not_replace_what_the_level_asks() -> None:
    account = person_with_app()
    outcome = actions.arrive(
        SessionStore(),
        account,
        Introduction("portal", uuid4(), frozenset({Step.PASSWORD, Step.SMS}), ("pwd", "sms", "mfa")),
        wanted="",
        devices=Devices(),
        origin=HERE,
    )
    assert outcome == CodeAsked("totp")
    assert not Session.objects.exclude(account=None).exists()


def test_e5_what_others_ask_binds_above_the_person_s_choice(client: Client) -> None:
    account = person()
    with_app(account)
    session = SessionStore()
    asked = Proof(**{**_fields(proof(account, Step.PASSWORD)), "floor": "totp"})
    assert actions.proceed(session, asked, origin=HERE) == CodeAsked("totp")
    with time_machine.travel(timezone.now(), tick=False):
        outcome = actions.check_app_code(session, shown(), devices=Devices(), origin=HERE)
    assert isinstance(outcome, Entered)
    assert Session.objects.exclude(account=None).get().level == "totp"


def _fields(given: Proof) -> dict[str, object]:
    return {name: getattr(given, name) for name in Proof.__dataclass_fields__}


def test_e5_after_a_reset_the_second_step_is_still_asked(client: Client) -> None:
    account = person_with_app()
    account.void_everything_open()
    assert sign_in(client).headers["Location"] == CODE
    assert not facts("sign_in.completed")
