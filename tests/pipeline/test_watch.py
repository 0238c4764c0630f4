"""A watched folder is built when it settles, and only when something changed."""

from collections.abc import Callable
from pathlib import Path

from kg.pipeline.watch import watch


def played(folder: Path, steps: dict[int, Callable[[], object]], looks: int) -> list[int]:
    """Watch for `looks` looks; before look n, `steps[n]` happens. Returns at which looks there was a build."""
    look = 0
    builds: list[int] = []

    def stop() -> bool:
        steps.get(look, lambda: None)()
        return look == looks

    def sleep(_seconds: float) -> None:
        nonlocal look
        look += 1

    watch(folder, lambda: builds.append(look), every=1.0, stop=stop, sleep=sleep)
    return builds


def writer(file: Path, text: str) -> Callable[[], object]:
    return lambda: file.write_text(text, encoding="utf-8")


def test_what_is_there_is_built_once(tmp_path: Path) -> None:
    assert played(tmp_path, {0: writer(tmp_path / "a.jsonl", "x")}, 6) == [1]


def test_an_empty_folder_is_waited_for(tmp_path: Path) -> None:
    assert played(tmp_path, {3: writer(tmp_path / "a.jsonl", "x")}, 8) == [4]


def test_a_file_that_grows_is_built_when_it_has_stopped(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    assert played(tmp_path, {look: writer(file, "x" * (look + 1)) for look in range(4)}, 8) == [4]


def test_new_changed_and_withdrawn_files_are_built_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "more" / "b.jsonl"
    second.parent.mkdir()
    steps = {0: writer(first, "x"), 3: writer(second, "y"), 6: writer(first, "longer"), 9: second.unlink}
    assert played(tmp_path, steps, 13) == [1, 4, 7, 10]


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    steps = {0: writer(tmp_path / "a.jsonl", "x"), 3: writer(tmp_path / ".b.jsonl.part", "y")}
    assert played(tmp_path, steps, 7) == [1]
