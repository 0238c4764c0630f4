"""Fuzz the targets with atheris, one forked process each, and print what was run and found.

    python -m fuzz.run [--runs N] [--longest BYTES] [TARGET...]

Inputs that reach new code are kept in build/fuzz/TARGET, so that the next run goes on from there. A finding is written
to tests/hostile/found/TARGET, where the tests take it up.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg"]):
    from fuzz import seeds
    from fuzz.targets import TARGETS, within_a_second

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "fuzz"
FOUND = ROOT / "tests" / "hostile" / "found"
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    """Share the executions among the targets, run them and print a table; 1 if anything was found."""
    parser = argparse.ArgumentParser(description="Fuzz kg.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"all if none is named: {', '.join(TARGETS)}")
    parser.add_argument("--runs", type=int, default=1_000_000, help="executions of all targets together")
    parser.add_argument("--longest", type=int, default=4096, help="bytes of an input")
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    shares = sum(TARGETS[name].share for name in names)
    total = findings = 0
    for name in names:
        begun = time.monotonic()
        made, sound = fuzz(name, -(-given.runs * TARGETS[name].share // shares), given.longest)
        total, findings = total + made, findings + (not sound)
        end = "" if sound else f"  FOUND: see {FOUND.relative_to(ROOT)}/{name} and {WORK.relative_to(ROOT)}/{name}.log"
        print(f"{name:24} {made:>9,} executions {time.monotonic() - begun:7.1f} s{end}", flush=True)
    print(f"{total:,} executions over {len(names)} targets, {findings} findings")
    return 1 if findings else 0


def fuzz(name: str, runs: int, longest: int) -> tuple[int, bool]:
    """Executions made in a process of their own, and whether all went well. (The fuzzer never returns.)"""
    log = WORK / f"{name}.log"
    for folder in (WORK / name, FOUND / name):
        folder.mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if not child:
        with log.open("wb") as stream:
            os.dup2(stream.fileno(), 1)
            os.dup2(stream.fileno(), 2)
        _begin(name, runs, longest)
    _, status = os.waitpid(child, 0)
    if not any((FOUND / name).iterdir()):
        (FOUND / name).rmdir()
    told = _DONE.findall(log.read_text(encoding="utf-8", errors="replace"))
    return int(told[-1]) if told else 0, status == 0


def _begin(name: str, runs: int, longest: int) -> None:
    for number, seed in enumerate(seeds.of(name)):
        (WORK / name / f"seed-{number}").write_bytes(seed)
    words = WORK / "words.txt"
    words.write_text(seeds.dictionary(), encoding="ascii")
    options: Sequence[str] = (
        f"-runs={runs}", f"-max_len={longest}", f"-dict={words}", f"-artifact_prefix={FOUND / name}/", "-timeout=600",
        "-rss_limit_mb=4096", "-print_final_stats=1", "-reload=0", str(WORK / name),
    )  # fmt: skip
    run = TARGETS[name].run
    atheris.Setup([sys.argv[0], *options], lambda data: within_a_second(run, data))
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
