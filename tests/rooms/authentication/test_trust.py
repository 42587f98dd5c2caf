"""« Ne plus demander de code sur cet appareil »: what a trusted browser stands for, and what it never does."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from passavant.accounts.actions import force_reset
from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.actions.entering import Proof, enter
from passavant.authentication.actions.managing import remove_factor
from passavant.authentication.models import AppFactor, Session, SessionStore, TrustedDevice
from passavant.authentication.rules import trust
from passavant.authentication.rules.attempts import Attempt
from passavant.authentication.rules.levels import LEVELS, Step
from passavant.authentication.tasks import clear_expired
from passavant.foundation.values import Origin, digest
from tests.people import person
from tests.rooms.authentication.factors import person_with_app, shown, types, with_app
from tests.rooms.authentication.people_at_the_door import (
    CODE,
    SPACE,
    WRONG,
    codes_sent,
    count_sent,
    facts,
    is_inside,
    sign_in,
)
from tests.rooms.authentication.test_costs import at_most

pytestmark = pytest.mark.django_db
BOX, COOKIE = "Ne plus demander de code sur cet appareil pendant", "confiance"
HERE = Origin("192.0.2.7", "Firefox")


def trusts(client: Client, code: str) -> None:
    assert client.post(CODE, {"code": code, "remember": "on"}).status_code == 303
    assert is_inside(client)


def leaves(client: Client) -> None:
    client.post("/deconnexion/")


@pytest.fixture
def lea(client: Client) -> Account:
    """Of level « sms », who trusted this browser and signed out."""
    account = person(sms=True)
    sign_in(client)
    trusts(client, codes_sent()[0])
    leaves(client)
    return account


def asked_a_code(client: Client) -> bool:
    """Whether signing in here leads to the page of the code."""
    return bool(sign_in(client).headers["Location"] == CODE)


def test_a_trusted_browser_is_asked_no_code_and_says_no_more_than_what_was_done(client: Client, lea: Account) -> None:
    answer = sign_in(client, next="/espace/profil/")
    assert answer.headers["Location"] == "/espace/profil/"
    assert is_inside(client)
    assert count_sent() == 1
    session = Session.objects.get(account=lea)
    assert (session.level, session.methods) == ("password", "pwd")
    assert LEVELS[Level(session.level)].acr == "eidas1"
    (first, second) = facts("sign_in.completed")
    assert (first["trusted"], first["level"], second["trusted"], second["level"]) == (False, "sms", True, "password")
    assert [(fact["level"], fact["days"]) for fact in facts("device.trusted")] == [("sms", 30)]


def test_who_does_not_tick_the_box_is_asked_again(client: Client) -> None:
    person(sms=True)
    sign_in(client)
    assert BOX in client.get(CODE).content.decode()
    assert types(client, codes_sent()[0]).status_code == 303
    leaves(client)
    assert COOKIE not in client.cookies
    assert asked_a_code(client)
    assert not TrustedDevice.objects.exists()


def test_c3_b9_the_cookie_is_for_no_script_and_the_table_holds_no_token(client: Client, lea: Account) -> None:
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert cookie["max-age"] == 30 * 24 * 3600
    (device,) = TrustedDevice.objects.all()
    assert device.digest == digest(cookie.value)
    assert cookie.value not in str(TrustedDevice.objects.values().get())


def test_the_cookie_is_tied_to_its_host_over_https(settings: Settings, lea: Account) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"public_url": "https://portail.example"})
    client = Client()
    sign_in(client, address="192.0.2.9")
    client.post(CODE, {"code": codes_sent()[-1], "remember": "on"})
    assert client.cookies["__Host-confiance"]["secure"] is True


def test_another_browser_and_another_person_are_asked(client: Client, lea: Account) -> None:
    assert asked_a_code(Client())
    person(sms=True, mobile="+33639981235", identifier="paul", email="paul@example.org")
    assert sign_in(client, "paul").headers["Location"] == CODE
    trusts(client, codes_sent()[-1])
    leaves(client)
    assert client.cookies[COOKIE].value.count(".") == 1
    assert not asked_a_code(client), "the first one is still trusted beside the second"


def test_a_wrong_password_opens_nothing_in_a_trusted_browser(client: Client, lea: Account) -> None:
    assert sign_in(client, password=WRONG).status_code == 422
    assert not is_inside(client)


def test_it_lasts_thirty_days_and_half_for_the_stronger_level(client: Client) -> None:
    person_with_app()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        sign_in(client)
        assert f"{BOX} 15 jours" in client.get(CODE).content.decode()
        trusts(client, shown())
        leaves(client)
        clock.move_to(now + timedelta(days=15, seconds=-1))
        assert not asked_a_code(client)
        leaves(client)
        clock.move_to(now + timedelta(days=15))
        assert asked_a_code(client)
        clear_expired()
    assert not TrustedDevice.objects.exists()


def test_the_operator_may_do_without(client: Client, settings: Settings, lea: Account) -> None:
    settings.PASSAVANT = settings.PASSAVANT.model_copy(update={"remember_days": 0})
    assert asked_a_code(client)
    assert BOX not in client.get(CODE).content.decode()
    client.post(CODE, {"code": codes_sent()[-1], "remember": "on"})
    assert TrustedDevice.objects.count() == 1


@pytest.mark.parametrize("level", ["totp", "passkey", "certificate"])
def test_e5_c5_a_level_raised_meanwhile_asks_again(client: Client, lea: Account, level: str) -> None:
    with_app(lea)
    Account.objects.filter(pk=lea.pk).update(level=level)
    sign_in(client)
    assert not is_inside(client)


def test_e5_a_browser_trusted_at_a_stronger_level_stands_for_the_weaker(client: Client) -> None:
    lea = person_with_app(mobile="+33639981234")
    sign_in(client)
    trusts(client, shown())
    leaves(client)
    Account.objects.filter(pk=lea.pk).update(level="sms")
    assert not asked_a_code(client)


@pytest.mark.parametrize("asked", [Level.PASSKEY, Level.CERTIFICATE, Level.PASSWORD])
def test_e5_nothing_stands_for_what_is_not_a_code(asked: Level) -> None:
    assert trust.standing_for(asked) == ()
    assert trust.days(asked) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"again": True},
        {"floor": "totp"},
        {"trusted": frozenset({Step.PASSKEY})},
        {"done": frozenset(), "trusted": frozenset({Step.PASSWORD, Step.SMS})},
        {"trusted": frozenset()},
    ],
)
def test_e5_no_session_opens_by_a_trust_that_does_not_count(changed: dict[str, object]) -> None:
    proof = Proof(
        account=person(sms=True),
        done=frozenset({Step.PASSWORD}),
        methods=("pwd",),
        attempt=Attempt.of("lea.durand", "", HERE.network),
        trusted=frozenset({Step.SMS}),
    )
    assert proof.complete
    with pytest.raises(RuntimeError):
        enter(SessionStore(), replace(proof, **changed), origin=HERE)  # type: ignore[arg-type]
    assert not Session.objects.exists()


def test_e6_what_matters_asks_the_whole_level_again(client: Client, lea: Account) -> None:
    sign_in(client)
    for page in ("/espace/profil/modifier/", "/espace/mot-de-passe/", "/espace/securite/niveau/", "/espace/fermer/"):
        assert client.get(page).headers["Location"].startswith("/connexion/confirmation/"), page
    client.post("/connexion/confirmation/?next=/espace/profil/modifier/", {"password": "Grand-Voilier 1789 !"})
    assert client.get(CODE).status_code == 200
    assert BOX not in client.get(CODE).content.decode()
    assert client.get("/espace/profil/modifier/").status_code == 303
    assert client.post(CODE, {"code": codes_sent()[-1], "remember": "on"}).status_code == 303
    assert client.get("/espace/profil/modifier/").status_code == 200
    assert Session.objects.get(account=lea).level == "sms"
    assert TrustedDevice.objects.count() == 1


@pytest.mark.parametrize("how", ["password", "disowned", "epoch"])
def test_c4_the_trust_dies_with_all_that_is_open(client: Client, lea: Account, how: str) -> None:
    if how == "disowned":
        encoded = lea.password
        assert force_reset_of(lea)
        Account.objects.filter(pk=lea.pk).update(password=encoded)
    else:
        lea.void_everything_open()
    assert asked_a_code(client)
    clear_expired()
    assert not TrustedDevice.objects.exists()


def force_reset_of(account: Account) -> bool:
    with transaction.atomic():
        return force_reset(account, origin=HERE)


def test_c4_it_dies_when_a_factor_is_removed(client: Client) -> None:
    lea = person_with_app(level="sms", mobile="+33639981234")
    sign_in(client)
    trusts(client, codes_sent()[0])
    leaves(client)
    lea.refresh_from_db()
    remove_factor(lea, "totp", AppFactor.objects.get().pk, origin=HERE)
    assert asked_a_code(client)


def test_it_costs_one_statement_where_a_code_is_due_and_none_elsewhere(client: Client, lea: Account) -> None:
    with at_most(8):
        assert sign_in(client).status_code == 303
    leaves(client)
    Account.objects.filter(pk=lea.pk).update(level="password")
    with at_most(6):
        assert sign_in(client).headers["Location"] == SPACE
