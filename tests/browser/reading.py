"""What an accessibility tool, a validator and an eye read in a page."""

import subprocess
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page, Response

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "var" / "pictures"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
RUN = "what => axe.run(document, {runOnly: what, resultTypes: ['violations', 'incomplete']})"
ADOPT = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}"""
BARE = "*::before, *::after { background: none !important }"  # lets axe measure the text that stands over a decoration
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
REDIRECTED = range(300, 400)
WIDTHS = (320, 640)  # pixels: the least a page must fit (WCAG 1.4.10); a window of 1280 enlarged twice (1.4.4)

_CONSOLES: WeakKeyDictionary[Page, list[ConsoleMessage]] = WeakKeyDictionary()
_ANSWERS: WeakKeyDictionary[Page, Response] = WeakKeyDictionary()


def listen(page: Page) -> None:
    """Remember what the page says in its console, and the HTML it came from."""
    page.on("console", lambda message: console_of(page).append(message))
    page.on("response", lambda answer: _remember(page, answer))


def console_of(page: Page) -> list[ConsoleMessage]:
    """What the page said so far: a refused style or script, an error."""
    return _CONSOLES.setdefault(page, [])


def _remember(page: Page, answer: Response) -> None:
    if answer.request.is_navigation_request() and answer.status not in REDIRECTED:
        _ANSWERS[page] = answer


@cache
def axe() -> str:
    return (HERE / "node_modules/axe-core/axe.min.js").read_text()


class Reader:
    """Looks at pages in every way the house promises; keeps their HTML for the validator, a picture for the eye."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def look(self, page: Page, name: str) -> None:
        self.keep(page, name)
        self.faults += [f"{name}: {fault}" for fault in (*self.accessibility(page), *self.sizes(page))]

    def keep(self, page: Page, name: str) -> None:
        """A picture in var/pictures, and the HTML as the server sent it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        (self.folder / f"{name}.html").write_bytes(_ANSWERS[page].body())

    def accessibility(self, page: Page) -> list[str]:
        """Every rule as the page is, then the contrasts in the other scheme too."""
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        page.evaluate(axe())
        page.evaluate(ADOPT, BARE)
        found = _told(page.evaluate(RUN, {"type": "tag", "values": RULES}))
        page.emulate_media(color_scheme="light" if dark else "dark")
        found += _told(page.evaluate(RUN, {"type": "rule", "values": ["color-contrast"]}))
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.evaluate(ADOPT, "")
        return found

    def sizes(self, page: Page) -> list[str]:
        """Nothing to scroll sideways on a small screen, enlarged, or with the text spaced out."""
        usual = page.viewport_size
        found = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for css in ("", SPACED):
                page.evaluate(ADOPT, css)
                real = page.evaluate("document.documentElement.scrollWidth")
                found += [f"{real} px wide on {width}{' spaced' if css else ''}"] if real > width else []
        page.evaluate(ADOPT, "")
        if usual:
            page.set_viewport_size(usual)
        return found

    def validate(self) -> str:
        """What the HTML validator says of all the pages kept: nothing."""
        jar = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
        command = ["java", "-Xss1024k", "-jar", str(jar), "--format", "gnu", *map(str, sorted(self.folder.iterdir()))]
        return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def _told(result: dict[str, list[dict[str, object]]]) -> list[str]:
    unsure = [found for found in result["incomplete"] if found["id"] == "color-contrast"]
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"[:300]
        for found in [*result["violations"], *unsure]
        for node in found["nodes"]  # type: ignore[attr-defined]
    ]
