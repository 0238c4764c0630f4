"""One folder of good, broken, hostile, empty, unreadable files, circular links: good papers, a line for each."""

import gzip
import os
from pathlib import Path

import pytest

from tests.faults.conftest import RULES, kg_here, write_listing
from tests.hostile.inputs import INPUTS

HOSTILE = ("entity bomb", "gzip bomb", "gzip cut short", "zip bomb", "BibTeX that never closes", "undefined entity")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of listings."""
    folder = tmp_path_factory.mktemp("mixed")
    good = write_listing(folder / "good.jsonl").read_bytes()
    (folder / "deep").mkdir()
    (folder / "deep" / "again.jsonl.gz").write_bytes(gzip.compress(good))
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "broken.json").write_bytes(b'[{"title": "Never", "abstract": "clo')
    (folder / "picture.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "page.txt").write_bytes(b"<!DOCTYPE html><html><body><p>Not found</p></body></html>")
    for number, name in enumerate(HOSTILE):
        (folder / f"hostile{number}").write_bytes(INPUTS[name][0])
    (folder / "round").symlink_to(folder)
    (folder / "self.jsonl").symlink_to(folder / "self.jsonl")
    (folder / "gone.jsonl").symlink_to(folder / "nowhere.jsonl")
    (folder / "unreadable.jsonl").symlink_to("/proc/self/mem")  # which root cannot read, either
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.jsonl")  # nobody writes into it
    return folder


def test_the_good_papers_are_built_and_each_refused_file_has_one_clear_line(mixed: Path, tmp_path: Path) -> None:
    done = kg_here("build", mixed, "-o", tmp_path / "out", "--extractors", RULES, "--jobs", 1, "--verbose")
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if str(mixed) in line and "same paper as" not in line]
    refused = [
        "empty.jsonl",
        "broken.json",
        "picture.jsonl",
        "page.txt",
        "self.jsonl",
        "gone.jsonl",
        "unreadable.jsonl",
    ]
    refused += ["pipe.jsonl"] * hasattr(os, "mkfifo")
    refused += [f"hostile{number}" for number in range(len(HOSTILE))]
    for name in refused:
        assert len([line for line in told if f"/{name}" in line]) == 1, (name, told)
    assert "Traceback" not in done.stderr
    graph = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    for number in range(1, 7):
        assert f"Net{number}: Counting the Leaves" in graph
