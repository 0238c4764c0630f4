"""Every hostile listing ends in papers and reasons, soon, without much memory, and takes no other paper with it."""

import resource
import socket
import time
from pathlib import Path

import pytest

from kg.data import Paper, Rejection
from kg.read import read_papers
from tests.hostile.inputs import INPUTS, KEPT, TITLE

MEGABYTES = 400


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("name", INPUTS)
def test_a_hostile_listing_is_refused_with_a_reason_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    content, reason = INPUTS[name]
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b.jsonl").write_text(KEPT, encoding="utf-8")
    begun, before = time.process_time(), _most_memory()
    found = list(read_papers([str(tmp_path)]))
    assert time.process_time() - begun < 10
    assert _most_memory() - before < MEGABYTES
    assert any(isinstance(one, Paper) and one.title == TITLE and "b.jsonl" in one.sources[0].file for one in found)
    told = [one for one in found if isinstance(one, Rejection)]
    assert any(reason in one.reason for one in told) or not reason, told
    assert any("/a" in one.where for one in told) or any("/a" in str(one.sources) for one in _papers(found))
    assert "root:" not in repr(found)


def _papers(found: list[Paper | Rejection]) -> list[Paper]:
    return [one for one in found if isinstance(one, Paper)]


@pytest.mark.parametrize("name", ["entity bomb", "external entity", "title of a megabyte", "deep JSON", "gzip bomb"])
def test_what_stands_beside_it_in_the_same_file_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(INPUTS[name][0])
    titles = [one.title for one in _papers(list(read_papers([str(tmp_path / "a")])))]
    assert titles == [TITLE] or "entit" in name
