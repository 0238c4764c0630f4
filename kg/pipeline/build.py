"""The whole way: listings in, a folder of graph files out."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import kg.extract
from kg.data import AnnotatedPaper, Paper, Rejection, Run
from kg.errors import InputError
from kg.graph import assemble, digest
from kg.ontology import BUILT, Ontology, load_ontology
from kg.pipeline.cache import open_cache
from kg.pipeline.folder import content_key, is_current, locked, write_manifest
from kg.pipeline.options import BuildOptions, BuildReport
from kg.pipeline.outputs import check_formats, write_outputs
from kg.pipeline.report import counts, file_digest, read_report, source_digest, write_report
from kg.pipeline.search import search_rows
from kg.pipeline.workers import annotate
from kg.query import build_index, build_store, open_store, violations
from kg.read import read_papers, unify
from kg.resolve import builtin_overrides, read_overrides, resolve

Progress = Callable[[str, int, int], None]  # stage, done, total


def build(inputs: Sequence[str], folder: Path, options: BuildOptions, progress: Progress) -> BuildReport:
    """Build the graph of `inputs` into `folder`.

    Raises `InputError` when no paper could be read, `OntologyError`, `ExportError` and `StoreError` as they come; the
    files of an earlier build stay whole until their successors are.
    """
    check_formats(options.output.formats)
    clock = _Clock()
    ontology = load_ontology(options.ontology)
    given = (override for file in options.overrides for override in read_overrides(file))
    overrides = (*builtin_overrides(), *given)
    with clock.stage("read"):
        papers, refused = _read(inputs, options.format_name)
    fingerprint = _fingerprint(ontology, options)
    run = _run(ontology, fingerprint, inputs)
    key = content_key(papers, refused, repr(run), repr(overrides), repr(options.output), _code())
    with locked(folder):
        if is_current(folder, key):
            return read_report(folder, clock.seconds)
        with clock.stage("extract"):
            annotated, extracted = _extract(papers, folder, fingerprint, options, progress)
        with clock.stage("resolve"):
            resolution = resolve(annotated, ontology, overrides)
        with clock.stage("assemble"):
            graph = replace(assemble(resolution, ontology), run=run)
        with clock.stage("export"):
            written = write_outputs(graph, resolution, ontology, folder, options)
        with clock.stage("store"):
            build_store(folder / "graph.nt.gz", folder / "store")
            build_index(*search_rows(graph), folder / "search.sqlite")
        with clock.stage("validate"):
            found = violations(open_store(folder / "store"), ontology)
        rejections = (*refused, *(item for paper in annotated for item in paper.rejections), *graph.rejections)
        written = (*written, BUILT, "store", "search.sqlite", "report.json")
        numbers = counts(graph, resolution) | {"violations": len(found)}
        report = BuildReport(folder, numbers, clock.seconds, rejections, extracted, written, found)
        write_report(folder / "report.json", report, resolution, ontology, fingerprint)
        write_manifest(folder, key, written)
    return report


class _Clock:
    """Seconds by stage, in the order in which the stages ran."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def _read(inputs: Sequence[str], format_name: str) -> tuple[list[Paper], list[Rejection]]:
    papers: list[Paper] = []
    refused: list[Rejection] = []
    for found in read_papers(inputs, format_name=format_name):
        if isinstance(found, Paper):
            papers.append(found)
        else:
            refused.append(found)
    if not papers:
        reasons = "; ".join(f"{item.where}: {item.reason}" for item in refused[:3]) or "the input is empty"
        raise InputError(f"no paper could be read: {reasons}")
    unified = unify(papers)
    return list(unified.papers), [*refused, *unified.rejections]


def _run(ontology: Ontology, fingerprint: str, inputs: Sequence[str]) -> Run:
    files = tuple((Path(name).name, file_digest(Path(name))) for name in inputs if Path(name).is_file())
    run = Run("", kg.__version__, ontology.digest, digest(fingerprint), tuple(sorted(set(files))))
    return replace(run, id=f"run/{digest(repr(run))}")


@cache
def _code() -> str:
    return source_digest(Path(kg.__file__).parent)


def _fingerprint(ontology: Ontology, options: BuildOptions) -> str:
    code = source_digest(Path(kg.extract.__file__).parent)
    return f"{code} {ontology.digest} {','.join(options.extractors)} {options.min_score}"


def _extract(
    papers: Sequence[Paper], folder: Path, fingerprint: str, options: BuildOptions, progress: Progress
) -> tuple[tuple[AnnotatedPaper, ...], int]:
    with open_cache(folder / "cache", fingerprint) as cache:
        keys = [cache.key(paper) for paper in papers]
        known = cache.known(keys)
        new = list({key: paper for key, paper in zip(keys, papers, strict=True) if key not in known}.values())
        done = 0
        jobs = options.jobs or os.cpu_count() or 1
        for chunk in annotate(new, options.ontology, options.extractors, options.min_score, jobs):
            cache.store(chunk)
            done += len(chunk)
            progress("extract", done, len(new))
        return tuple(cache.load(papers)), len(new)
