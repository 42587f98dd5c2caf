"""What the sign-in page costs on the wire, with nothing in the cache."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
BYTES, REQUESTS = 20 * 1024, 8


def weigh(page: Page, path: str) -> tuple[int, int]:
    """(bytes, requests), headers included, as the network saw them."""
    loaded: list[float] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    return int(sum(loaded)), len(loaded)


def test_the_sign_in_page_is_light(page: Page) -> None:
    weight, requests = weigh(page, "/connexion/")
    assert 3_000 < weight <= BYTES
    assert requests <= REQUESTS


def test_no_page_asks_another_host(page: Page) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for path in ("/", "/inscription/", "/connexion/"):
        page.goto(path, wait_until="networkidle")
    assert hosts == {page.url.split("/")[2]}
