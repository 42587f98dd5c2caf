"""docs/tour.md walks the two corridors, file:function. Each step is there."""

import ast
import re
from pathlib import Path

from tests.house.tree import PACKAGE, ROOT, parsed

TOUR = ROOT / "docs" / "tour.md"
STEP = re.compile(r"`([\w./-]+\.(?:py|html|txt|css|js))(?::([A-Za-z_][\w.]*))?`")


def steps(text: str) -> list[tuple[str, str]]:
    """(file, function or "") in the order of the walk."""
    return STEP.findall(text)


def missing(text: str) -> list[str]:
    """Steps that lead nowhere; files are said from the root of the repository or from src/passavant."""
    return [f"{file}:{function}" for file, function in steps(text) if not _is_there(file, function)]


def _is_there(file: str, function: str) -> bool:
    found = [path for path in (ROOT / file, PACKAGE / file) if path.is_file()]
    return bool(found) and (not function or function in _defined(found[0]))


def _defined(path: Path) -> set[str]:
    tree = parsed(path)
    assigned = (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))
    names = {name.id for node in assigned for name in ast.walk(node) if isinstance(name, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return names


def test_the_tour_leads_somewhere_at_every_step() -> None:
    text = TOUR.read_text()
    assert len(steps(text)) >= 10
    assert missing(text) == []


def test_the_check_bites() -> None:
    good = "`foundation/audit/actions/writing.py:write`, `src/passavant/foundation/audit/models.py:Event.content`"
    assert missing(good) == []
    assert len(steps(good)) == 2
    assert missing("`foundation/audit/models.py:Event.gone`") == ["foundation/audit/models.py:Event.gone"]
    assert missing("`foundation/audit/rules.py:gone`, `gone/rules.py`") == [
        "foundation/audit/rules.py:gone",
        "gone/rules.py:",
    ]
