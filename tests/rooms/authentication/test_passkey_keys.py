"""A person's passkeys afterwards: named, used as a step, removed."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account, State
from passavant.accounts.rules.levels import Level
from passavant.authentication import actions, tasks
from passavant.authentication.actions.outcomes import Removed
from passavant.authentication.models import Passkey
from passavant.authentication.rules.pending import HELD, Pending
from passavant.foundation.outbox.models import Outgoing
from passavant.foundation.values import Origin
from tests.people import person
from tests.rooms.authentication.authenticators import (
    KEY,
    NEW,
    NEW_CHALLENGE,
    Authenticator,
    adds,
    enters,
)
from tests.rooms.authentication.factors import chooses, with_app
from tests.rooms.authentication.people_at_the_door import another_browser, facts, is_inside, sign_in, store

pytestmark = pytest.mark.django_db
HERE = Origin("198.51.100.7", "Firefox")
CROWD = 8
Answer = TypeVar("Answer")


@pytest.fixture
def lea(client: Client) -> Account:
    """Signed in, with two keys."""
    account = person()
    sign_in(client)
    return account


@pytest.fixture
def keys(lea: Account, client: Client) -> list[Authenticator]:
    made = [Authenticator(), Authenticator()]
    for key in made:
        assert adds(client, key).status_code == 200
    lea.refresh_from_db()
    return made


def first(account: Account) -> Passkey:
    return Passkey.objects.of(account)[0]


def removes(account: Account, number: UUID) -> bool:
    return isinstance(actions.remove_factor(account, "passkey", number, origin=HERE), Removed)


def test_a_key_is_renamed_by_its_person_only(lea: Account, keys: list[Authenticator]) -> None:
    key, paul = first(lea), person()
    assert actions.rename_factor(lea, "passkey", key.pk, "Ordinateur", origin=HERE)
    assert not actions.rename_factor(paul, "passkey", key.pk, "Volée", origin=HERE)
    assert not actions.rename_factor(lea, "passkey", uuid4(), "Volée", origin=HERE)
    assert first(lea).name == "Ordinateur"
    assert [(fact["account"], fact["kind"]) for fact in facts("factor.renamed")] == [(lea.id, "passkey")]


def test_a_key_is_removed_told_and_opens_nothing_more(lea: Account, keys: list[Authenticator], client: Client) -> None:
    paul = person()
    assert not removes(paul, first(lea).pk)
    Outgoing.objects.all().delete()
    assert removes(lea, first(lea).pk)
    assert not is_inside(client), "whatever was open is closed; the page opens its own anew"
    assert [letter.recipient for letter in Outgoing.objects.all()] == [lea.email]
    assert [fact["account"] for fact in facts("factor.removed")] == [lea.id]
    assert enters(Client(), keys[0]).status_code == 422
    assert enters(Client(), keys[1]).status_code == 200


def test_a_key_that_the_level_does_not_need_may_be_the_last(lea: Account, keys: list[Authenticator]) -> None:
    for _ in keys:
        assert removes(lea, first(lea).pk)
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("level", [Level.PASSKEY, Level.TOTP])
def test_e8_the_last_key_that_the_level_needs_stays(lea: Account, keys: list[Authenticator], level: Level) -> None:
    Account.objects.update(level=level.value)
    lea.refresh_from_db()
    assert removes(lea, first(lea).pk)
    assert not removes(lea, first(lea).pk)
    assert [fact["kind"] for fact in facts("factor.kept")] == ["passkey"]
    assert Passkey.objects.count() == 1


def test_e8_at_the_level_of_an_app_the_last_key_may_go_when_there_is_an_app(
    lea: Account, keys: list[Authenticator]
) -> None:
    with_app(lea)
    Account.objects.update(level=Level.TOTP.value)
    lea.refresh_from_db()
    assert all(removes(lea, first(lea).pk) for _ in keys)


def test_c3_who_must_sign_in_by_a_key_is_led_to_it(lea: Account, keys: list[Authenticator]) -> None:
    Account.objects.update(level=Level.PASSKEY.value)
    client = Client()
    assert sign_in(client, next="/espace/profil/").headers["Location"] == KEY
    assert not is_inside(client)
    assert "Utiliser un autre moyen" in client.get(KEY).content.decode()
    assert enters(client, keys[0]).json() == {"location": "/espace/profil/"}
    assert facts("sign_in.completed")[-1]["methods"] == "pwd hwk user mfa"


def test_e7_a_key_is_another_way_for_who_has_an_app(lea: Account, keys: list[Authenticator]) -> None:
    with_app(lea)
    Account.objects.update(level=Level.TOTP.value, last_factor="totp")
    client = Client()
    assert sign_in(client).headers["Location"] == "/connexion/code/"
    assert chooses(client, "passkey").headers["Location"] == KEY
    assert enters(client, keys[0]).status_code == 200
    fact = facts("sign_in.completed")[-1]
    assert (fact["level"], fact["methods"]) == ("passkey", "pwd hwk user mfa")
    assert Account.objects.get().last_factor == "passkey", "the last factor used is offered first"


def test_a_key_of_somebody_else_ends_no_sign_in_but_its_own(lea: Account, keys: list[Authenticator]) -> None:
    person(identifier="paul.martin", email="paul.martin@example.org", level=Level.PASSKEY.value)
    client = Client()
    sign_in(client, "paul.martin")
    assert enters(client, keys[0]).status_code == 200
    assert store(client).account == lea
    assert facts("sign_in.completed")[-1]["methods"] == "hwk user mfa", "the other's password is not hers"


def test_e9_who_confirms_who_they_are_does_it_with_their_own_key(lea: Account, keys: list[Authenticator]) -> None:
    paul, client = person(identifier="paul.martin", email="paul.martin@example.org"), Client()
    sign_in(client, "paul.martin")
    session = store(client)
    again = Pending(account=paul.id.hex, epoch=0, level="password", done=(), held=("password", "passkey"), again=True)
    session[HELD] = replace(again, methods=()).stored()
    session.save()
    assert enters(client, keys[0]).status_code == 422
    assert facts("passkey.refused")[-1]["why"] == "account"
    assert store(client).account == paul


def test_e6_adding_a_key_asks_who_one_is_again_after_a_quarter_of_an_hour(
    lea: Account, keys: list[Authenticator]
) -> None:
    client, now = Client(), timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        enters(client, keys[0])
        clock.shift(timedelta(minutes=10))
        assert is_inside(client)
        assert client.get("/espace/securite/cle/").status_code == 200
        clock.shift(timedelta(minutes=6))
        for answer in (client.get("/espace/securite/cle/"), client.post(NEW), client.post(NEW_CHALLENGE)):
            assert (answer.status_code, answer.headers["Location"][:24]) == (303, "/connexion/confirmation/")
        begun = client.post("/connexion/confirmation/?next=/espace/securite/cle/", {"moyen": "passkey"})
        assert begun.headers["Location"] == KEY
        assert enters(client, keys[0]).json() == {"location": "/espace/securite/cle/"}
        assert client.get("/espace/securite/cle/").status_code == 200
    assert [fact["methods"] for fact in facts("sign_in.confirmed")] == ["hwk user mfa"]
    assert Passkey.objects.count() == 2


def test_d3_a_known_device_remains_one(lea: Account, keys: list[Authenticator], client: Client) -> None:
    Outgoing.objects.all().delete()
    enters(another_browser(client), keys[0])
    assert facts("sign_in.completed")[-1]["known_device"] is True
    enters(Client(), keys[0])
    assert facts("sign_in.completed")[-1]["known_device"] is False
    assert [row.template for row in Outgoing.objects.all()] == ["authentication/mails/new_sign_in"]


def test_the_keys_of_a_closed_account_are_forgotten(lea: Account, keys: list[Authenticator]) -> None:
    tasks.forget_closed()
    assert Passkey.objects.count() == 2
    Account.objects.update(state=State.CLOSED.value)
    with_app(lea)
    assert tasks.forget_closed() == 3
    assert not Passkey.objects.exists()
