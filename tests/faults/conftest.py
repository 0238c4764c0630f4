"""A small listing, the command in a process of its own, and what a folder holds, for tests of what goes wrong."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.pipeline import BuildOptions, BuildReport, workers
from kg.pipeline import build as pipeline_build

RULES = "acronym,cue,lexicon,name,title"  # without the model: its files and its time are not what is tested here
_OWN = ("cache/", "store/", "report.json", "search.sqlite")
_PAPERS = [
    {
        "id": f"p{number}",
        "title": f"Net{number}: Counting the Leaves of 木 and Élan Trees",
        "abstract": f"We propose Net{number}, a network for leaf counting. Net{number} outperforms ResNet on "
        f"ImageNet by {number}.1% accuracy. Code: https://github.com/invented/net{number}.",
        "date": f"20{10 + number}-01-01",
    }
    for number in range(1, 7)
]


def write_listing(path: Path, count: int = len(_PAPERS)) -> Path:
    """The first papers of the listing as JSON Lines."""
    path.write_text("".join(json.dumps(paper) + "\n" for paper in _PAPERS[:count]), encoding="utf-8")
    return path


def kg(
    *arguments: object, env: Mapping[str, str] | None = None, **options: object
) -> "subprocess.CompletedProcess[str]":
    """Run kg as users do; output is read as UTF-8 with what is not replaced."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    surroundings = {**os.environ, **(env or {})}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=300,
        env=surroundings, **options,
    )  # type: ignore[call-overload,no-any-return]  # fmt: skip


def kg_here(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """As `kg`, in this process, where neither the process nor its surroundings are what is tested."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    command = ["kg", *map(str, arguments)]
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr(sys, "argv", command)
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session", autouse=True)
def _one_extractor() -> Iterator[None]:
    """Builds of this process share their extractors: loading one takes longer than the rest of a build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_load", cache(workers._load))
        yield


def build(listing: Path, folder: Path, *arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
    """`kg build` with the rules alone, in one process."""
    return kg("build", listing, "-o", folder, "--extractors", RULES, "--jobs", 1, "--quiet", *arguments, **options)


def built(listing: Path, folder: Path, **settings: Any) -> BuildReport:
    """As `build`, in this process; errors are raised."""
    options = BuildOptions(**{"extractors": tuple(RULES.split(",")), "jobs": 1, **settings})
    return pipeline_build([str(listing)], folder, options, lambda *_: None)


@pytest.fixture(scope="session")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of three papers; copy it before it is touched."""
    folder = tmp_path_factory.mktemp("old")
    built(write_listing(folder / "papers.jsonl", 3), folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of all six papers on which nothing went wrong."""
    folder = tmp_path_factory.mktemp("new")
    built(write_listing(folder / "papers.jsonl"), folder / "out")
    return folder / "out"


@pytest.fixture
def folder(old: Path, tmp_path: Path) -> Path:
    """A copy of the build of three papers, to be ruined."""
    return Path(shutil.copytree(old, tmp_path / "out"))


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """All six papers."""
    return write_listing(tmp_path / "papers.jsonl")


def contents(folder: Path) -> dict[str, bytes]:
    """What a user finds in a build folder: all files but the cache, the store's own and the report's timings."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    kept = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in kept.items() if not name.startswith(_OWN)}


def is_clear(done: "subprocess.CompletedProcess[str]") -> bool:
    """Whether a command failed with a message for people and not with a traceback."""
    return done.returncode == 1 and done.stderr.startswith("kg: ") and "Traceback" not in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes; only root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
