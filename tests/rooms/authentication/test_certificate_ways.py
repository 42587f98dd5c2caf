"""E7: beside the certificate, only what satisfies the level; and a certificate confirms who one is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.models import Session
from tests.authority import Card
from tests.people import person
from tests.rooms.authentication.certificates import ENROLMENT, PAGE, House, bound, house, shows
from tests.rooms.authentication.factors import WAYS, chooses, types, with_app, with_recovery_codes
from tests.rooms.authentication.people_at_the_door import SPACE, facts, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]
CONFIRM = "/connexion/confirmation/"
MINUTES = timedelta(minutes=1)


@pytest.fixture
def lea() -> Account:
    return person(level="certificate")


@pytest.fixture
def card(house: House) -> Card:
    return house.authority.issue()


def test_e7_at_its_own_level_nothing_else_but_a_recovery_code(lea: Account, card: Card, client: Client) -> None:
    bound(lea, card)
    with_app(lea)
    sign_in(client)
    assert "Aucun autre de vos moyens" in client.get(f"{PAGE}?refus=expire").content.decode()
    codes = with_recovery_codes(lea)
    sign_in(client)
    page = client.get(f"{PAGE}?refus=expire").content.decode()
    assert ('value="recovery"' in page, 'value="totp"' in page) == (True, False)
    chooses(client, "recovery")
    assert types(client, codes[0]).headers["Location"] == SPACE


def test_e7_below_it_whatever_reaches_the_level(card: Card, client: Client) -> None:
    account = person(level="totp")
    with_app(account)
    bound(account, card)
    sign_in(client)
    assert 'value="certificate"' in client.get(WAYS).content.decode()
    assert chooses(client, "certificate").headers["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert 'value="totp"' in page
    assert shows(client, card).headers["Location"] == SPACE


def test_e5_a_certificate_confirms_who_one_is_and_another_person_s_does_not(
    lea: Account, card: Card, house: House, client: Client
) -> None:
    bound(lea, card)
    bound(person(), other := house.authority.issue("Paul Étranger"))
    shows(client, card)
    Session.objects.update(authenticated_at=timezone.now() - 16 * MINUTES)
    where = client.get(ENROLMENT).headers["Location"]
    assert where.startswith(CONFIRM)
    assert 'value="certificate"' in client.get(where).content.decode()
    assert client.post(where, {"moyen": "certificate"}).headers["Location"] == PAGE
    assert shows(client, other).headers["Location"] == f"{PAGE}?refus=autre-compte"
    assert shows(client, card).headers["Location"] == ENROLMENT
    assert facts("sign_in.confirmed")[-1]["level"] == "certificate"
    assert client.get(ENROLMENT).status_code == 200
