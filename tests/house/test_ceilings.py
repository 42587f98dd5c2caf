"""Beauty is lost in the tail: a file, a function and a view have a ceiling. Docstrings do not count."""

import ast
from collections.abc import Iterator

from tests.house.tree import files, name, parsed

FILE, FUNCTION, VIEW = 250, 25, 15  # lines
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from `def` to the last one, without the docstring."""
    whole = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return whole
    return whole - ((first.end_lineno or 0) - first.lineno + 1)


def is_view(function: Function) -> bool:
    called = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(ast.unparse(call).rpartition(".")[2] == "door" for call in called)


def too_long(tree: ast.AST) -> list[str]:
    return [
        f"{function.name}: {length(function)} lines"
        for function in functions(tree)
        if length(function) > (VIEW if is_view(function) else FUNCTION)
    ]


def test_every_file_is_under_its_ceiling() -> None:
    written = files(
        "src/**/*.py", "bench/**/*.py", "tests/**/*.py", "src/**/templates/**/*.html", "src/**/templates/**/*.txt"
    )
    lines = {name(path): len(path.read_text().splitlines()) for path in written if path.parent.name != "migrations"}
    assert len(lines) > 50
    assert {path: count for path, count in lines.items() if count > FILE} == {}


def test_every_function_is_under_its_ceiling() -> None:
    faults = {
        f"{name(path)}: {fault}"
        for path in files("src/**/*.py", "bench/**/*.py", "tests/**/*.py")
        for fault in too_long(parsed(path))
    }
    assert faults == set()


def sample(lines: int, *, above: str = "", docstring: str = "") -> ast.Module:
    return ast.parse(f"{above}\ndef sample():\n{docstring}" + "    pass\n" * (lines - 1))


def test_the_ceilings_bite() -> None:
    assert too_long(sample(FUNCTION)) == []
    assert too_long(sample(FUNCTION + 1)) == ["sample: 26 lines"]
    assert too_long(sample(VIEW, above="@door(anyone)")) == []
    assert too_long(sample(VIEW + 1, above="@door(entry=anyone, writes=['POST'])")) == ["sample: 16 lines"]
    assert too_long(sample(VIEW + 1, above="@access.door(anyone)")) == ["sample: 16 lines"]
    assert too_long(sample(FUNCTION, docstring='    """One.\n\n    Two.\n    """\n')) == []
    assert too_long(
        ast.parse("class A:\n" + "".join(f"    {line}\n" for line in ["def b(self):", *["    1"] * 25]))
    ) == ["b: 26 lines"]
