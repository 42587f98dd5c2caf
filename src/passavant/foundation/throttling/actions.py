"""Charge, look at and forgive limits. Counters live in the database: a restart forgets nothing."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from passavant.foundation.throttling.models import Window
from passavant.foundation.throttling.rules import Charge, Limit, Verdict
from passavant.foundation.values import keyed_digest

SWEPT = 5_000  # rows a time, so that no statement lasts
MILLISECOND = timedelta(milliseconds=1)

Standing = tuple[int, int]  # hits remaining, end of the window

NEXT_SPAN = """CASE
    WHEN w.ends_at + excluded.longest <= excluded.hit_at THEN excluded.span
    WHEN w.remaining > 0 THEN w.span
    WHEN w.span * excluded.growth < excluded.longest THEN CAST(w.span * excluded.growth AS bigint)
    ELSE excluded.longest END"""
# A charge that one limit refuses is not counted by the others: nobody uses up someone else's allowance for nothing.
CHARGE = """INSERT INTO throttling_window AS w (key, name, remaining, span, growth, longest, hit_at, ends_at)
SELECT * FROM (VALUES %(rows)s) AS charge
WHERE NOT EXISTS (SELECT 1 FROM throttling_window WHERE key IN (%(keys)s) AND remaining <= 0 AND ends_at > %%s)
ON CONFLICT (key) DO UPDATE SET
    remaining = CASE WHEN w.ends_at <= excluded.hit_at THEN excluded.remaining
                     WHEN w.remaining > 0 THEN w.remaining - 1 ELSE -1 END,
    span = CASE WHEN w.ends_at <= excluded.hit_at THEN %(next)s ELSE w.span END,
    ends_at = CASE WHEN w.ends_at <= excluded.hit_at THEN excluded.hit_at + %(next)s ELSE w.ends_at END,
    growth = excluded.growth, longest = excluded.longest, hit_at = excluded.hit_at
RETURNING key, remaining, ends_at"""
ROW = "(%s, %s, %s, %s, %s, %s, %s, %s)"


def hit(*charges: Charge) -> Verdict:
    """Count one hit on every limit, or on none when one of them refuses.

    Call it outside a transaction: one that is undone would undo the count, and one that lasts would make others wait.
    """
    limits, now = _by_key(charges), _milliseconds(timezone.now())
    counted = _charge(limits, now)
    if not counted:
        refusal = _verdict(limits, _standings(limits, now))
        return hit(*charges) if refusal.allowed else refusal  # forgiven between the two statements
    return _verdict(limits, counted, cost=1)


def look(*charges: Charge) -> Verdict:
    """What `hit` would answer; nothing is counted."""
    limits = _by_key(charges)
    return _verdict(limits, _standings(limits, _milliseconds(timezone.now())))


def forgive(*charges: Charge) -> None:
    """Forget the hits and the growth of these limits."""
    forgiven = Window.objects.filter(key__in=_by_key(charges)).order_by("key").select_for_update()
    Window.objects.filter(key__in=forgiven.values("key")).delete()  # locked in the order in which hits are


def sweep(before: datetime) -> int:
    """Delete some windows over since `before`; call again until none is left."""
    old = Window.objects.filter(ends_at__lt=_milliseconds(before))  # asked twice: a hit may reopen one meanwhile
    return old.filter(pk__in=old.order_by("ends_at").values("pk")[:SWEPT]).delete()[0]


def _by_key(charges: Iterable[Charge]) -> dict[str, Limit]:
    # In the order of keys, so that two processes never wait for each other.
    keyed = {keyed_digest(settings.SECRET_KEY, f"throttling|{limit.name}|{key}"): limit for limit, key in charges}
    return dict(sorted(keyed.items()))


def _charge(limits: Mapping[str, Limit], now: int) -> dict[str, Standing]:
    shape = {"rows": ", ".join([ROW] * len(limits)), "keys": ", ".join(["%s"] * len(limits)), "next": NEXT_SPAN}
    values = [value for key, limit in limits.items() for value in _row(key, limit, now)]
    with connection.cursor() as cursor:
        cursor.execute(CHARGE % shape, [*values, *limits, now])
        return {key: (remaining, ends_at) for key, remaining, ends_at in cursor.fetchall()}


def _row(key: str, limit: Limit, now: int) -> tuple[str | int | float, ...]:
    span, longest = limit.per // MILLISECOND, max(limit.per, limit.ceiling) // MILLISECOND
    return key, limit.name, limit.allow - 1, span, limit.growth, longest, now, now + span


def _standings(limits: Mapping[str, Limit], now: int) -> dict[str, Standing]:
    fresh = {key: (limit.allow, now + limit.per // MILLISECOND) for key, limit in limits.items()}
    running = Window.objects.filter(key__in=limits, ends_at__gt=now).values_list("key", "remaining", "ends_at")
    return fresh | {key: (remaining, ends_at) for key, remaining, ends_at in running}


def _verdict(limits: Mapping[str, Limit], standings: Mapping[str, Standing], cost: int = 0) -> Verdict:
    """`cost` is what the hit already took from the standings."""
    full = {key: ends_at for key, (remaining, ends_at) in standings.items() if remaining <= 0}
    over = {key: ends_at for key, ends_at in full.items() if standings[key][0] + cost <= 0}
    return Verdict(
        allowed=not over,
        retry_at=datetime.fromtimestamp(max(full.values()) / 1000, UTC) if full else None,
        refused=limits[max(over, key=over.__getitem__)].name if over else None,
        left=max(0, min(remaining for remaining, _ in standings.values())),
    )


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
