"""kill -9, at the wrong moments: nothing is lost, and nothing is sent twice but what was in flight."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.db import connection

from passavant.foundation.outbox.actions import deliver
from passavant.foundation.outbox.models import Outgoing
from tests.rooms.outbox.post_office import PostOffice, Received
from tests.rooms.outbox.trial import let_time_pass, letter, posted, states

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 500
KILLED_AT = (7, 60, 61, 333)  # letters received when the worker dies, before it hears that they are accepted
PATIENCE_SECONDS = 60


def environment(office: PostOffice) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.rooms.outbox.settings",
        "PASSAVANT_DATABASE_URL": database_url(),
        "PASSAVANT_EMAIL_URL": office.url,
    }


def database_url() -> str:
    """The test's own database, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    where = urlencode({"host": str(database["OPTIONS"].get("host", database["HOST"]))})
    return f"postgresql://{database['USER']}@/{database['NAME']}?{where}"


@pytest.fixture
def worker(office: PostOffice) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the product's worker on the test's database; ended by its process id."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "passavant.config", "worker"]
        started.append(subprocess.Popen(command, env=environment(office), stdout=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def kill_at(count: int, process: subprocess.Popen[bytes], office: PostOffice) -> threading.Event:
    """The worker dies when this many letters have arrived, before it hears that the last one was accepted."""
    died = threading.Event()

    def look(received: Received) -> None:
        if len(set(office.recipients)) >= count and not died.is_set():
            process.kill()
            process.wait()
            died.set()

    office.on_letter = look
    return died


@pytest.mark.parametrize(("moment", "letters"), [("before", 0), ("after", 1)])
def test_k1_killed_around_the_commit_the_letter_leaves_if_and_only_if_the_change_is_made(
    office: PostOffice, moment: str, letters: int
) -> None:
    author = [sys.executable, "-m", "tests.rooms.outbox.author", moment]
    done = subprocess.run(author, env=environment(office), check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    while deliver():
        pass
    assert len(office.letters) == Outgoing.objects.count() == letters


def test_k3_a_worker_killed_again_and_again_loses_no_letter(
    office: PostOffice, worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    addresses = [f"p{number}@example.org" for number in range(MANY)]
    posted(*(letter(address) for address in addresses))
    for count in (*KILLED_AT, MANY):
        died = kill_at(count, worker(), office)
        assert died.wait(PATIENCE_SECONDS), f"{len(office.letters)} letters arrived, {states()}"
        let_time_pass()
    while deliver():
        pass
    assert states() == {"sent": MANY}
    assert set(office.recipients) == set(addresses)
    deaths = len(KILLED_AT) + 1
    assert MANY < len(office.letters) <= MANY + deaths  # one letter was in flight at each death
    ids = Counter(received.mime["Message-ID"] for received in office.letters)
    assert len(ids) == MANY  # a letter sent twice has one Message-ID: readers show it once
