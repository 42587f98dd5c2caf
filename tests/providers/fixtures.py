"""Providers that start once a session, on the first test that wants them; a room's conftest imports them:

from tests.providers.fixtures import as_started as as_started
from tests.providers.fixtures import honest as honest  # portailpro.gouv.fr; or proconnect, hostile, walker
"""

from collections.abc import Iterator
from functools import cache

import pytest

from tests.providers.running import Honest, Hostile
from tests.providers.walking import Walker

# several conftests may import a fixture: they share its process
portailpro_process = cache(Honest)
proconnect_process = cache(Honest.proconnect)
hostile_process = cache(Hostile)


@pytest.fixture(scope="session")
def honest() -> Iterator[Honest]:
    """Portailpro. With `as_started` beside it, each test finds its people as they were and no fault."""
    yield portailpro_process()
    portailpro_process().stop()


@pytest.fixture(scope="session")
def proconnect() -> Iterator[Honest]:
    """ProConnect, at the same terms."""
    yield proconnect_process()
    proconnect_process().stop()


@pytest.fixture(scope="session")
def hostile_running() -> Iterator[Hostile]:
    yield hostile_process()
    hostile_process().stop()


@pytest.fixture
def hostile(hostile_running: Hostile) -> Hostile:
    """Lies about nothing until it is told to."""
    hostile_running.reset()
    return hostile_running


@pytest.fixture(autouse=True)
def as_started(request: pytest.FixtureRequest) -> None:
    """The honest ones of this test, reset."""
    for name in {"honest", "proconnect"} & set(request.fixturenames):
        request.getfixturevalue(name).reset()


@pytest.fixture
def walker() -> Iterator[Walker]:
    """A person's browser, without cookies yet."""
    one = Walker()
    yield one
    one.forget()
