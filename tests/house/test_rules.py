"""The house rules hold in every file, and each still bites."""

import ast
from pathlib import Path

import pytest

from tests.house.rules import RULES, Rule
from tests.house.tree import PACKAGE, files, name, parsed

DUMPING_GROUNDS = {"utils", "util", "helpers", "helper", "common", "core", "services", "misc", "tools", "lib"}
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def broken(rule: Rule) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()[:120]}"
        for path in rule.paths()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if rule.caught(line)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_the_rule_holds(rule: Rule) -> None:
    assert rule.paths()
    told = broken(rule)
    assert not told, "\n".join([rule.says, *told])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_the_rule_bites(rule: Rule) -> None:
    assert [line for line in rule.bad if not rule.caught(line)] == []
    assert [line for line in rule.good if rule.caught(line)] == []
    assert rule.bad
    assert rule.good


def hidden_imports(tree: ast.AST) -> list[int]:
    """Lines of the imports inside functions: they hide a cycle."""
    inside = (node for function in ast.walk(tree) if isinstance(function, Function) for node in ast.walk(function))
    return sorted({node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)})


def test_no_import_hides_in_a_function() -> None:
    found = {
        name(path): hidden_imports(parsed(path)) for path in files("src/**/*.py", "bench/**/*.py", "tests/**/*.py")
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_check_of_imports_bites() -> None:
    assert hidden_imports(ast.parse("import a\ndef f():\n    if a:\n        from b import c\n    import d\n")) == [4, 5]


def dumping_grounds(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths if {*path.parts[:-1], path.stem} & DUMPING_GROUNDS]


def test_no_file_is_a_dumping_ground() -> None:
    assert dumping_grounds([Path(name(path)) for path in files("src/**/*", "tests/**/*", "bench/**/*")]) == []


def test_the_check_of_names_bites() -> None:
    bad = [Path("src/passavant/accounts/utils.py"), Path("src/passavant/core/x.py"), Path("tests/helpers/__init__.py")]
    assert dumping_grounds([*bad, Path("src/passavant/accounts/actions/sign_up.py")]) == [str(path) for path in bad]


def without_init(folder: Path) -> list[str]:
    """Folders of modules that Python takes for namespaces: the import contracts would not see them."""
    return sorted({name(path.parent) for path in folder.glob("**/*.py") if not (path.parent / "__init__.py").exists()})


def test_every_folder_of_modules_is_a_package() -> None:
    assert without_init(PACKAGE) == []


def test_the_check_of_packages_bites(tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "__init__.py").touch()
    (tmp_path / "hidden" / "x.py").touch()
    assert without_init(tmp_path) == ["hidden"]
