"""The package keeps to what Windows, macOS and Linux share; what this cannot see, the workflow tries on each."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.distribution import ROOT

MODULES = sorted((ROOT / "kg").rglob("*.py"))
POSIX_MODULES = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"}
POSIX_CALLS = {"fork", "geteuid", "getuid", "killpg", "mkfifo", "setsid", "sched_getaffinity", "getloadavg", "umask"}
TEXT_CALLS = {"read_text", "write_text"}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def unguarded(tree: ast.AST, guarded: bool = False) -> Iterator[str]:
    """POSIX-only imports and calls that no `if`, `try` or conditional expression stands around."""
    for node in ast.iter_child_nodes(tree):
        if not guarded and isinstance(node, ast.Import) and (found := {one.name for one in node.names} & POSIX_MODULES):
            yield f"line {node.lineno}: import {found.pop()}"
        if not guarded and isinstance(node, ast.ImportFrom) and node.module in POSIX_MODULES:
            yield f"line {node.lineno}: from {node.module}"
        if not guarded and isinstance(node, ast.Attribute) and node.attr in POSIX_CALLS and _is_os(node.value):
            yield f"line {node.lineno}: os.{node.attr}"
        yield from unguarded(node, guarded or isinstance(node, ast.If | ast.Try | ast.IfExp))


def _is_os(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "os"


def without_encoding(tree: ast.AST) -> Iterator[str]:
    """Texts that are read or written in whatever encoding the machine has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not any(word.arg in ("encoding", None) for word in node.keywords):
            if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_CALLS:
                yield f"line {node.lineno}: {node.func.attr}"
            elif isinstance(node.func, ast.Name) and node.func.id == "open" and not _binary(node):
                yield f"line {node.lineno}: open"


def _binary(node: ast.Call) -> bool:
    words = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "mode")]
    return any(isinstance(word, ast.Constant) and "b" in str(word.value) for word in words)


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_nothing_that_only_posix_has_is_used_unguarded(file: Path) -> None:
    assert not list(unguarded(ast.parse(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_every_text_is_read_and_written_with_an_encoding(file: Path) -> None:
    assert not list(without_encoding(ast.parse(file.read_text(encoding="utf-8"))))


def test_the_checks_see_what_they_are_for() -> None:
    lines = ["import fcntl", "import os", "os.fork()", "if here:", "    os.fork()", "open(a)", "open(a, 'rb')"]
    code = "\n".join([*lines, "p.read_text()"])
    tree = ast.parse(code)
    assert list(unguarded(tree)) == ["line 1: import fcntl", "line 3: os.fork"]
    assert list(without_encoding(tree)) == ["line 6: open", "line 8: read_text"]
