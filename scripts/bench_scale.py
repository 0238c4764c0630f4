"""Papers per second of `kg build` by stage, peak memory, growth, and what all of arXiv and OpenAlex would take.

    python scripts/bench_scale.py papers.jsonl.gz --sizes 1000 3000 10000 [--model] [--jobs 2] [--room N] [--work DIR]

The listing's first N papers are built for each size, one size over the other, so that only what is new is extracted; of
the largest size first without its last hundred papers, then with them, then again with nothing new, then with one name
more in the ontology. Rules only unless `--model` is given. Times are processor seconds (what a busy machine takes from
us is not counted); the last rows are on the clock. Memory is the sum of all processes of a build, sampled; that of the
process that resolves, assembles and exports is told beside it. With `--room` it holds no more papers, nodes or
assertions than so many, and draws no more nodes, as if the listing were too long for it: so memory is seen to grow as
it does there. Linux only.
"""

import argparse
import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RULES = "acronym,cue,extension,lexicon,name,title"
AFTER = ("resolve", "assemble", "export", "store", "validate")
STAGES = ("read", "extract", *AFTER)
TARGETS = (("arXiv", 3_000_000), ("OpenAlex", 250_000_000))
_NEW = 100
_NAMES = "name\ttype\nclip art generation\tTask\n"
_SMALL = """
import sys
from pathlib import Path
from kg.pipeline import BuildOptions, OutputOptions, build
listing, folder, jobs, room, extractors, *ontology = sys.argv[1:]
output, names = OutputOptions(shown=int(room)), tuple(filter(None, extractors.split(",")))
files = tuple(map(Path, ontology))
options = BuildOptions(jobs=int(jobs), room=int(room), extractors=names, output=output, ontology=files)
report = build([listing], Path(folder), options, lambda *_: None)
print(report.extracted, "papers extracted in a small room")
"""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """One build: papers, those extracted now, processor seconds by stage and in all, on the clock, peak megabytes.

    ``own`` megabytes are those of the process that assembles and exports.
    """

    papers: int
    extracted: int
    cpu: dict[str, float]
    worked: float
    seconds: float
    megabytes: float
    own: float

    def cost(self, stage: str) -> float:
        """Processor seconds that a paper takes in a stage."""
        return self.cpu.get(stage, 0.0) / max(self.extracted if stage == "extract" else self.papers, 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.work) as name:
        room = Path(name)
        lines = _lines(options.listings)
        sizes = [size for size in sorted(options.sizes) if size <= len(lines)]
        runs = [_run(room, lines[:size], options) for size in (*sizes[:-1], sizes[-1] - _NEW)]
        added, again = (_run(room, lines[: sizes[-1]], options) for _ in range(2))
        (room / "names.tsv").write_text(_NAMES, encoding="utf-8")
        other = _run(room, lines[: sizes[-1]], options, str(room / "names.tsv"))
    print("\n".join((*stages_table(runs), "", *projection(runs), "", *incremental(runs, (added, again, other)))))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure kg build at several sizes.")
    parser.add_argument("listings", nargs="+", type=Path, help="JSON Lines, gzip-compressed or not")
    parser.add_argument("--sizes", nargs="+", type=int, default=[1000, 3000, 10_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--room", type=int, default=0, help="records of a kind in memory; 0: as kg build has it")
    parser.add_argument("--model", action="store_true", help="with the trained model")
    parser.add_argument("--work", type=Path, help="where to build (default: the system's folder for such files)")
    return parser


def _lines(listings: Iterable[Path]) -> list[bytes]:
    lines: list[bytes] = []
    for listing in listings:
        with gzip.open(listing) if listing.suffix == ".gz" else listing.open("rb") as stream:
            lines += stream
    return lines


def _run(room: Path, lines: Sequence[bytes], options: argparse.Namespace, *ontology: str) -> Run:
    listing, folder = room / "papers.jsonl", room / "build"
    listing.write_bytes(b"".join(lines))
    command = _command(listing, folder, options, *ontology)
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peak = own = 0.0
    while process.poll() is None:
        peak = max(peak, _megabytes(process.pid))
        own = max(own, _own_megabytes(process.pid))
        time.sleep(0.1)
    seconds, after = time.perf_counter() - start, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    said = process.stdout.read().decode() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"kg build failed at {len(lines)} papers")
    print(f"{len(lines):,} papers in {seconds:.1f} s", file=sys.stderr, flush=True)
    told: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return Run(told["counts"]["papers"], _extracted(said), told["cpu"], worked, seconds, peak, own)


def _command(listing: Path, folder: Path, options: argparse.Namespace, *ontology: str) -> list[str]:
    extractors = "" if options.model else RULES
    if options.room:
        settings = (listing, folder, options.jobs, options.room, extractors, *ontology)
        return [sys.executable, "-c", _SMALL, *map(str, settings)]
    command = [sys.executable, "-m", "kg", "build", str(listing), "-o", str(folder), "--jobs", str(options.jobs)]
    command += [part for name in ontology for part in ("--ontology", name)]
    return [*command, "--extractors", extractors] if extractors else command


def _extracted(said: str) -> int:
    for line in said.splitlines():
        if " papers extracted in " in line:
            return int(line.split()[0].replace(",", ""))
    return 0


def _megabytes(session: int) -> float:
    """Resident memory of all processes of a session; pages that they share are counted once for each."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                total += int((entry / "statm").read_text().split()[1]) if int(fields[3]) == session else 0
            except (OSError, ValueError, IndexError):  # it ended while we looked
                continue
    return total * _PAGE / 1e6


def _own_megabytes(process: int) -> float:
    """Resident memory of one process."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 1e6
    except (OSError, IndexError):  # it ended while we looked
        return 0.0


def growth(runs: Sequence[Run], stage: str) -> float:
    """Exponent of a stage's time over the number of papers: least squares of the logarithms; 1 is linear."""
    points = [
        (math.log(run.papers), math.log(run.cost(stage) * run.papers))
        for run in runs
        if run.cost(stage) * run.papers > 0
    ]
    if len(points) < 2:
        return math.nan
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / sum((x - x_mean) ** 2 for x, _ in points)


def stages_table(runs: Sequence[Run]) -> Iterable[str]:
    """Papers per processor second by stage and size, the growth exponent, and memory."""
    yield "| papers | " + " | ".join(STAGES) + " | after extraction | peak MB | of one process |"
    yield "|---:" * (len(STAGES) + 4) + "|"
    for run in runs:
        after = sum(run.cost(stage) for stage in AFTER)
        rates = [_rate(run.cost(stage)) for stage in STAGES]
        yield f"| {run.papers:,} | {' | '.join(rates)} | {_rate(after)} | {run.megabytes:,.0f} | {run.own:,.0f} |"
    exponents = [f"{growth(runs, stage):.2f}" for stage in STAGES]
    yield f"| growth exponent | {' | '.join(exponents)} | | | |"


def _rate(cost: float) -> str:
    return f"{1 / cost:,.0f}" if cost else "-"


def projection(runs: Sequence[Run]) -> Iterable[str]:
    """Hours of one processor: the cost of a paper at the largest size, grown by the exponent where that is above 1."""
    last = runs[-1]
    yield "| stage | ms a paper | " + " | ".join(f"{name}, {count / 1e6:g} M: hours" for name, count in TARGETS) + " |"
    yield "|---|---:" + "|---:" * len(TARGETS) + "|"
    sums = [0.0] * len(TARGETS)
    for stage in STAGES:
        above = max(0.0, growth(runs, stage) - 1) if len(runs) > 1 else 0.0
        hours = [last.cost(stage) * count * (count / last.papers) ** above / 3600 for _, count in TARGETS]
        sums = [total + one for total, one in zip(sums, hours, strict=True)]
        yield f"| {stage} | {1000 * last.cost(stage):.2f} | {' | '.join(f'{one:,.1f}' for one in hours)} |"
    yield f"| all | | {' | '.join(f'{one:,.1f}' for one in sums)} |"
    if len(runs) > 1:
        yield _memory("all processes", [run.papers for run in runs], [run.megabytes for run in runs])
        yield _memory("one process", [run.papers for run in runs], [run.own for run in runs])


def _memory(whose: str, papers: Sequence[int], megabytes: Sequence[float]) -> str:
    slope = (megabytes[-1] - megabytes[0]) / (papers[-1] - papers[0])
    memory = [f"{slope * count / 1000:,.0f} GB" for _, count in TARGETS]
    return f"| memory, {whose} | {1000 * slope:.0f} kB | {' | '.join(memory)} |"


def incremental(runs: Sequence[Run], later: Sequence[Run]) -> Iterable[str]:
    """What a hundred new papers, nothing new and another ontology cost, against a build from nothing."""
    last = runs[-1]
    extraction = sum(run.cpu.get("extract", 0.0) for run in runs)
    whole = last.worked - last.cpu.get("extract", 0.0) + extraction
    yield "| build | papers extracted | processor seconds | share | seconds on the clock |"
    yield "|---|---:|---:|---:|---:|"
    yield f"| {last.papers:,} papers from nothing | {last.papers:,} | {whole:,.1f} | 100 % | |"
    names = (f"the last {_NEW} added", "nothing new", "another ontology")
    for what, run in zip(names, later, strict=True):
        share = f"{100 * run.worked / whole:.1f} %"
        yield f"| {what} | {run.extracted:,} | {run.worked:,.1f} | {share} | {run.seconds:,.1f} |"


if __name__ == "__main__":
    main()
