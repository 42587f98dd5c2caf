"""Messages of their own, a tray of their own, and real servers to talk to."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.outbox.gateway import Gateway
from tests.rooms.outbox.kannel import Kannel
from tests.rooms.outbox.post_office import PostOffice

TEMPLATES = Path(__file__).parent / "templates"
Configure = Callable[..., None]


@pytest.fixture(autouse=True)
def configure(settings: Any, tmp_path: Path) -> Configure:
    """Change what the operator decided, for one test; the messages' templates are those beside this file."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}]

    def change(**decided: Any) -> None:
        settings.PASSAVANT = settings.PASSAVANT.model_copy(update=decided)

    change(var=tmp_path, email_url="tray:", sms_url="tray:")
    return change


@pytest.fixture
def office(configure: Configure) -> Iterator[PostOffice]:
    with PostOffice() as office:
        configure(email_url=office.url)
        yield office


@pytest.fixture
def gateway(configure: Configure) -> Iterator[Gateway]:
    with Gateway() as gateway:
        configure(sms_url=f"http+json://a%3Atoken@{gateway.place}/v1/messages")
        yield gateway


@pytest.fixture(scope="session")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    """The real gateway. Its absence fails the test, and says what to install."""
    with Kannel(tmp_path_factory.mktemp("kannel")) as kannel:
        yield kannel
