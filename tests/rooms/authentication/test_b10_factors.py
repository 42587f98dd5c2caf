"""B10: a reset followed at once by the removal of the factors is refused until the old factor served."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from passavant.accounts.models import Account
from passavant.authentication.actions.outcomes import LossHindered, LossMoved
from tests.rooms.authentication.factors import person_with_app, shown, types
from tests.rooms.authentication.losing import LOSS, SECOND, check, confirm, news, opened, opens, posted
from tests.rooms.authentication.people_at_the_door import CODE, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def test_b10_a_reset_followed_at_once_by_a_request_is_refused_until_the_old_factor_served(
    client: Client, clock: Any
) -> None:
    lea = person_with_app()
    Account.objects.update(reset_at=timezone.now())
    clock.shift(SECOND)
    client.post(LOSS, {"login": "lea.durand"})
    assert (news(), posted("loss_code")) == (["reset"], [])
    sign_in(client)
    assert CODE in client.get("/espace/").headers["Location"]
    clock.shift(SECOND)
    assert types(client, shown()).status_code == 303
    clock.shift(SECOND)
    assert opens(Client()).account_id == lea.pk


def test_b10_a_day_after_the_reset_a_request_may_be_made(clock: Any) -> None:
    person_with_app(reset_at=timezone.now())
    clock.shift(timedelta(hours=24) - SECOND)
    Client().post(LOSS, {"login": "lea.durand"})
    assert news() == ["reset"]
    clock.shift(SECOND)
    assert opens(Client()).state == "waiting"


def test_b10_a_reset_while_the_request_waits_stops_the_officers_for_a_day(clock: Any) -> None:
    lea = person_with_app()
    opened(lea, clock)
    check(lea)
    Account.objects.update(reset_at=timezone.now())
    assert confirm(lea) == LossHindered("reset", timezone.now() + timedelta(hours=24))
    clock.shift(timedelta(hours=24))
    assert confirm(lea) == LossMoved(1)
