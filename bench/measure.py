"""What the operating system says of a process and its children."""

import ctypes
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

LIBC = ctypes.CDLL(None, use_errno=True)
ROUNDS = 15
MESSAGE = b"authenticator data, and the digest of what the browser says"
Alone = tuple[Callable[[], object], int]  # what is done in a loop, and how many times
Figures = TypeVar("Figures")


class Journey(NamedTuple):
    """What is measured; `prepare`, which is not, makes what `walk` receives."""

    walk: Callable[..., object]
    prepare: Callable[[], Sequence[object]] = tuple


class Round(NamedTuple):
    """What one round measured, in milliseconds."""

    hash: float
    signature: float
    verified: float
    not_verified: float
    sign_in: float
    by_app: float
    by_key: float
    sign_up: float
    space: float
    page: float
    arrival: float

    @property
    def in_place(self) -> float:
        """One verification in the web process, with what it evicts from the processor's caches."""
        return self.verified - self.not_verified


class Pages(NamedTuple):
    """Milliseconds of the web and of the database, for the same pages of a person with one of each, or with twenty."""

    space: float
    security: float
    security_twenty: float
    sessions: float
    sessions_twenty: float
    activity: float
    activity_twenty: float


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [pid, *(grandchild for child in children for grandchild in family(child))]


def cpu(pids: Iterable[int]) -> dict[int, float]:
    """Seconds of processor, user and system, spent so far by each process of these families."""
    return dict(_spent(member for pid in pids for member in family(pid)))


def _spent(members: Iterable[int]) -> Iterator[tuple[int, float]]:
    """By the clock of each process, to the nanosecond: those of /proc advance by hundredths of a second."""
    clock = ctypes.c_int()
    for member in members:
        if LIBC.clock_getcpuclockid(member, ctypes.byref(clock)) == 0:  # else it has just ended
            yield member, time.clock_gettime(clock.value)


def memory(pid: int) -> float:
    """MiB of the largest member of the family, shared pages divided among those who share them (PSS)."""
    sizes = []
    for member in family(pid):
        lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    return max(sizes)


def costs(
    pids: Sequence[int], journeys: Sequence[Journey], alone: Sequence[Alone] = (), *, rounds: int, times: int = 10
) -> list[list[float]]:
    """Milliseconds of processor: of each act alone in this process, then of each journey; all in turn in each round.

    A machine's speed drifts: what is compared is measured side by side, and ratios are taken round by round.
    """
    for journey in journeys:
        _cost(pids, journey, 1)
    return [
        [*(_in_a_loop(*act) for act in alone), *(_cost(pids, journey, times) for journey in journeys)]
        for _ in range(rounds)
    ]


def _cost(pids: Sequence[int], journey: Journey, times: int) -> float:
    prepared = [journey.prepare() for _ in range(times)]
    before = cpu(pids)
    for given in prepared:
        journey.walk(*given)
    return sum(spent - before.get(pid, 0) for pid, spent in cpu(pids).items()) / times * 1000


def _in_a_loop(act: Callable[[], object], times: int) -> float:
    """Milliseconds of this process's processor."""
    before = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - before) / times * 1000


def hash_alone() -> None:
    """One argon2id at the product's cost."""
    hash_secret_raw(b"Ancre&Boussole7", b"a salt of sixteen", 2, 19456, 1, 32, Type.ID)


def signature_alone() -> Callable[[], None]:
    """One verification of ES256, by the library that the product verifies with; as often as it is called."""
    pair, how = ec.generate_private_key(ec.SECP256R1()), ec.ECDSA(SHA256())
    public, signature = pair.public_key(), pair.sign(MESSAGE, how)
    return lambda: public.verify(signature, MESSAGE, how)


def middle(rounds: Iterable[Figures], figure: Callable[[Figures], float]) -> float:
    """The median of a figure over the rounds."""
    return median(map(figure, rounds))
