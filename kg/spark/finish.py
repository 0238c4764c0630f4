"""The end of a build on Spark: what was counted and left out, and the local engine's files where the graph is small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import Graph, Merge, Rejection, Resolution
from kg.files import atomic_text, together
from kg.ontology import BUILT, Ontology, write_yaml
from kg.pipeline.build import write_graph
from kg.pipeline.clock import Clock
from kg.pipeline.folder import forget, write_manifest
from kg.pipeline.options import BuildOptions, BuildReport
from kg.pipeline.report import write_report
from kg.query import Violation
from kg.resolve import Override, idle
from kg.spark.assemble import assertion_of, node_of
from kg.spark.claims import extraction_notes
from kg.spark.job import Job
from kg.spark.resolve import Named
from kg.spark.rows import collected, schema, to_frame
from kg.spark.session import Shards, setting

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

TABLES = ("nodes", "assertions", "graph.nt", "papers.jsonl")
"""What a build leaves below the folder of shards: two tables in Parquet, and two kinds of lines, gzip-compressed."""

_LOCAL_NODES = 200_000
_TOLD = 100_000  # rejections in the report


@dataclass(frozen=True, slots=True)
class Notes:
    """Mentions in all papers, how much was left out, and the first of that."""

    mentions: int
    rejected: int
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the steps on the cluster came to; ``extracted`` papers were not known from an earlier build."""

    shards: Shards
    papers: int
    extracted: int
    resolution: Resolution
    notes: Notes


def decided(named: Named, places: "DataFrame", given: Sequence[Override], ontology: Ontology) -> Resolution:
    """What was decided of the names, as the local engine tells it, without the papers; `given` are the user's rows."""
    resolution = Resolution((), named.entities, _counted_merges(named, places), named.broader)
    return replace(resolution, rejections=idle(given, resolution, ontology))


def _counted_merges(named: Named, places: "DataFrame") -> tuple[Merge, ...]:
    """The merges with the number of different papers that have each."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    text = pa.string()
    columns = schema(name_id=text, variant=text, entity=text, form=text, type=text)
    forms = to_frame(places.sparkSession, _merged_forms(named), columns)
    joined = places.select("number", "name_id", "variant").join(forms, ["name_id", "variant"])
    counts = joined.groupBy("entity", "form", "type").agg(F.countDistinct("number"))
    papers = {(entity, form, kind): count for entity, form, kind, count in collected(counts)}
    return tuple(replace(merge, papers=papers[merge.entity, merge.name, merge.type]) for merge in named.merges)


def _merged_forms(named: Named) -> Iterator[tuple[str, str, str, str, str]]:
    shared = {entity.id for counted, entity in named.nodes if counted.item.named}
    for counted, entity in named.nodes:
        own = counted.item.entity
        for form in dict.fromkeys(filter(None, (own.name, *own.aliases, counted.item.subtitle))):
            if entity.id in shared or form != entity.name or own.type != entity.type:
                yield counted.name_id, counted.variant, entity.id, form, own.type


def left_out(
    refused: Sequence[Rejection], unmet: Sequence[Rejection], whole: "DataFrame", claims: "DataFrame"
) -> Notes:
    """What reading (`refused`), extraction, resolution (`unmet`) and assembly left out, in this order."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    notes = extraction_notes(whole)
    mentions = notes.agg(F.sum("mentions")).first()
    kept = notes.select("number", F.posexplode("rejections").alias("place", "rejection"))
    dropped = claims.where("rejection IS NOT NULL").select("number", "place", "rejection")
    found = list(refused)
    total = len(refused) + len(unmet)
    for frame, before in ((kept, ()), (dropped, unmet)):
        found += before
        total += frame.count()
        rows = collected(frame.orderBy("number", "place").limit(_TOLD).select("rejection"))
        found += [msgspec.msgpack.decode(record, type=Rejection) for (record,) in rows]
    return Notes(int(mentions[0] or 0) if mentions else 0, total, tuple(found[:_TOLD]))


def finish(
    outcome: Outcome, folder: Path, ontology: Ontology, options: BuildOptions, job: Job, clock: Clock
) -> BuildReport:
    """Write the report, and the files of the local engine if the nodes are no more than ``spark.kg.localNodes``."""
    nodes, edges = outcome.shards.read("nodes"), outcome.shards.read("assertions")
    counts = _counts(outcome, nodes, edges)
    most = int(setting(nodes.sparkSession, "spark.kg.localNodes", str(_LOCAL_NODES)))
    found: tuple[Violation, ...] = ()
    written: tuple[str, ...] = (BUILT, "report.json")
    with together(folder):
        if counts["nodes"] <= most:
            _write_papers(outcome.shards, folder / "papers.jsonl")
            written, found = write_graph(_graph(outcome, nodes, edges, job), ontology, folder, options, clock)
            counts |= {"violations": len(found)}
        else:
            with atomic_text(folder / BUILT) as stream:
                stream.write(write_yaml(ontology))
        rejections = outcome.notes.rejections
        report = BuildReport(folder, counts, clock.seconds, rejections, outcome.extracted, written, found, clock.cpu)
        write_report(folder / "report.json", report, outcome.resolution, ontology, job.fingerprint)
        forget(folder)
    write_manifest(folder, f"spark {job.run.id}", written)
    return report


def _counts(outcome: Outcome, nodes: "DataFrame", edges: "DataFrame") -> dict[str, int]:
    """As the local engine counts: nodes by type, assertions by predicate, and totals."""
    types = {f"nodes.{name}": count for name, count in collected(nodes.groupBy("type").count())}
    predicates = {f"assertions.{name}": count for name, count in collected(edges.groupBy("predicate").count())}
    totals = {
        "papers": outcome.papers,
        "mentions": outcome.notes.mentions,
        "entities": len(outcome.resolution.entities),
        "nodes": sum(types.values()),
        "assertions": sum(predicates.values()),
        "merges": len(outcome.resolution.merges),
        "rejections": outcome.notes.rejected,
    }
    return dict(sorted((types | predicates | totals).items()))


def _graph(outcome: Outcome, nodes: "DataFrame", edges: "DataFrame", job: Job) -> Graph:
    """The whole graph in memory."""
    points = sorted((node_of(row) for row in collected(nodes)), key=lambda node: node.id)
    claims = sorted(map(assertion_of, collected(edges)), key=lambda one: (one.subject, one.predicate, one.object))
    rejections = tuple(item for item in outcome.notes.rejections if item.stage in ("resolve", "graph"))
    return Graph(tuple(points), tuple(claims), rejections, job.run)


def _write_papers(shards: Shards, path: Path) -> None:
    """The records of all papers in one file, in the order of the papers."""
    spark = shards.read("nodes").sparkSession
    text = spark.read.option("lineSep", "\n").text(shards.path("papers.jsonl"))
    lines = sorted(collected(text.select("_metadata.file_name", "value")), key=itemgetter(0))  # in order in each file
    with atomic_text(path) as stream:
        stream.writelines(f"{line}\n" for _, line in lines)
