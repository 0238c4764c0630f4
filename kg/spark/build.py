"""The whole way on Spark: listings in, shards of a graph out, and the local engine's files where the graph is small."""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.data import Rejection
from kg.errors import InputError
from kg.ontology import Ontology, load_ontology
from kg.pipeline.build import given_overrides, run_of
from kg.pipeline.clock import Clock
from kg.pipeline.fingerprint import fingerprint_of
from kg.pipeline.folder import forget, locked
from kg.pipeline.options import BuildOptions, BuildReport
from kg.pipeline.outputs import check_formats
from kg.read import nothing_read
from kg.resolve import Override, builtin_overrides
from kg.spark.assemble import assertions, nodes
from kg.spark.claims import find_claims, of_entities, paper_lines, resolved
from kg.spark.duplicates import dated, distinct, named, rejections, unified
from kg.spark.extract import extracted, keyed
from kg.spark.finish import TABLES, Outcome, decided, finish, left_out
from kg.spark.inputs import locate
from kg.spark.job import Job, send
from kg.spark.names import read_names
from kg.spark.read import format_on_spark, read_listings
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
    options = replace(options, format_name=format_on_spark(options.format_name))
    ontology = load_ontology(options.ontology)
    job = _job(ontology, options, inputs)
    with locked(folder), open_session(master) as spark:
        forget(folder)
        root = setting(spark, "spark.kg.shards", f"{folder.resolve()}/shards")
        build = _Build(spark, Shards(spark, root), job, progress)
        outcome = build.run(inputs, options, given_overrides(options, ontology))
        return finish(outcome, folder, ontology, options, job, build.clock)


def _job(ontology: Ontology, options: BuildOptions, inputs: Sequence[str]) -> Job:
    """As the local engine, so that a graph tells the same of how it was made."""
    fingerprint = fingerprint_of(ontology, options)
    return Job(
        ontology=pickle.dumps(ontology),
        fingerprint=fingerprint,
        extractors=options.extractors,
        min_score=options.min_score,
        device=options.device,
        limits=options.limits,
        provenance=options.output.provenance,
        run=run_of(ontology, fingerprint, inputs),
    )


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
        self.clock = Clock()

    def run(self, inputs: Sequence[str], options: BuildOptions, given: Sequence[Override]) -> Outcome:
        """All steps; `given` are the user's overrides.

        The shards of an earlier build stay until all of their successors are written.
        """
        with self.clock.stage("read"):
            papers, refused = self._read(inputs, options)
            number = papers.count()
        with self.clock.stage("extract"):
            annotated, now = self._extract(papers, number)
        with self.clock.stage("resolve"):
            found, places = self._resolve(papers, annotated, number, (*builtin_overrides(), *given))
        with self.clock.stage("assemble"):
            whole = self._work.keep("resolved", resolved(papers, annotated, places))
            claims = self._assemble(whole, found)
        with self.clock.stage("export"):
            self._write(whole)
            resolution = decided(found, places, given, self._ontology)
            notes = left_out(refused, resolution.rejections, whole, claims)
            self._work.delete()
        return Outcome(self._shards, number, now, resolution, notes)

    def _read(self, inputs: Sequence[str], options: BuildOptions) -> "tuple[DataFrame, list[Rejection]]":
        split = int(setting(self._spark, "spark.kg.splitBytes", str(_SPLIT_BYTES)))
        files, refused = locate(self._spark, inputs, options.format_name, split)
        if files:
            found = self._work.keep("found", read_listings(self._spark, files, options.format_name, options.limits))
            found = self._work.keep("unified", unified(self._spark, found))
            refused += rejections(found)
            if not found.where("paper IS NOT NULL").isEmpty():
                return self._named(found, options.since, refused)
        raise nothing_read(refused)

    def _named(
        self, found: "DataFrame", since: str, refused: Sequence[Rejection]
    ) -> "tuple[DataFrame, list[Rejection]]":
        papers, older = dated(distinct(found), since) if since else (distinct(found), [])
        kept = self._work.keep("papers", keyed(named(papers), self._job))
        if kept.isEmpty():
            raise InputError(f"no paper is dated {since} or later ({found.count()} listings read)")
        return kept, [*refused, *older]

    def _extract(self, papers: "DataFrame", number: int) -> "tuple[DataFrame, int]":
        step = int(setting(self._spark, "spark.kg.papersAStep", str(_PAPERS_A_STEP)))
        self._progress("extract", 0, number)
        kept, now = extracted(papers, self._kept, self._job, step)
        self._progress("extract", number, number)
        return self._work.keep("annotated", papers.join(kept, "key").select("number", "record")), now

    def _resolve(
        self, papers: "DataFrame", annotated: "DataFrame", number: int, overrides: Sequence[Override]
    ) -> "tuple[Named, DataFrame]":
        names = self._work.keep("names", read_names(annotated, self._job))
        resolver = Resolver(names, papers, annotated, self._job, self._ontology)
        found, places = resolver.resolve(number, overrides, self._work)
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
