from pathlib import Path

import pytest

from kg.data import Paper
from kg.errors import StoreError
from kg.pipeline.cache import open_cache
from kg.pipeline.folder import content_key, is_current, locked, write_manifest
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
    assert not is_current(tmp_path, "k")
    write_manifest(tmp_path, "k", ["graph.ttl"])
    assert is_current(tmp_path, "k")
    assert not is_current(tmp_path, "other")
    (tmp_path / "graph.ttl").write_text("cut", encoding="utf-8")
    assert not is_current(tmp_path, "k")
    (tmp_path / "graph.ttl").unlink()
    assert not is_current(tmp_path, "k")


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
    (tmp_path / "extractions.sqlite").write_bytes(b"this is no database" * 100)
    with open_cache(tmp_path, "f") as cache:
        cache.store([papers.annotated()])
        assert len(cache.known([cache.key(papers.annotated().paper)])) == 1
    assert (tmp_path / "extractions.damaged").exists()
