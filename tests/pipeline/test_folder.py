import os
import sqlite3
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from kg.data import Paper
from kg.errors import StoreError
from kg.normalize import digest
from kg.pipeline import kept
from kg.pipeline.answers import open_answers
from kg.pipeline.cache import open_cache
from kg.pipeline.folder import content_key, current_files, locked, write_manifest
from tests.graph import papers

PAPER = Paper("p1", "TinyTeach", "We propose TinyTeach.")


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(StoreError, match="another kg build"), locked(tmp_path):
        pass


def test_a_folder_can_be_used_again_after_a_run_ended_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        assert (tmp_path / "cache").is_dir()


def test_leftovers_of_a_killed_run_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / ".store.1.tmp").mkdir()
    for name in (".graph.ttl.123.tmp", "tables/.nodes.csv.9.tmp"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    (tmp_path / "graph.ttl").write_text("whole", encoding="utf-8")
    with locked(tmp_path):
        left = sorted(file.name for file in tmp_path.rglob("*") if file.name not in ("cache", "lock"))
    assert left == ["graph.ttl", "tables"]


def test_a_folder_is_current_only_while_key_and_files_are_as_written(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "graph.ttl").write_text("whole", encoding="utf-8")
    assert not current_files(tmp_path, "k")
    write_manifest(tmp_path, "k", ["graph.ttl"])
    assert current_files(tmp_path, "k") == ("graph.ttl",)
    assert not current_files(tmp_path, "other")
    (tmp_path / "graph.ttl").write_text("cut", encoding="utf-8")
    assert not current_files(tmp_path, "k")
    (tmp_path / "graph.ttl").unlink()
    assert not current_files(tmp_path, "k")


def test_the_key_depends_on_papers_and_settings() -> None:
    other = Paper("p1", "TinyTeach", "We propose TinyTeach!")
    keys = {content_key([PAPER], []), content_key([other], []), content_key([PAPER], [], "x"), content_key([], [])}
    assert len(keys) == 4


def test_the_cache_gives_back_what_it_was_given_with_the_paper_as_it_is_now(tmp_path: Path) -> None:
    annotated = papers.annotated()
    dated = papers.annotated(date="2025-01-01")
    with open_cache(tmp_path, "f") as cache:
        cache.store([annotated])
        assert cache.known([cache.key(annotated.paper), "unknown"]) == {cache.key(annotated.paper)}
        assert list(cache.load([dated.paper])) == [dated]


def test_another_extractor_finds_nothing_in_the_cache(tmp_path: Path) -> None:
    with open_cache(tmp_path, "one") as cache:
        cache.store([papers.annotated()])
    with open_cache(tmp_path, "two") as cache:
        assert cache.known([cache.key(papers.annotated().paper)]) == set()


def test_a_damaged_cache_is_set_aside_and_begun_anew(tmp_path: Path) -> None:
    with open_cache(tmp_path, "f"):
        (file,) = tmp_path.glob("extractions*.sqlite")
    file.write_bytes(b"this is no database" * 100)
    with open_cache(tmp_path, "f") as cache:
        cache.store([papers.annotated()])
        assert len(cache.known([cache.key(papers.annotated().paper)])) == 1
    assert file.with_suffix(".damaged").exists()


def test_a_damaged_file_is_closed_before_it_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"this is no database" * 100)
    opened: list[Connection] = []

    def connect(file: Path) -> Connection:
        opened.append(Connection(file))
        return opened[-1]

    monkeypatch.setattr(kept.sqlite3, "connect", connect)
    with open_answers(tmp_path, "model"):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            opened[0].execute("SELECT 1")
        assert len(opened) == 2


def test_extractions_of_three_fingerprints_are_kept_and_the_one_used_last_is_never_the_next_to_go(
    tmp_path: Path,
) -> None:
    known, paper = [], papers.annotated().paper
    for number, name in enumerate(("one", "two", "three", "one", "four", "one", "two")):
        with open_cache(tmp_path, name) as cache:
            known += [name] * len(cache.known([cache.key(paper)]))
            cache.store([papers.annotated()])
        for file in tmp_path.iterdir():  # all of a test is one moment to some clocks
            os.utime(file, (number, min(number, file.stat().st_mtime)))
        os.utime(next(tmp_path.glob(f"extractions-{digest(name)}.sqlite")), (number, number))
        assert len(list(tmp_path.iterdir())) <= 3
    assert known == ["one", "one"]


def test_what_lies_beside_a_file_goes_with_it_and_nothing_else_does(tmp_path: Path) -> None:
    left = ("extractions.sqlite", "extractions.sqlite-wal", "extractions-1.damaged", "extractions-2.sqlite-shm")
    for age, name in enumerate((*left, "extractions-3.sqlite", "extractions-4.sqlite")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))
    (tmp_path / "graph.msgpack.gz").touch()
    with open_cache(tmp_path, "f"):
        pass
    own = f"extractions-{digest('f')}.sqlite"
    assert {file.name for file in tmp_path.iterdir()} == {
        own, "extractions-3.sqlite", "extractions-4.sqlite", "graph.msgpack.gz",
    }  # fmt: skip


def test_a_file_that_cannot_be_removed_hinders_nobody_and_goes_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age in range(5):
        (tmp_path / f"extractions-{age}.sqlite").touch()
        os.utime(tmp_path / f"extractions-{age}.sqlite", (age, age))
    genuine = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name == "extractions-1.sqlite":
            raise PermissionError("held open")
        genuine(self, missing_ok)

    own = f"extractions-{digest('f')}.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        with open_cache(tmp_path, "f"):
            pass
    left = {own, "extractions-3.sqlite", "extractions-4.sqlite"}
    assert {file.name for file in tmp_path.iterdir()} == {*left, "extractions-1.sqlite"}
    with open_cache(tmp_path, "f"):
        pass
    assert {file.name for file in tmp_path.iterdir()} == left


@pytest.mark.parametrize("wrong", ["extractions", "answers"])
def test_of_two_open_files_the_one_that_cannot_be_written_is_named(wrong: str, tmp_path: Path) -> None:
    annotated = papers.annotated()
    with open_cache(tmp_path, "f") as cache, open_answers(tmp_path, "model") as answers:
        (file,) = tmp_path.glob(f"{wrong}*.sqlite")
        with closing(sqlite3.connect(file)) as base:
            base.execute("DROP TABLE annotated" if wrong == "extractions" else "DROP TABLE answer")
        writing = {
            "extractions": lambda: cache.store([annotated]),
            "answers": lambda: answers.keep([(annotated.paper, b"said")]),
        }
        with pytest.raises(StoreError, match=rf"{wrong}\S*\.sqlite: cannot be read or written"):
            writing[wrong]()


def test_an_error_within_the_block_is_not_put_down_to_the_cache(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="elsewhere"), open_cache(tmp_path, "f"):
        raise sqlite3.OperationalError("elsewhere")
