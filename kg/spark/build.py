"""The whole way on Spark: listings in, shards of a graph out, and the local engine's files where the graph is small."""

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import kg.extract
from kg.data import Rejection, Run
from kg.errors import InputError
from kg.graph import digest
from kg.ontology import Ontology, load_ontology
from kg.pipeline.folder import locked
from kg.pipeline.options import BuildOptions, BuildReport
from kg.pipeline.outputs import check_formats
from kg.pipeline.report import file_digest, source_digest
from kg.resolve import Override, builtin_overrides, read_overrides
from kg.spark.assemble import assertions, nodes
from kg.spark.claims import find_claims, of_entities, paper_lines, resolved
from kg.spark.duplicates import named, rejections, unified
from kg.spark.extract import extracted, keyed
from kg.spark.finish import TABLES, Outcome, counted_merges, finish, left_out
from kg.spark.inputs import locate
from kg.spark.job import Job, send
from kg.spark.names import read_names
from kg.spark.read import check_format, read_listings
from kg.spark.resolve import Named, Resolver
from kg.spark.session import Shards, open_session, setting
from kg.spark.triples import ntriples

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Progress = Callable[[str, int, int], None]  # stage, done, total

_SPLIT_BYTES = 128 << 20
_PAPERS_A_STEP = 200_000


def build_on_spark(
    inputs: Sequence[str], folder: Path, options: BuildOptions, progress: Progress, *, master: str = ""
) -> BuildReport:
    """Build the graph of `inputs` on the cluster at `master`: shards below ``spark.kg.shards``, the rest in `folder`.

    Raises as `kg.pipeline.build` does, and `KgError` without PySpark or Java.
    """
    check_formats(options.output.formats)
    check_format(options.format_name)
    ontology = load_ontology(options.ontology)
    given = (override for file in options.overrides for override in read_overrides(file))
    overrides = (*builtin_overrides(), *given)
    job = _job(ontology, options, inputs)
    with locked(folder), open_session(master) as spark:
        root = setting(spark, "spark.kg.shards", f"{folder.resolve()}/shards")
        build = _Build(spark, Shards(spark, root), job, progress)
        outcome = build.run(inputs, options.format_name, overrides)
        return finish(outcome, folder, ontology, options, job, build.seconds)


def _job(ontology: Ontology, options: BuildOptions, inputs: Sequence[str]) -> Job:
    """As the local engine, so that a graph tells the same of how it was made."""
    code = source_digest(Path(kg.extract.__file__).parent)
    fingerprint = f"{code} {ontology.digest} {','.join(options.extractors)} {options.min_score}"
    files = {(Path(name).name, file_digest(Path(name))) for name in inputs if Path(name).is_file()}
    run = Run("", kg.__version__, ontology.digest, digest(fingerprint), tuple(sorted(files)))
    run = replace(run, id=f"run/{digest(repr(run))}")
    packed = pickle.dumps(ontology)
    return Job(packed, fingerprint, options.extractors, options.min_score, options.output.provenance, run)


class _Build:
    """One build: its folders, its clock, and the steps in their order."""

    def __init__(self, spark: "SparkSession", shards: Shards, job: Job, progress: Progress) -> None:
        self._spark = spark
        self._shards = shards
        self._work = Shards(spark, shards.path("work"))
        self._kept = Shards(spark, shards.path("kept"))
        self._job = send(spark, job)
        self._ontology: Ontology = pickle.loads(job.ontology)  # noqa: S301 - packed by `_job`
        self._progress = progress
        self.seconds: dict[str, float] = {}

    def run(self, inputs: Sequence[str], format_name: str, overrides: Sequence[Override]) -> Outcome:
        """All steps. The shards of an earlier build stay until all of their successors are written."""
        with self._stage("read"):
            papers, refused = self._read(inputs, format_name)
            number = papers.count()
        with self._stage("extract"):
            annotated, now = self._extract(papers, number)
        with self._stage("resolve"):
            found, places = self._resolve(annotated, number, overrides)
        with self._stage("assemble"):
            whole = self._work.keep("resolved", resolved(papers, annotated, places))
            claims = self._assemble(whole, found)
        with self._stage("export"):
            self._write(whole)
            merges = counted_merges(found, places)
            notes = left_out(refused, whole, claims)
            self._work.delete()
        return Outcome(self._shards, number, now, found, merges, notes)

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start

    def _read(self, inputs: Sequence[str], format_name: str) -> "tuple[DataFrame, list[Rejection]]":
        split = int(setting(self._spark, "spark.kg.splitBytes", str(_SPLIT_BYTES)))
        files, refused = locate(self._spark, inputs, format_name, split)
        if files:
            found = self._work.keep("found", read_listings(self._spark, files, format_name))
            found = self._work.keep("unified", unified(self._spark, found))
            refused += rejections(found)
            papers = self._work.keep("papers", keyed(named(found), self._job))
            if not papers.isEmpty():
                return papers, refused
        reasons = "; ".join(f"{item.where}: {item.reason}" for item in refused[:3]) or "the input is empty"
        raise InputError(f"no paper could be read: {reasons}")

    def _extract(self, papers: "DataFrame", number: int) -> "tuple[DataFrame, int]":
        step = int(setting(self._spark, "spark.kg.papersAStep", str(_PAPERS_A_STEP)))
        self._progress("extract", 0, number)
        kept, now = extracted(papers, self._kept, self._job, step)
        self._progress("extract", number, number)
        return self._work.keep("annotated", papers.join(kept, "key").select("number", "record")), now

    def _resolve(self, annotated: "DataFrame", number: int, overrides: Sequence[Override]) -> "tuple[Named, DataFrame]":
        names = self._work.keep("names", read_names(annotated, self._job))
        found, places = Resolver(names, annotated, self._job, self._ontology).resolve(number, overrides, self._work)
        return found, self._work.keep("places", places)

    def _assemble(self, whole: "DataFrame", found: Named) -> "DataFrame":
        entities = of_entities(self._spark, found.entities, found.broader)
        claims = self._work.keep("claims", find_claims(whole, self._job).unionByName(entities))
        edges = self._work.keep("assertions", assertions(claims))
        self._work.keep("nodes", nodes(claims, edges))
        return claims

    def _write(self, whole: "DataFrame") -> None:
        triples = ntriples(self._work.read("nodes"), self._work.read("assertions"), self._job)
        for name, lines in (("graph.nt", triples), ("papers.jsonl", paper_lines(whole))):
            lines.write.mode("overwrite").option("compression", "gzip").text(self._work.path(name))
        for name in TABLES:
            self._shards.replace(name, self._work)
