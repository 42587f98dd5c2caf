"""How often something may be done."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from passavant.foundation.throttling.actions import forgive, hit, look, sweep
from passavant.foundation.throttling.models import Window
from passavant.foundation.throttling.rules import Limit, Verdict

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOON = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
TRIES = Limit("tries", allow=3, per=MINUTE)
GROWING = Limit("growing", allow=2, per=MINUTE, growth=2.0, ceiling=5 * MINUTE)
NEVER = Limit("never", allow=0, per=MINUTE)
pytestmark = pytest.mark.django_db


def test_so_many_hits_then_a_wait() -> None:
    with time_machine.travel(NOON, tick=False):
        over = NOON + MINUTE
        assert [hit((TRIES, "lea")) for _ in range(4)] == [
            Verdict(allowed=True, retry_at=None, refused=None, left=2),
            Verdict(allowed=True, retry_at=None, refused=None, left=1),
            Verdict(allowed=True, retry_at=over, refused=None, left=0),
            Verdict(allowed=False, retry_at=over, refused="tries", left=0),
        ]


def test_hits_while_refused_do_not_extend_the_wait() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        waits = []
        for _ in range(10):
            waits.append(hit((TRIES, "lea")).retry_at)
            clock.shift(5)
        assert waits[2:] == [NOON + MINUTE] * 8
        clock.move_to(NOON + MINUTE)
        assert hit((TRIES, "lea")) == Verdict(allowed=True, retry_at=None, refused=None, left=2)


def test_one_does_not_pay_for_another() -> None:
    for _ in range(4):
        hit((TRIES, "lea"))
    assert hit((TRIES, "max")).allowed
    assert hit((GROWING, "lea")).allowed


def exhaust(limit: Limit) -> timedelta:
    """How long one waits after using the limit up."""
    verdict = hit((limit, "lea"))
    while verdict.allowed:
        verdict = hit((limit, "lea"))
    assert verdict.retry_at is not None
    return verdict.retry_at - timezone.now()


def test_d1_each_window_used_up_makes_the_next_one_longer_up_to_a_ceiling() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        waits = []
        for _ in range(5):
            waits.append(exhaust(GROWING))
            clock.shift(waits[-1])
        assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE, 5 * MINUTE, 5 * MINUTE]


def test_d1_growth_is_forgotten_after_a_rest_not_before() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(exhaust(GROWING))
        assert hit((GROWING, "lea")).left == 1  # this window is of two minutes, and is not used up
        clock.shift(2 * MINUTE)
        assert exhaust(GROWING) == 2 * MINUTE
        clock.shift(2 * MINUTE + GROWING.ceiling)
        assert exhaust(GROWING) == MINUTE


def test_a_window_longer_than_the_ceiling_stays_as_long() -> None:
    weekly = Limit("weekly", allow=1, per=timedelta(days=7))
    with time_machine.travel(NOON, tick=False) as clock:
        assert exhaust(weekly) == timedelta(days=7)
        clock.shift(timedelta(days=7))
        assert exhaust(weekly) == timedelta(days=7)


def test_nothing_is_allowed_where_the_limit_is_zero() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        refusal = Verdict(allowed=False, retry_at=NOON + MINUTE, refused="never", left=0)
        assert [look((NEVER, "lea")), hit((NEVER, "lea")), hit((NEVER, "lea"))] == [refusal] * 3
        clock.shift(MINUTE)
        assert not hit((NEVER, "lea")).allowed


def test_several_limits_answer_as_the_strictest() -> None:
    with time_machine.travel(NOON, tick=False):
        charges = (TRIES, "lea"), (GROWING, "192.0.2.7")
        assert hit(*charges).left == 1
        assert hit(*charges) == Verdict(allowed=True, retry_at=NOON + MINUTE, refused=None, left=0)
        assert hit(*charges).refused == "growing"


def test_the_longest_wait_is_the_one_told() -> None:
    hourly = Limit("hourly", allow=1, per=HOUR)
    with time_machine.travel(NOON, tick=False):
        charges = (GROWING, "lea"), (hourly, "lea"), (TRIES, "lea")
        hit((GROWING, "lea"))
        assert hit(*charges).retry_at == NOON + HOUR
        assert look(*charges) == hit(*charges) == Verdict(allowed=False, retry_at=NOON + HOUR, refused="hourly", left=0)


def test_d3_a_refused_hit_uses_up_nobody_elses_allowance() -> None:
    ceiling = Limit("ceiling", allow=10, per=HOUR)
    for _ in range(20):
        hit((TRIES, "lea from the attacker's place"), (ceiling, "lea"))
    assert look((ceiling, "lea")).left == 7
    assert hit((TRIES, "lea from home"), (ceiling, "lea")).allowed


def test_looking_counts_nothing_and_tells_what_a_hit_would() -> None:
    assert look((TRIES, "lea")) == Verdict(allowed=True, retry_at=None, refused=None, left=3)
    assert not Window.objects.exists()
    hit((TRIES, "lea"))
    before = Window.objects.values().get()
    assert look((TRIES, "lea")).left == 2
    assert Window.objects.values().get() == before


def test_forgiving_gives_everything_back_to_one() -> None:
    for _ in range(4):
        hit((TRIES, "lea"), (GROWING, "max"))
    forgive((TRIES, "lea"))
    assert look((TRIES, "lea")).left == 3
    assert not look((GROWING, "max")).allowed


def test_the_same_charge_twice_is_one_hit() -> None:
    assert hit((TRIES, "lea"), (TRIES, "lea")).left == 2


@pytest.mark.parametrize("key", ["lea@negoce.example", "\x00", "\ud800", "é" * 10_000, ""])
def test_what_is_counted_is_not_readable(key: str) -> None:
    hit((TRIES, key))
    row = Window.objects.get()
    assert len(row.key) == 64
    assert "lea" not in repr(Window.objects.values().get())
    assert (look((TRIES, key)).left, look((TRIES, "someone else")).left) == (2, 3)


def test_digests_are_keyed(monkeypatch: pytest.MonkeyPatch) -> None:
    hit((TRIES, "lea"))
    monkeypatch.setattr(settings, "SECRET_KEY", "n" * 40)
    assert look((TRIES, "lea")).left == 3


def test_a_hit_is_one_statement(django_assert_num_queries: Callable[[int], object]) -> None:
    charges = (TRIES, "lea"), (GROWING, "lea"), (TRIES, "192.0.2.7")
    for _ in range(2):
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            assert hit(*charges).allowed
    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # refused: one more to say until when
        assert not hit(*charges).allowed
    for question in (look, forgive):
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            question(*charges)


class Reckoner:
    """The rule again, in plain Python, for one limit and one key."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.end: datetime | None = None
        self.forgive()

    def forgive(self) -> None:
        self.left, self.span = 0, timedelta()
        self.end = None

    def hit(self, now: datetime) -> bool:
        if self.end is None or self.end <= now:
            if self.end is None or now - self.end >= self.limit.ceiling:
                self.span = self.limit.per
            elif self.left == 0:
                self.span = min(self.span * self.limit.growth, self.limit.ceiling)
            self.left, self.end = self.limit.allow, now + self.span
        allowed = self.left > 0
        self.left -= allowed
        return allowed


@pytest.mark.parametrize("seed", range(4))
def test_any_story_is_counted_as_in_plain_python(seed: int) -> None:
    story, reckoner = random.Random(seed), Reckoner(GROWING)
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(150):
            clock.shift(story.choice((0, 0, 1, 20, 60, 130, 300, 700)))
            if story.random() < 0.03:
                forgive((GROWING, "lea"))
                reckoner.forgive()
            foreseen = look((GROWING, "lea")).allowed
            assert hit((GROWING, "lea")).allowed == foreseen == reckoner.hit(timezone.now())


def test_windows_long_over_are_swept() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        hit((TRIES, "old"))
        clock.shift(HOUR)
        hit((TRIES, "new"))
        assert [sweep(NOON + HOUR), sweep(NOON + HOUR)] == [1, 0]
        assert (look((TRIES, "old")).left, look((TRIES, "new")).left) == (3, 2)
