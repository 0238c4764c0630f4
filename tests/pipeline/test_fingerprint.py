"""What was read by other code is not taken for what this code reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.pipeline.fingerprint import ASKS, READS, source_digest

PACKAGE = Path(kg.__file__).parent
SAYS_ONLY = {"errors.py", "extras.py"}  # what goes wrong, and what to install: no extraction depends on it


def _imported(file: Path) -> Iterator[Path]:
    """The files of kg that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg."):
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("kg.")]
        else:
            continue
        for name in names:
            place = PACKAGE.joinpath(*name.split(".")[1:])
            yield from (one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file())


def _all_imported(first: set[Path]) -> set[Path]:
    found, new = set(first), set(first)
    while new:
        new = {one for file in new for one in _imported(file)} - found
        found |= new
    return found


@pytest.mark.parametrize(
    ("patterns", "entrance"),
    [(READS, "extract/__init__.py"), (ASKS, "extract/model/runtime.py")],
    ids=["reads", "asks"],
)
def test_all_code_that_takes_part_counts(patterns: tuple[str, ...], entrance: str) -> None:
    counted = {file for pattern in patterns for file in PACKAGE.glob(pattern)}
    needed = _all_imported({PACKAGE / entrance})
    assert len(needed) > 8
    missing = {file.relative_to(PACKAGE).as_posix() for file in needed - counted}
    assert missing - {"extract/__init__.py"} <= SAYS_ONLY


@pytest.mark.parametrize("name", ["normalize.py", "ontology/read_names.py", "extract/data/not_names.txt"])
def test_a_change_of_any_of_it_is_another_digest(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("one", encoding="utf-8")
    before = source_digest.__wrapped__(READS, tmp_path)
    (tmp_path / "serve").mkdir()
    (tmp_path / "serve" / "app.py").touch()
    assert source_digest.__wrapped__(READS, tmp_path) == before
    file.write_text("two", encoding="utf-8")
    assert source_digest.__wrapped__(READS, tmp_path) != before
