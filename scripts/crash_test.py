"""Kill `kg build` with SIGKILL at random moments; the next run must end with the bytes of an undisturbed one.

    python scripts/crash_test.py examples/papers.jsonl --kills 50 --seed 7

Half of the kills meet a first build, half one over a build of fewer papers; one in two leaves the processes that the
build had started to themselves. Every file is compared byte for byte but the report (it holds timings) and the cache of
extractions; of the store, which names its files anew each time, all triples. Exit code 1 if anything differs. Leave
kg's code alone while it runs: files tell which code made them.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

RULES = "acronym,cue,extension,lexicon,name,title"
_APART = ("report.json", "store", "cache/extractions", "cache/lock", "cache/manifest.json")
_PATIENCE = 900.0
_KG = "from kg.pipeline import storing; storing._SMALL = 0; from kg.cli.main import main; main()"
"""kg, with the store built in a process of its own (from two jobs on) however little there is to store."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built and how."""

    listing: Path
    fewer: Path
    jobs: int
    extractors: str

    def command(self, listing: Path, folder: Path) -> list[str]:
        """The build of a listing into a folder. All listings have one name, which the graph tells."""
        options = ["--jobs", str(self.jobs), "--extractors", self.extractors, "--quiet"]
        return [sys.executable, "-c", _KG, "build", str(listing), "-o", str(folder), *options]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all kills; returns the exit code."""
    options = _options().parse_args(arguments)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        plan = _plan(options, room)
        start = time.monotonic()
        build(plan, plan.listing, room / "whole")
        took = time.monotonic() - start
        expected = contents(room / "whole")
        print(f"undisturbed: {took:.1f} s, {len(expected)} files", flush=True)
        wrong = number = 0
        while number < options.kills:
            delay = chance.uniform(0, took)
            if not _kill(plan, room, number, delay):
                took = delay  # done before it could be killed: other work on the machine has ended
                continue
            number += 1
            said = _compare(plan, room / "killed", expected)
            wrong += said != "same bytes"
            print(f"{number}: killed after {delay:.2f} s: {said}", flush=True)
    print(f"{options.kills} kills, {options.kills - wrong} times the same bytes")
    return 1 if wrong else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Kill builds and see whether the next run makes good.")
    parser.add_argument("listing", type=Path, help="papers as JSON Lines")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--papers", type=int, default=70, help="how many of the listing")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--extractors", default=RULES, help="rules only unless told otherwise")
    return parser


def _plan(options: argparse.Namespace, room: Path) -> Plan:
    lines = options.listing.read_text(encoding="utf-8").splitlines(keepends=True)[: options.papers]
    for folder, part in (("all", lines), ("fewer", lines[: len(lines) // 2])):
        (room / folder).mkdir()
        (room / folder / "papers.jsonl").write_text("".join(part), encoding="utf-8")
    fewer = room / "fewer" / "papers.jsonl"
    return Plan(room / "all" / "papers.jsonl", fewer, options.jobs, options.extractors)


def build(plan: Plan, listing: Path, folder: Path) -> None:
    """An undisturbed build."""
    subprocess.run(plan.command(listing, folder), check=True, timeout=_PATIENCE)


def _kill(plan: Plan, room: Path, number: int, delay: float) -> bool:
    """Begin a build and kill it; False if it was done before. Nothing that it had started may go on."""
    folder = room / "killed"
    shutil.rmtree(folder, ignore_errors=True)
    if number % 2:
        build(plan, plan.fewer, folder)
    process = subprocess.Popen(plan.command(plan.listing, folder), start_new_session=True)
    time.sleep(delay)
    done = process.poll() is not None
    if not done:
        (os.kill if number % 4 < 2 else os.killpg)(process.pid, signal.SIGKILL)
        process.wait()
    if _left(process.pid):
        raise SystemExit(f"process {process.pid} was killed and left others behind")
    return not done


def _compare(plan: Plan, folder: Path, expected: dict[str, str]) -> str:
    """Build again where a build was killed, and say how the files are."""
    build(plan, plan.listing, folder)
    found = contents(folder)
    differing = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    return f"{', '.join(differing)} differ" if differing else "same bytes"


def _left(session: int) -> bool:
    """Whether a process of a build still runs a minute after the build has ended."""
    for _ in range(600):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def contents(folder: Path) -> dict[str, str]:
    """SHA-256 of every file by name, and of the sorted triples of the store."""
    found = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not name.startswith(_APART):
            found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    triples = sorted(map(str, ox.Store.read_only(str(folder / "store"))))
    found["store"] = hashlib.sha256("\n".join(triples).encode()).hexdigest()
    return found


if __name__ == "__main__":
    sys.exit(main())
