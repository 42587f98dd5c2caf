"""A part is down: the page says so, nothing accepted is lost, and all comes back alone. Real processes."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from passavant.config.demo import PASSWORD
from tests.cluster import Cluster
from tests.stack import Stack

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ATTEMPTS = 40


class Visitor:
    """Keeps its cookies, follows redirects, and reads whatever is answered."""

    def __init__(self, stack: Stack) -> None:
        self.url = stack.url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.page = ""

    def ask(self, path: str, **fields: str) -> tuple[int, str]:
        """(status, Retry-After); with fields, a POST with the hidden fields of the page read before."""
        hidden = dict(HIDDEN.findall(self.page.partition("<main")[2]))
        body = urlencode(hidden | fields).encode() if fields else None
        try:
            answer = self.opener.open(self.url + path, body, timeout=15)
        except urllib.error.HTTPError as error:
            answer = error
        self.page = answer.read().decode()
        return answer.status, answer.headers.get("Retry-After", "")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.stop()


@pytest.fixture
def stack(cluster: Cluster, tmp_path: Path) -> Iterator[Stack]:
    stack = Stack(tmp_path, cluster.url, PASSAVANT_SECRET_KEY="a-key-for-a-stack-that-loses-its-database")
    try:
        stack.command("demo")
        stack.start()
        yield stack
    finally:
        stack.stop()


def test_k6_the_database_goes_and_comes_back(stack: Stack, cluster: Cluster) -> None:
    visitor = Visitor(stack)
    assert visitor.ask("/connexion/")[0] == 200
    form = visitor.page
    inside = Visitor(stack)
    inside.ask("/connexion/")
    assert inside.ask("/connexion/", identifier="camille.martin", password=PASSWORD)[0] == 200
    cluster.crash()
    assert inside.ask("/espace/") == (503, "5"), "who is signed in is told the same"
    assert visitor.ask("/connexion/", identifier="camille.martin", password=PASSWORD) == (503, "5")
    assert "Traceback" not in visitor.page
    assert visitor.ask("/connexion/")[0] == 200, "a page without data needs no database"
    assert visitor.ask("/readyz")[0] == 503
    cluster.start()
    for _ in range(ATTEMPTS):
        visitor.page = form
        status, _wait = visitor.ask("/connexion/", identifier="camille.martin", password=PASSWORD)
        if status != 503:
            break
        time.sleep(0.5)
    assert status == 200
    assert "Bonjour Camille Martin" in visitor.page
