"""Files, folders, globs: each file once, in a fixed order, under the name by which the user called it."""

import os
from pathlib import Path

import pytest

from kg.data import Rejection
from kg.errors import InputError
from kg.read.sources import Input, expand


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.json", "sub/c.csv", "sub/deep/d.bib", ".hidden", ".git/config", "sub/.e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*inputs: str) -> list[str]:
    return [Path(entry.name).as_posix() for entry in expand(inputs) if isinstance(entry, Input)]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["b.txt", "a.json"], ["b.txt", "a.json"]),
        (["."], ["a.json", "b.txt", "sub/c.csv", "sub/deep/d.bib"]),
        (["sub"], ["sub/c.csv", "sub/deep/d.bib"]),
        (["*.txt"], ["b.txt"]),
        (["**/*.bib"], ["sub/deep/d.bib"]),
        (["s*"], ["sub/c.csv", "sub/deep/d.bib"]),
        (["-", "b.txt", "-"], ["-", "b.txt"]),
        (["b.txt", "./b.txt", "sub/../b.txt"], ["b.txt"]),
        ([], []),
    ],
)
def test_inputs_become_files(folder: Path, inputs: list[str], expected: list[str]) -> None:
    assert names(*inputs) == expected


@pytest.mark.parametrize("given", ["nowhere.txt", "no/such/folder", "*.pdf", "", "a\0b"])
def test_what_does_not_exist_is_an_error_at_once(folder: Path, given: str) -> None:
    with pytest.raises(InputError):
        expand(["b.txt", given])


def test_name_with_brackets_is_a_file_before_it_is_a_pattern(folder: Path) -> None:
    (folder / "b[1].txt").write_text("x", encoding="utf-8")
    assert names("b[1].txt") == ["b[1].txt"]


def test_links_into_a_circle_are_walked_once(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "again.txt").symlink_to(folder / "b.txt")
    assert names(".") == ["a.json", "again.txt", "sub/c.csv", "sub/deep/d.bib"]


def test_broken_link_is_an_error_when_named_and_no_file_in_a_folder(folder: Path) -> None:
    (folder / "sub" / "gone").symlink_to(folder / "nowhere")
    assert names("sub") == ["sub/c.csv", "sub/deep/d.bib"]
    with pytest.raises(InputError, match="link to a file that does not exist"):
        expand(["sub/gone"])


def test_pipes_in_a_folder_are_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "sub" / "pipe")
    assert names("sub") == ["sub/c.csv", "sub/deep/d.bib"]


def test_empty_folder_is_a_rejection(tmp_path: Path) -> None:
    (found,) = expand([str(tmp_path)])
    assert isinstance(found, Rejection)
    assert found.where == str(tmp_path)
