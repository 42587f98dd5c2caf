"""A QR code as one path of an SVG drawing: no script, no third party, nothing that a policy of contents refuses."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Drawing:
    """`side`: of the square, in modules; `path`: the dark ones."""

    side: int
    path: str


def drawn(text: str) -> Drawing:
    """Each run of dark modules of a row is a rectangle of one module's height."""
    rows = segno.make(text, micro=False, error="m").matrix
    path = "".join(_runs(y + QUIET, bytes(row)) for y, row in enumerate(rows))
    return Drawing(len(rows) + 2 * QUIET, path)


def _runs(y: int, row: bytes) -> str:
    told, x = "", QUIET
    for dark, modules in groupby(row):
        length = len(list(modules))
        told += f"M{x} {y}h{length}v1h-{length}z" if dark else ""
        x += length
    return told
