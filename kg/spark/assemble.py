"""Assertions with all their evidence and nodes with their support, as Spark aggregations of what papers claim."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from kg.data import Assertion, Evidence, Node
from kg.graph import confidence
from kg.graph.assemble import evidence_order
from kg.spark.claims import EVIDENCE
from kg.spark.rows import Row, map_rows, schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ASSERTIONS = schema(
    subject=pa.string(),
    predicate=pa.string(),
    object=pa.string(),
    evidence=pa.list_(EVIDENCE),
    confidence=pa.float64(),
    papers=pa.int64(),
    first_year=pa.int64(),
    last_year=pa.int64(),
)
_TEXT, _NUMBER, _LIST = pa.string(), pa.int64(), pa.list_(pa.string())
NODES = schema(
    id=_TEXT, type=_TEXT, name=_TEXT, aliases=_LIST, identifiers=_LIST, papers=_NUMBER, first_year=_NUMBER,
    last_year=_NUMBER, confidence=pa.float64(), date=_TEXT, arxiv=_TEXT, doi=_TEXT, abstract=_TEXT, url=_TEXT,
    value=_TEXT, measure=_TEXT,
)  # fmt: skip
"""The columns of `Node`, in its order."""


def assertions(found: "DataFrame") -> "DataFrame":
    """Claims of one subject, predicate and object pooled, as `ASSERTIONS`."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    said = F.collect_set("evidence").alias("evidence")
    years = [
        F.coalesce(best(F.when(F.col("year") > 0, F.col("year"))), F.lit(0)).alias(name)
        for name, best in (("first_year", F.min), ("last_year", F.max))
    ]
    claims = found.where("predicate IS NOT NULL")
    pooled = claims.groupBy("subject", "predicate", "object").agg(said, *years)
    return map_rows(pooled, _with_confidence, ASSERTIONS)


def _with_confidence(rows: Iterator[Row]) -> Iterator[Row]:
    for subject, predicate, object_, said, first, last in rows:
        pieces = sorted((evidence_of(one) for one in said), key=evidence_order)
        papers = len({piece.paper for piece in pieces if piece.paper})
        told = [msgspec.to_builtins(piece) for piece in pieces]
        yield subject, predicate, object_, told, confidence(pieces), papers, first, last


def nodes(found: "DataFrame", assertions: "DataFrame") -> "DataFrame":
    """Nodes as the first paper brings them, with how many papers speak of them, when, and how surely; as `NODES`."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    brought = found.where("node_id IS NOT NULL").withColumnRenamed("node_id", "id")
    first = brought.groupBy("id").agg(F.min_by("node", F.struct("number", "place")).alias("node"))
    papers = found.where("predicate IS NOT NULL").select("subject", "object", "evidence.paper", "year")
    ends = papers.select(
        F.explode(F.array("subject", "object")).alias("id"),
        F.nullif("paper", F.lit("")).alias("paper"),
        F.when(F.col("year") > 0, F.col("year")).alias("year"),
    )
    support = ends.groupBy("id").agg(
        F.countDistinct("paper").alias("papers"),
        F.coalesce(F.min("year"), F.lit(0)).alias("first_year"),
        F.coalesce(F.max("year"), F.lit(0)).alias("last_year"),
    )
    both = assertions.select(F.explode(F.array("subject", "object")).alias("id"), "confidence")
    surest = both.groupBy("id").agg(F.max("confidence").alias("best"))
    told = first.join(support, "id", "left").join(surest, "id", "left")
    return map_rows(told.select("node", "papers", "first_year", "last_year", "best"), _supported, NODES)


def _supported(rows: Iterator[Row]) -> Iterator[Row]:
    for record, papers, first, last, best in rows:
        node = msgspec.msgpack.decode(record, type=Node)
        if node.type != "Paper":
            node = replace(node, papers=papers or 0, first_year=first or 0, last_year=last or 0, confidence=best or 0.0)
        yield tuple(getattr(node, name) for name in NODES.names)


def evidence_of(row: Mapping[str, Any]) -> Evidence:
    """The record of a row."""
    return Evidence(row["paper"], row["start"], row["end"], row["sentence"], row["extractor"], row["score"])


def node_of(row: Row) -> Node:
    """The record of a row in the order of `NODES`."""
    id_, type_, name, aliases, identifiers, *rest = row
    return Node(id_, type_, name, tuple(aliases), tuple(identifiers), *rest)


def assertion_of(row: Row) -> Assertion:
    """The record of a row in the order of `ASSERTIONS`."""
    subject, predicate, object_, evidence, *rest = row
    return Assertion(subject, predicate, object_, tuple(map(evidence_of, evidence)), *rest)
