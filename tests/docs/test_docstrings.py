"""Every public module, class, function and method says what it does, and names the errors that it raises."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.conftest import ROOT

MODULES = sorted((ROOT / "kg").rglob("*.py"))
Public = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module | ast.ClassDef, above: str = "") -> Iterator[tuple[str, Public]]:
    """Public classes and functions of a module with their names, methods of public classes among them."""
    for node in tree.body:
        if isinstance(node, Public) and not node.name.startswith("_"):
            yield above + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{above}{node.name}.")


def raised(node: Public) -> set[str]:
    """Names of the errors that a function raises itself, in a function inside it left out."""
    inside = {child for inner in ast.walk(node) if isinstance(inner, ast.FunctionDef) and inner is not node
              for child in ast.walk(inner)}  # fmt: skip
    errors = (child.exc for child in ast.walk(node) if isinstance(child, ast.Raise) and child not in inside)
    called = (error.func if isinstance(error, ast.Call) else error for error in errors if error is not None)
    return {error.id for error in called if isinstance(error, ast.Name) and error.id[0].isupper()}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_whatever_is_public_says_what_it_is(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent = [f"{name(file)}:{node.lineno} {title}" for title, node in public(tree) if not ast.get_docstring(node)]
    assert not silent


@pytest.mark.parametrize("file", [file for file in MODULES if "cli" not in file.parts], ids=name)
def test_public_functions_name_the_errors_that_they_raise(file: Path) -> None:
    functions = [
        pair for pair in public(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(pair[1], ast.FunctionDef)
    ]
    untold = {
        f"{name(file)}:{node.lineno} {title}": missing
        for title, node in functions
        if (missing := {error for error in raised(node) if error not in (ast.get_docstring(node) or "")})
    }
    assert not untold


def test_the_check_sees_what_is_missing() -> None:
    tree = ast.parse('class A:\n  "A."\n  def b(self):\n    raise KeyError("c")\n  def _d(self): ...\ndef e(): "E."\n')
    found = dict(public(tree))
    assert list(found) == ["A", "A.b", "e"]
    assert [ast.get_docstring(node) for node in found.values()] == ["A.", None, "E."]
    assert raised(found["A.b"]) == {"KeyError"}
