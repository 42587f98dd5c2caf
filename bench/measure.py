"""What the operating system says of a process and its children."""

import os
from collections.abc import Callable
from pathlib import Path
from statistics import median

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


def cost(pid: int, journey: Callable[[], object], *, rounds: int = 5, times: int = 12) -> float:
    """Milliseconds of the server's processor per journey: the median of `rounds`, each of `times` journeys."""
    journey()
    spent = []
    for _ in range(rounds):
        before = cpu(pid)
        for _ in range(times):
            journey()
        spent.append((cpu(pid) - before) / times * 1000)
    return median(spent)
