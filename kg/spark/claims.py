"""What each paper claims, as tables: rows of `kg.graph.claims`, made on all workers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import AnnotatedPaper, Broader, Entity, Evidence, Node, Paper, Rejection, ResolvedPaper
from kg.graph.claims import Claim, claims
from kg.pipeline.records import resolved_record
from kg.spark.job import Job, ontology_of
from kg.spark.rows import Row, map_rows, schema, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

EVIDENCE = pa.struct(
    [
        ("paper", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("sentence", pa.string()),
        ("extractor", pa.string()),
        ("score", pa.float64()),
    ]
)
FOUND = schema(
    number=pa.int64(),
    place=pa.int64(),
    subject=pa.string(),
    predicate=pa.string(),
    object=pa.string(),
    evidence=EVIDENCE,
    year=pa.int64(),
    node_id=pa.string(),
    node=pa.binary(),
    rejection=pa.binary(),
)
"""A claim, a node or a rejection of a paper; the columns of the other two are null. ``year`` is the paper's, or 0."""

_NOTES = schema(number=pa.int64(), mentions=pa.int64(), rejections=pa.list_(pa.binary()))
_LINES = schema(line=pa.string())


def resolved(papers: "DataFrame", annotated: "DataFrame", places: "DataFrame") -> "DataFrame":
    """Every paper with its extraction and the ids and types of its entities, in the order of the entities."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    given = F.sort_array(F.collect_list(F.struct("place", "entity", "type"))).alias("given")
    entities = places.groupBy("number").agg(given)
    whole = papers.select("number", "paper", "node").join(annotated.select("number", "record"), "number")
    return whole.join(entities, "number", "left")


def find_claims(papers: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """Claims, nodes and rejections of `resolved` papers, as `FOUND`."""

    def find(rows: Iterator[Row]) -> Iterator[Row]:
        ontology = ontology_of(job.value.ontology)
        for number, record, node, annotated, given in rows:
            paper = _resolved(record, annotated, given)
            types = {one["entity"]: one["type"] for one in given or ()}
            year = paper.annotated.paper.year or 0
            for place, found in enumerate(claims(paper, node, types, ontology)):
                yield _row(number, place, year, found)

    return map_rows(papers.select("number", "paper", "node", "record", "given"), find, FOUND)


def paper_lines(papers: "DataFrame") -> "DataFrame":
    """The lines of ``papers.jsonl``, in the order of the papers."""

    def lines(rows: Iterator[Row]) -> Iterator[Row]:
        for record, node, annotated, given in rows:
            told = resolved_record(_resolved(record, annotated, given), node)
            yield (json.dumps(told, ensure_ascii=False),)

    sorted_ = papers.orderBy("number")
    return map_rows(sorted_.select("paper", "node", "record", "given"), lines, _LINES)


def extraction_notes(papers: "DataFrame") -> "DataFrame":
    """How many mentions extraction found in each paper, and what it left out."""

    def notes(rows: Iterator[Row]) -> Iterator[Row]:
        for number, record in rows:
            read = msgspec.msgpack.decode(record, type=AnnotatedPaper)
            yield number, len(read.mentions), [msgspec.msgpack.encode(one) for one in read.rejections]

    return map_rows(papers.select("number", "record"), notes, _NOTES)


def _resolved(paper: bytes, annotated: bytes, given: list[dict[str, str]] | None) -> ResolvedPaper:
    read = replace(
        msgspec.msgpack.decode(annotated, type=AnnotatedPaper), paper=msgspec.msgpack.decode(paper, type=Paper)
    )
    return ResolvedPaper(read, tuple(one["entity"] for one in given or ()))


def _row(number: int, place: int, year: int, found: Claim | Node | Rejection) -> Row:
    if isinstance(found, Claim):
        reason = msgspec.to_builtins(found.evidence)
        return number, place, found.subject, found.predicate, found.object, reason, year, None, None, None
    packed = msgspec.msgpack.encode(found)
    if isinstance(found, Node):
        return number, place, None, None, None, None, year, found.id, packed, None
    return number, place, None, None, None, None, year, None, None, packed


def of_entities(spark: "SparkSession", entities: "Iterable[Entity]", broader: "Iterable[Broader]") -> "DataFrame":
    """Nodes of all entities, which go before any of a paper, and claims of their hierarchy, as `FOUND`."""
    nodes = (_row(-1, 0, 0, Node(one.id, one.type, one.name, one.aliases, one.identifiers)) for one in entities)
    steps = (
        _row(-1, 0, 0, Claim(step.narrower, "broader", step.broader, Evidence("", 0, 0, step.reason, "hierarchy", 1.0)))
        for step in broader
    )
    return to_frame(spark, (row for rows in (nodes, steps) for row in rows), FOUND)
