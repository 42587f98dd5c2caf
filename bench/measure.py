"""What the operating system says of a process and its children."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from argon2.low_level import Type, hash_secret_raw


class Round(NamedTuple):
    """What one round measured, in milliseconds."""

    hash: float
    verified: float
    not_verified: float
    sign_in: float
    sign_up: float
    space: float
    page: float
    arrival: float

    @property
    def in_place(self) -> float:
        """One verification in the web process, with what it evicts from the processor's caches."""
        return self.verified - self.not_verified


TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [pid, *(grandchild for child in children for grandchild in family(child))]


def cpu(pid: int) -> float:
    """Seconds of processor, user and system, spent so far by the process and its children."""
    return sum(_ticks(member) for member in family(pid)) / TICKS


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def memory(pid: int) -> float:
    """MiB of the largest member of the family, shared pages divided among those who share them (PSS)."""
    sizes = []
    for member in family(pid):
        lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    return max(sizes)


def costs(pid: int, journeys: Sequence[Callable[[], object]], *, rounds: int = 9, times: int = 10) -> list[Round]:
    """Milliseconds per journey of the server's processor, all journeys and one hash in turn in each round.

    A machine's speed drifts: what is compared is measured side by side, and ratios are taken round by round.
    """
    for journey in journeys:
        journey()
    return [Round(hash_alone(times), *(_cost(pid, journey, times) for journey in journeys)) for _ in range(rounds)]


def _cost(pid: int, journey: Callable[[], object], times: int) -> float:
    before = cpu(pid)
    for _ in range(times):
        journey()
    return (cpu(pid) - before) / times * 1000


def hash_alone(times: int) -> float:
    """Milliseconds of processor of one argon2id at the product's cost, in a loop of this process."""
    before = time.process_time()
    for _ in range(times):
        hash_secret_raw(b"Ancre&Boussole7", b"a salt of sixteen", 2, 19456, 1, 32, Type.ID)
    return (time.process_time() - before) / times * 1000


def middle(rounds: Iterable[Round], figure: Callable[[Round], float]) -> float:
    """The median of a figure over the rounds."""
    return median(map(figure, rounds))
