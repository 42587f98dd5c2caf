"""docs/events.md is printed from the catalogue, by the command it names."""

import subprocess
import sys

from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "events.md"
COMMAND = ["-m", "passavant.foundation.audit.events"]


def printed() -> str:
    return subprocess.run([sys.executable, *COMMAND], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_page_of_events_is_the_catalogue() -> None:
    assert PAGE.read_text() == printed(), f"python {' '.join(COMMAND)} > docs/events.md"


def test_the_page_says_how_to_print_it_and_holds_every_room() -> None:
    page = printed()
    assert f"python {' '.join(COMMAND)} > docs/events.md" in page
    for room in ("accounts", "authentication"):
        assert f"| {room} |" in page
    assert [row for row in page.splitlines() if row.startswith("| `") and "|  |" in row] == [], (
        "each says what happened"
    )
