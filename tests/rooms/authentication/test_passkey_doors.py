"""What a passkey opens, whom it keeps out, and what it costs those who only send garbage."""

import pytest
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.accounts.rules.levels import Level
from passavant.authentication.models import Session
from passavant.authentication.rules.limits import PASSKEYS
from tests.people import person
from tests.rooms.authentication.authenticators import CHALLENGE, KEY, Authenticator, adds, enters, says
from tests.rooms.authentication.people_at_the_door import SPACE, facts, is_inside, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Account:
    return person()


@pytest.fixture
def key(lea: Account) -> Authenticator:
    """A key that Léa added, and used once."""
    browser, made = Client(), Authenticator()
    sign_in(browser)
    adds(browser, made)
    assert enters(Client(), made).status_code == 200
    return made


@pytest.mark.parametrize("level", [Level.PASSWORD, Level.SMS, Level.TOTP, Level.PASSKEY])
def test_e5_a_passkey_reaches_every_level_up_to_its_own(key: Authenticator, client: Client, level: Level) -> None:
    Account.objects.update(level=level.value)
    assert enters(client, key).json() == {"location": SPACE}
    assert facts("sign_in.completed")[-1]["level"] == "passkey"


def test_e5_a_passkey_does_not_reach_a_certificate(key: Authenticator, client: Client) -> None:
    Account.objects.update(level=Level.CERTIFICATE.value)
    answer = enters(client, key)
    assert answer.json()["location"].startswith("/connexion/")
    assert not is_inside(client)


@pytest.mark.parametrize(("state", "why"), [("suspended", "disabled"), ("closed", "disabled")])
def test_a_suspended_account_is_told_so_after_a_right_answer_only(
    key: Authenticator, client: Client, state: str, why: str
) -> None:
    Account.objects.update(state=state, suspended_at=timezone.now())
    assert enters(client, key).status_code == 422
    assert facts("passkey.refused")[-1]["why"] == why
    assert not is_inside(client)
    assert "désactivé" in enters(client, key).json()["told"]
    assert "désactivé" not in enters(client, key, signature=b"").json()["told"]


def test_b_past_the_limit_of_a_network_garbage_fills_the_trail_no_more(key: Authenticator, client: Client) -> None:
    for _ in range(PASSKEYS.allow):
        says(client, "{}")
    answer = says(client, "{}")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["told"].startswith("Trop de tentatives")
    assert len(facts("passkey.refused")) == PASSKEYS.allow
    assert enters(client, key).status_code == 200, "D3: a right answer never waits"


def test_i12_nothing_is_asked_nor_answered_without_the_token_of_a_page(key: Authenticator) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(CHALLENGE).status_code == 403
    assert client.post(KEY, {"cle": "{}"}).status_code == 403
    assert not Session.objects.filter(account=None).exists()


def test_reading_the_pages_writes_nothing(key: Authenticator, client: Client) -> None:
    before = Session.objects.count()
    assert client.get(KEY).status_code == 200
    assert client.get(CHALLENGE).status_code == 405
    assert Session.objects.count() == before
