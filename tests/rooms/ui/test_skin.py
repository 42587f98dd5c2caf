"""The skin: what a strict policy lets through, what an eye can read, what a telephone can carry."""

import gzip
import re
from pathlib import Path

import pytest

import passavant

PACKAGE = Path(passavant.__file__).parent
STATIC = PACKAGE / "foundation/ui/static/ui"
CSS = (STATIC / "ui.css").read_text()
PAGES = sorted(
    path for path in PACKAGE.rglob("templates/**/*.html") if "mail" not in path.stem and "/mails/" not in str(path)
)
INLINE = re.compile(r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE)
TEXT, DRAWN = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    assert len(PAGES) > 20
    assert [path.name for path in PAGES if INLINE.search(path.read_text())] == []


@pytest.mark.parametrize(
    "written", ['<p style="x">', "<a onclick='x'>", "<script>x</script>", "<style>", '<a href="javascript:x">']
)
def test_the_search_for_inline_code_bites(written: str) -> None:
    assert INLINE.search(written)


def test_the_scripts_and_the_sheet_ask_nothing_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z]+\.|@import|eval\(|innerHTML|\.cssText", text), path.name


def test_the_sheet_and_the_script_are_light() -> None:
    weight = {path.name: len(gzip.compress(path.read_bytes())) for path in STATIC.iterdir()}
    assert weight["ui.css"] <= 9_000
    assert weight["ui.js"] + weight["theme.js"] <= 3_000
    assert weight["waves.svg"] <= 3_500


def palettes() -> dict[str, dict[str, str]]:
    """Colours by name, in the light and in the two ways to the dark."""
    blocks = re.findall(r"(:root(?:\[[^]]*\]|:not\([^)]*\))?) \{([^}]*--bg[^}]*)\}", CSS.partition("@media print")[0])
    return {selector: dict(re.findall(r"--([\w-]+): (#\w+)", body)) for selector, body in blocks}


def test_the_dark_is_the_same_whether_chosen_or_inherited() -> None:
    light, system, chosen = palettes().values()
    assert system == chosen
    assert set(system) | {"radius"} == set(light) | {"radius"}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#000", "#ffffff")) == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54


READ = [
    *((ink, ground) for ink in ("text", "muted", "act", "error") for ground in ("bg", "soft")),
    ("text", "field"), ("on-act", "act"), ("on-act", "act-over"), ("act", "tint"), ("text", "tint"),
    *((ink, f"{ink}-soft") for ink in ("error", "success", "warning", "info")),
    *(("text", f"{kind}-soft") for kind in ("error", "success", "warning", "info")),
]  # fmt: skip
SEEN = [(line, ground) for line in ("edge", "focus", "act", "error") for ground in ("bg", "soft", "field")]


@pytest.mark.parametrize("palette", palettes())
def test_every_ink_is_readable_on_its_ground(palette: str) -> None:
    colours = palettes()[palette]
    pale = {
        pair: round(contrast(*(colours[name] for name in pair)), 2)
        for pairs, least in ((READ, TEXT), (SEEN, DRAWN))
        for pair in pairs
        if contrast(*(colours[name] for name in pair)) < least
    }
    assert pale == {}


def test_the_sheet_serves_print_forced_colours_and_still_eyes() -> None:
    for media in ("print", "(forced-colors: active)", "(prefers-reduced-motion: no-preference)"):
        assert f"@media {media}" in CSS
    moving = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", CSS, flags=re.DOTALL)
    assert not re.search(r"\b(transition|animation)\s*:", moving)
