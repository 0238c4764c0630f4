"""The whole way: listings in, a folder of graph files out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import __version__
from kg.data import AnnotatedPaper, Graph, Paper, Rejection, Resolution, ResolvedPaper, Run
from kg.errors import InputError
from kg.export.rdf import doubtful
from kg.files import file_digest, together
from kg.graph import assemble, digest, with_ids
from kg.ontology import BUILT, Ontology, load_ontology
from kg.pipeline.answers import open_answers
from kg.pipeline.cache import ExtractionCache, open_cache
from kg.pipeline.clock import Clock, collector_paused
from kg.pipeline.dates import dated_from
from kg.pipeline.fingerprint import answers_fingerprint, asks_model, fingerprint_of, source_digest
from kg.pipeline.folder import content_key, current_files, forget, locked, write_manifest
from kg.pipeline.jobs import default_jobs
from kg.pipeline.options import BuildOptions, BuildReport
from kg.pipeline.outputs import check_formats, drawn_in_part, write_ntriples_of, write_others
from kg.pipeline.records import recorded
from kg.pipeline.report import counts, read_report, write_report
from kg.pipeline.search import search_rows
from kg.pipeline.storing import storing
from kg.pipeline.workers import annotate
from kg.query import Violation, build_index
from kg.read import nothing_read, read_into, unify
from kg.resolve import Override, builtin_overrides, idle, read_overrides, resolve
from kg.shelf import Picked, Room, shelve

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class _Task:
    """All that a build depends on, read and hashed."""

    papers: Sequence[Paper]
    refused: Sequence[Rejection]
    ontology: Ontology
    overrides: Sequence[Override]  # those that come with kg, then the user's
    given: Sequence[Override]  # the user's
    fingerprint: str
    run: Run
    key: str


@dataclass(slots=True)
class _Tally:
    """What is counted while the annotated papers pass by one after the other."""

    mentions: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    def count(self, papers: Iterable[AnnotatedPaper]) -> Iterator[AnnotatedPaper]:
        """The papers as they come."""
        for paper in papers:
            self.mentions += len(paper.mentions)
            self.rejections += paper.rejections
            yield paper


def build(inputs: Sequence[str], folder: Path, options: BuildOptions, progress: Progress) -> BuildReport:
    """Build the graph of `inputs` (files, folders, globs, ``-``) into `folder`, made if it is not there.

    `progress` is called with the name of a stage and the papers that it has done and will have done; both are 0 where a
    stage begins that does not count papers. More jobs than one are processes that import the calling program again:
    call this below ``if __name__ == "__main__":``.

    Raises `InputError` when no paper could be read, `ExtractionError`, `OntologyError`, `ExportError` and `StoreError`
    as they come; the files of an earlier build stay as they are until all their successors are written.
    """
    check_formats(options.output.formats)
    clock = Clock(lambda stage: progress(stage, 0, 0))
    room = Room(options.room, folder / "cache")
    task = _task(inputs, options, room, clock)
    with locked(folder):
        files = current_files(folder, task.key)
        if files and (report := read_report(folder, files, clock.seconds)):
            return report
        tally = _Tally()
        with open_cache(folder / "cache", task.fingerprint) as cache:
            with clock.stage("extract", children=True):
                new = _extract(folder / "cache", cache, task, options, progress)
            with together(folder):
                resolution, graph = _assembled(cache, task, folder, room, clock, tally)
                with collector_paused():
                    written, found = write_graph(graph, task.ontology, folder, options, clock)
                rejections = (*task.refused, *tally.rejections, *graph.rejections)
                numbers = counts(graph, resolution, len(task.papers), tally.mentions) | {"violations": len(found)}
                numbers |= drawn_in_part(graph, options.output)
                report = BuildReport(folder, numbers, clock.seconds, rejections, new, written, found, clock.cpu)
                write_report(folder / "report.json", report, resolution, task.ontology, task.fingerprint)
                forget(folder)
        write_manifest(folder, task.key, written)
    return report


def _task(inputs: Sequence[str], options: BuildOptions, room: Room, clock: Clock) -> _Task:
    ontology = load_ontology(options.ontology)
    given = given_overrides(options, ontology)
    overrides = (*builtin_overrides(), *given)
    with clock.stage("read"):
        papers, refused = _read(inputs, options, room)
        fingerprint = fingerprint_of(ontology, options)
        run = run_of(ontology, fingerprint, inputs)
        key = content_key(papers, refused, repr(run), repr(overrides), repr(options.output), source_digest())
    return _Task(papers, refused, ontology, overrides, given, fingerprint, run, key)


def given_overrides(options: BuildOptions, ontology: Ontology) -> tuple[Override, ...]:
    """The rows of the user's files of overrides, in their order. Raises `InputError`."""
    return tuple(override for file in options.overrides for override in read_overrides(file, ontology))


def _read(inputs: Sequence[str], options: BuildOptions, room: Room) -> tuple[Sequence[Paper], list[Rejection]]:
    refused: list[Rejection] = []
    listed = read_into(refused, inputs, format_name=options.format_name, limits=options.limits)
    papers = shelve(listed, Paper, room)
    if not papers:
        raise nothing_read(refused)
    unified = unify(papers, room)
    kept, older = dated_from(unified.papers, options.since, room)
    if not kept:
        raise InputError(f"no paper is dated {options.since} or later ({len(unified.papers)} papers read)")
    return kept, [*refused, *unified.rejections, *older]


def run_of(ontology: Ontology, fingerprint: str, inputs: Sequence[str]) -> Run:
    """What makes the graph: software, ontology, extractors, and the files among `inputs` by digest."""
    files = tuple((Path(name).name, file_digest(Path(name))) for name in inputs if Path(name).is_file())
    run = Run("", __version__, ontology.digest, digest(fingerprint), tuple(sorted(set(files))))
    return replace(run, id=f"run/{digest(repr(run))}")


def jobs_of(options: BuildOptions) -> int:
    """How many processes read papers."""
    return options.jobs or (default_jobs() if options.device == "cpu" else 1)


def _extract(folder: Path, cache: ExtractionCache, task: _Task, options: BuildOptions, progress: Progress) -> int:
    """Extract what the cache does not hold; returns how many papers that were."""
    new = Picked(task.papers, cache.missing(task.papers))
    if not new:
        return 0
    done = 0
    with open_answers(folder, answers_fingerprint(options)) if asks_model(options) else nullcontext() as answers:
        for chunk in annotate(new, options, jobs_of(options), answers.recall if answers else None):
            cache.store(read.annotated for read in chunk)
            if answers:
                answers.keep((read.annotated.paper, read.answer) for read in chunk)
            done += len(chunk)
            progress("extract", done, len(new))
    return len(new)


def _assembled(
    cache: ExtractionCache, task: _Task, folder: Path, room: Room, clock: Clock, tally: _Tally
) -> tuple[Resolution, Graph]:
    """The graph, and the decisions on the way without the papers.

    Papers pass twice: names first, which is all that resolution holds; then one by one whole, each written to
    ``papers.jsonl`` as it goes by.
    """
    with collector_paused():
        with clock.stage("resolve"):
            resolution = resolve(cache.load_named(task.papers), task.ontology, task.overrides)
            ids = [paper.entity_ids for paper in resolution.papers]
            unmet = idle(task.given, resolution, task.ontology)
            resolution = replace(resolution, papers=(), rejections=unmet)
        with clock.stage("assemble"):
            whole = map(ResolvedPaper, tally.count(cache.load(task.papers)), ids)
            passing = recorded(with_ids(whole), folder / "papers.jsonl")
            graph = assemble(resolution, task.ontology, passing, room)
    return resolution, replace(graph, run=task.run)


def write_graph(
    graph: Graph, ontology: Ontology, folder: Path, options: BuildOptions, clock: Clock
) -> tuple[tuple[str, ...], tuple[Violation, ...]]:
    """Write all files of the graph; returns their names and what in the graph breaks a shape."""
    with clock.stage("export"):
        triples, changes = write_ntriples_of(graph, ontology, folder, options.output)
    with clock.stage("validate"):
        doubted = doubtful(graph, ontology, options.output.provenance)
    with storing(folder, options, len(graph.assertions), doubted, changes) as stored:
        with clock.stage("export"):
            written = write_others(graph, ontology, folder, options.output, triples)
            build_index(*search_rows(graph), folder / "search.sqlite")
        found, beside = stored()
    clock.add(beside)
    return (*written, BUILT, "store", "search.sqlite", "report.json"), found
