"""Portals to arrive from, and a process that remembers nothing of the test before."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.providers.fixtures import as_started as as_started
from tests.providers.fixtures import hostile as hostile
from tests.providers.fixtures import hostile_running as hostile_running
from tests.providers.fixtures import walker as walker
from tests.providers.running import Honest, Hostile
from tests.rooms.federation.traveller import Traveller, forget_providers, offer, registered


@pytest.fixture(scope="session")
def honest() -> Iterator[Honest]:
    """Portailpro; a process of this room, which tells it all the time who we are."""
    with Honest() as one:
        yield one


@pytest.fixture(scope="session")
def proconnect() -> Iterator[Honest]:
    """ProConnect, likewise."""
    with Honest.proconnect() as one:
        yield one


@pytest.fixture(autouse=True)
def remembering_nothing() -> Iterator[None]:
    """Metadata, keys, circuits and connections are kept by the process."""
    forget_providers()
    yield
    forget_providers()


@pytest.fixture
def portailpro(honest: Honest, settings: Settings) -> Honest:
    """The honest provider, offered under this name; it says that e-mails are verified, we prove them all the same."""
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=honest)
    return honest


@pytest.fixture
def believed(honest: Honest, settings: Settings) -> Honest:
    """The same, whose word for an address is taken."""
    honest.set(client=registered("portailpro"))
    offer(settings, portailpro=(honest, {"emails": "verified"}))
    return honest


@pytest.fixture
def liar(hostile: Hostile, settings: Settings) -> Hostile:
    """The hostile provider, offered as « liar », its addresses believed."""
    offer(settings, liar=(hostile, {"emails": "verified", "label": "Menteur"}))
    return hostile


@pytest.fixture
def lea() -> Traveller:
    """Somebody in front of a browser."""
    return Traveller()
