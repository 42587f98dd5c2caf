"""The files of the house, as the checks read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "passavant"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is in the repository, or would be with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def files(*patterns: str) -> Iterator[Path]:
    """Those tracked under the root that match one of the patterns ("src/**/*.py")."""
    for pattern in patterns:
        yield from sorted(set(ROOT.glob(pattern)).intersection(tracked()))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=name(path))
