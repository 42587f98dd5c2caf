"""Between the two hosts goes a ticket: for one browser, for a minute, for once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.authority import Card
from tests.people import person
from tests.rooms.authentication.certificates import PAGE, RETURN, House, back, bound, house, link_on, present
from tests.rooms.authentication.people_at_the_door import SPACE, facts, is_inside

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def card(house: House) -> Card:
    made = house.authority.issue()
    bound(person(), made)
    return made


def test_b_a_ticket_serves_once(card: Card, client: Client) -> None:
    shown = present(link_on(client), card)
    cookie = client.cookies["certificat"].value
    assert back(client, shown).headers["Location"] == SPACE
    again = Client()
    again.cookies["certificat"] = cookie
    assert back(again, shown).headers["Location"] == f"{PAGE}?refus=ticket"
    assert facts("certificate.refused")[-1]["why"] == "ticket"


def test_i13_a_ticket_serves_in_the_browser_that_asked_only(card: Card, client: Client) -> None:
    shown, other = present(link_on(client), card), Client()
    link_on(other)
    assert back(other, shown).headers["Location"] == f"{PAGE}?refus=ticket"
    assert back(Client(), shown).headers["Location"] == f"{PAGE}?refus=ticket"
    assert not is_inside(other)
    assert back(client, shown).headers["Location"] == SPACE, "and nothing was spent by them"


def test_a_ticket_lives_a_minute(card: Card, client: Client) -> None:
    link = link_on(client)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        shown = present(link, card)
    with time_machine.travel(now + timedelta(seconds=60), tick=False):
        assert back(client, shown).headers["Location"] == f"{PAGE}?refus=ticket"


def test_a_ticket_nobody_gave_is_worth_nothing_and_fills_no_trail(house: House, client: Client) -> None:
    link_on(client)
    assert client.get(RETURN, {"ticket": "psv_lnk_" + "a" * 43}).headers["Location"] == f"{PAGE}?refus=ticket"
    assert facts("certificate.refused") == []
