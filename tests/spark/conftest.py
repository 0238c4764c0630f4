"""One build by the local engine and a cluster of two workers, shared by the tests that compare them."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.spark.cluster import Cluster, running

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SECONDS = 1_500
OVERRIDES = Path(__file__).with_name("overrides.tsv")
RULES = (
    "--extractors", os.environ.get("KG_SPARK_EXTRACTORS", "acronym,cue,extension,lexicon,name,title"),
    "--overrides", str(OVERRIDES),
)  # fmt: skip
WITHOUT_PYSPARK = "PySpark is not installed; scripts/test_spark makes an environment that has it"


OF_ONE_NAME = tuple(
    {"title": title, "abstract": abstract, "date": date}
    for title, abstract, date in (
        ("ZebRix: Sparse Kernels for Protein Folding", "We introduce ZebRix, a kernel method that folds long protein "
         "chains with sparse kernels. ZebRix needs one machine for a chain of amino acids.", "2024-01-10"),
        ("Docking on Chains", "We build on ZebRix to fold protein chains of amino acids before docking.", "2024-06-02"),
        ("ZebRix: A Planner for Warehouse Robots", "We introduce ZebRix, a planner for fleets of mobile robots in "
         "large warehouses. ZebRix keeps forklifts out of deadlocks.", "2024-03-05"),
        ("MIMO: A Diver", "We introduce MIMO, a model that dives for pearls in oceans of salt.", "2024-05-01"),
        ("MiMo: A Baker", "We introduce MiMo, a model that bakes bread from flour and yeast.", "2024-06-01"),
        ("Rolls", "We use MiMo to bake rolls.", "2024-07-01"),
        ("Fewer Deadlocks of Forklifts", "We use ZebRix to plan fleets of robots in warehouses.", "2024-07-01"),
    )
)  # fmt: skip


def kg_build(
    inputs: list[Path], folder: Path, *options: str, env: dict[str, str] | None = None
) -> "subprocess.Popen[str]":
    """Start `kg build`."""
    command = [sys.executable, "-m", "kg", "build", *map(str, inputs), "-o", str(folder), "--quiet", *RULES, *options]
    return subprocess.Popen(
        command, cwd=ROOT, env=env or dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finished(build: "subprocess.Popen[str]") -> None:
    """Wait for a build, which must succeed."""
    out, err = build.communicate(timeout=SECONDS)
    assert build.returncode == 0, f"{out}\n{err[-6000:]}"


def triples(folder: Path) -> list[str]:
    """All lines of the N-Triples of a build, in shards or in one file, sorted."""
    shards = sorted((folder / "shards" / "graph.nt").glob("part-*.gz"))
    lines: list[str] = []
    for file in shards or [folder / "graph.nt.gz"]:
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as stream:
            lines += stream
    return sorted(lines)


def counts(folder: Path) -> dict[str, int]:
    """What the report of a build counts."""
    told: dict[str, int] = json.loads((folder / "report.json").read_text(encoding="utf-8"))["counts"]
    return told


@pytest.fixture(scope="session")
def listings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The example papers as text, most of them once more as JSON Lines with ids and dates, and papers of our own.

    These are two editorials, and papers of things that share a name, two of which are called as a known one.
    """
    folder = tmp_path_factory.mktemp("listings")
    lines = (EXAMPLES / "papers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    same = {"title": "Editorial", "abstract": "We propose the LLM score, a measure of large language models (LLMs)."}
    other = {"title": "Editorial", "abstract": "This issue evaluates SAM on ImageNet, and LLM agents on GSM8K."}
    (folder / "b.jsonl").write_text("".join(lines[:60]), encoding="utf-8")
    written = "".join(f"{json.dumps(one)}\n" for one in (same, other, *OF_ONE_NAME))
    (folder / "c.jsonl").write_text(written, encoding="utf-8")
    return [EXAMPLES / "papers.txt", folder]


@pytest.fixture(scope="session")
def local(listings: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a build by the local engine, which nobody needs where there is no other to compare."""
    pytest.importorskip("pyspark", reason=WITHOUT_PYSPARK)
    folder = tmp_path_factory.mktemp("local")
    finished(kg_build(listings, folder, "--jobs", "1"))
    return folder


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers on this machine."""
    pytest.importorskip("pyspark", reason=WITHOUT_PYSPARK)
    with running(tmp_path_factory.mktemp("cluster"), workers=2) as started:
        yield started


@pytest.fixture(scope="session")
def on_spark(listings: list[Path], cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a build by two workers, of which none was harmed."""
    folder = tmp_path_factory.mktemp("spark")
    finished(kg_build(listings, folder, "--engine", "spark", "--master", cluster.master, env=cluster.env))
    return folder


def until(there: Callable[[], bool], build: "subprocess.Popen[str]") -> None:
    """Wait until something is there while a build runs."""
    deadline = time.monotonic() + SECONDS
    while not there():
        assert build.poll() is None, build.communicate()[1][-6000:]
        assert time.monotonic() < deadline
        time.sleep(0.1)
