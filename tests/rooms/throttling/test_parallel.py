"""Counters are shared by all processes and outlive them."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from passavant.foundation.throttling.actions import forgive, hit
from passavant.foundation.throttling.models import Window
from passavant.foundation.throttling.rules import Limit
from tests.rooms.onetime.crowd import CROWD, all_at_once

HOUR = timedelta(hours=1)
TRIES = Limit("tries", allow=3, per=timedelta(minutes=1))
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restart_forgets_nothing() -> None:
    hit((TRIES, "lea"))
    connection.close()
    assert hit((TRIES, "lea")).left == 1


@pytest.mark.parametrize("started", [False, True])
def test_parallel_hits_never_exceed_what_is_allowed(started: bool) -> None:
    five = Limit("five", allow=5, per=HOUR)
    if started:
        hit((five, "lea"))
        forgiven = Window.objects.update(ends_at=0, hit_at=0)  # a window over: all open the next one together
        assert forgiven == 1
    verdicts = all_at_once(lambda _: hit((five, "lea")))
    assert sorted(verdict.allowed for verdict in verdicts) == [False] * (CROWD - 5) + [True] * 5
    assert sorted(verdict.left for verdict in verdicts if verdict.allowed) == [0, 1, 2, 3, 4]
    assert {verdict.refused for verdict in verdicts if not verdict.allowed} == {"five"}


def test_parallel_hits_on_many_limits_never_wait_for_each_other_in_a_ring() -> None:
    charges = [(Limit(f"limit-{number}", allow=8, per=HOUR), "all") for number in range(6)]
    spare = [(limit, "spare") for limit, _ in charges]

    def shuffled(seed: int) -> int:
        order = random.Random(seed)
        allowed = sum(hit(*order.sample(charges, len(charges))).allowed for _ in range(4))
        forgive(*order.sample(spare, len(spare)))
        hit(*order.sample(spare, len(spare)))
        return allowed

    assert sum(all_at_once(shuffled)) == 8
