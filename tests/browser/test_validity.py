"""The HTML of every page kept by the other tests, as the server sent it, read by the validator."""

import pytest
from playwright.sync_api import Page

from tests.browser.reading import Reader

pytestmark = pytest.mark.browser


def test_the_html_of_every_page_is_valid(page: Page, reader: Reader) -> None:
    for name, path in (("accueil", "/"), ("connexion", "/connexion/"), ("inscription", "/inscription/")):
        page.goto(path)
        reader.keep(page, name)
    assert reader.validate() == ""


def test_the_validator_bites(page: Page, reader: Reader, tmp_path: object) -> None:
    page.goto("/")
    reader.keep(page, "accueil")
    spoilt = Reader(reader.folder.parent / "spoilt")
    spoilt.folder.mkdir(exist_ok=True)
    (spoilt.folder / "accueil.html").write_text(
        (reader.folder / "accueil.html").read_text().replace("<h1>", '<h1 id="pied">')
    )
    assert "Duplicate ID" in spoilt.validate()
