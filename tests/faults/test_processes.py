"""Workers that are killed, hang, or cannot be started: a clear message, and the next run or this one goes on."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.data import AnnotatedPaper, Paper
from kg.errors import ExtractionError, OntologyError
from kg.pipeline import BuildOptions, workers
from kg.read import Limits
from tests.faults.conftest import RULES, built, contents

PAPERS = [Paper(str(number), f"Net{number}", "We propose a network.") for number in range(3)]

TITLES = BuildOptions(extractors=("title",))


Chunk = tuple[list[Paper], list[bytes]]


def _read(chunk: Chunk) -> list[workers.Read]:
    return [workers.Read(AnnotatedPaper(paper, (), (), (), (), (), (), ()), b"") for paper in chunk[0]]


def _dies(chunk: Chunk, _limits: Limits) -> list[workers.Read]:
    if chunk[0][0].id == "1":
        os.kill(os.getpid(), signal.SIGKILL)
    return _read(chunk)


def _hangs(chunk: Chunk, _limits: Limits) -> list[workers.Read]:
    if chunk[0][0].id == "1":
        time.sleep(600)
    return _read(chunk)


def _nothing(*_: object) -> None:
    return None


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Workers that load no extractor and take one paper a time."""
    monkeypatch.setattr(workers, "_CHUNK", 1)
    monkeypatch.setattr(workers, "_start", _nothing)
    return monkeypatch


def test_a_killed_worker_is_a_clear_error_and_what_came_before_is_kept(alone: pytest.MonkeyPatch) -> None:
    alone.setattr(workers, "_work", _dies)
    kept = []
    with pytest.raises(ExtractionError, match=r"ended from outside.*run the same command again"):
        kept.extend(workers.annotate(PAPERS, TITLES, 2))
    assert [read.annotated.paper.id for chunk in kept for read in chunk] in (["0"], [])


def test_a_worker_that_hangs_is_ended(alone: pytest.MonkeyPatch) -> None:
    alone.setattr(workers, "_work", _hangs)
    alone.setattr(workers, "_STARTING", 20.0)
    alone.setattr(workers, "_LATE", 0)
    begun = time.monotonic()
    with pytest.raises(ExtractionError, match="hangs; it was ended"):
        list(workers.annotate(PAPERS, TITLES, 2))
    assert time.monotonic() - begun < 120


def test_a_worker_that_cannot_load_what_was_asked_for_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_CHUNK", 1)
    with pytest.raises(OntologyError, match="no extractor named nothing"):
        list(workers.annotate(PAPERS, BuildOptions(extractors=("nothing",)), 2))


@pytest.mark.parametrize(
    "refusal",
    [
        PermissionError(errno.EACCES, "Permission denied"),  # /dev/shm cannot be written
        OSError(errno.ENOSYS, "Function not implemented"),  # no semaphores, as in some hosted functions
        ImportError("This platform lacks a functioning sem_open implementation"),
        BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"),  # no more processes
    ],
    ids=["permission", "semaphores", "platform", "processes"],
)
@pytest.mark.parametrize("step", ["__init__", "submit"])
def test_without_worker_processes_papers_are_read_in_this_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, refusal: Exception, step: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise refusal

    monkeypatch.setattr(workers, "_CHUNK", 1)
    expected = list(workers.annotate(PAPERS, TITLES, 1))
    monkeypatch.setattr(workers.ProcessPoolExecutor, step, refused)
    assert list(workers.annotate(PAPERS, TITLES, 2)) == expected
    assert f"starts no worker processes ({refusal}): reading in one, as with --jobs 1" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_ended_leaves_whole_files_and_goes_on(
    end: signal.Signals, folder: Path, listing: Path, new: Path
) -> None:
    before, after = contents(folder), contents(new)
    command = [sys.executable, "-m", "kg", "build", listing, "-o", folder, "--extractors", RULES, "--jobs", "1", "-q"]
    (folder / "graph.ttl").unlink()
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 120
        while not (folder / "graph.ttl").exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(end)
    found = {name: data for name, data in contents(folder).items() if not name.startswith((".", "tables/."))}
    assert all(data in (before[name], after[name]) for name, data in found.items())
    built(listing, folder)
    assert contents(folder) == after
