"""Many at the same instant, each with its own connection, as processes would."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
CROWD = 24


def all_at_once(act: Callable[[int], T], count: int = CROWD) -> list[T]:
    """What each of `count` simultaneous callers was answered; `act` gets its caller's number."""
    start = Barrier(count)

    def one(number: int) -> T:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as crowd:
        return list(crowd.map(one, range(count)))
