"""The real server and its worker, a real Chromium, and what reads the pages. Everything is on loopback."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.reading import HERE, Reader, console_of, listen
from tests.cluster import Cluster
from tests.stack import Stack

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
Open = Callable[..., Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: while it is open, its event loop runs in this thread."""
    items.sort(key=lambda item: ("tests/browser/" in item.nodeid, "test_validity" in item.nodeid))


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    cluster = Cluster() if pytestconfig.getoption("--database") == "postgresql" else None
    running = Stack(
        tmp_path_factory.mktemp("stack"),
        cluster.url if cluster else "",
        PASSAVANT_SECRET_KEY="a-key-for-the-browser-and-for-nothing-else",
        PASSAVANT_EMAIL_URL="tray:",
        PASSAVANT_SMS_URL="tray:",
    )
    try:
        running.command("demo")
        running.start()
        yield running
    finally:
        running.stop()
        if cluster:
            cluster.stop()


@pytest.fixture(scope="session", autouse=True)
def tools() -> None:
    """axe and the HTML validator, at the versions of the lock."""
    if not (HERE / "node_modules/axe-core/axe.min.js").exists() or not (HERE / "node_modules/vnu-jar").exists():
        subprocess.run(["npm", "ci"], cwd=HERE, check=True, capture_output=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, stack: Stack) -> Iterator[Open]:
    """A window of its own: `open_page(width=390, dark=True, scripts=False)`; ends without a word in the console."""
    pages: list[Page] = []

    def opened(*, width: int = 1280, dark: bool = False, scripts: bool = True, language: str = "fr-FR") -> Page:
        context = chromium.new_context(
            base_url=stack.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale=language,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        pages.append(page)
        listen(page)
        return page

    yield opened
    said = [message.text for page in pages for message in console_of(page) if message.type in {"error", "warning"}]
    for page in pages:
        page.context.close()
    assert [text for text in said if "status of 4" not in text] == []


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the HTML of all the pages read waits for the validator."""
    return tmp_path_factory.mktemp("html")


@pytest.fixture
def reader(kept: Path) -> Iterator[Reader]:
    """Reads on through a whole journey; all the faults are told together at its end."""
    reads = Reader(kept)
    yield reads
    assert not reads.faults, "\n".join(reads.faults)
