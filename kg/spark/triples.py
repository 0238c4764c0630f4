"""N-Triples in shards: the triples of `kg.export.rdf`, a node or a statement at a time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from kg.data import Assertion, Graph, Node, Run
from kg.export.rdf import RdfGraph
from kg.export.rdf.terms import Subject
from kg.ontology import Ontology
from kg.spark.assemble import assertion_of, node_of
from kg.spark.job import Job, ontology_of
from kg.spark.rows import Row, map_rows, schema, to_frame

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

_LINES = schema(lines=pa.string())
_BATCH = 200


def ntriples(nodes: "DataFrame", assertions: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """All triples as text, many in a row; line ends part them, and the last line of a row has none."""
    frame = _described(nodes, assertions, job)
    if job.value.provenance == "none":
        return frame
    ontology = ontology_of(job.value.ontology)
    run = RdfGraph(Graph((), (), run=job.value.run), ontology).subjects()
    said = _quoted(nodes, assertions, job) if job.value.provenance == "full" else _stated(assertions, job)
    return frame.unionByName(said).unionByName(to_frame(nodes.sparkSession, ((_text(run),),), _LINES))


def _described(nodes: "DataFrame", assertions: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """Nodes with their outgoing assertions."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    outgoing = F.sort_array(F.collect_list(F.struct("predicate", "object"))).alias("outgoing")
    ends = assertions.groupBy(F.col("subject").alias("id")).agg(outgoing)

    def describe(rows: Iterator[Row]) -> Iterator[Row]:
        ontology = ontology_of(job.value.ontology)
        while part := list(islice(rows, _BATCH)):
            described = [node_of(row[:-1]) for row in part]
            claims = [
                Assertion(node.id, end["predicate"], end["object"], (), 0.0, 0)
                for node, row in zip(described, part, strict=True)
                for end in row[-1] or ()
            ]
            yield (_text(RdfGraph(Graph(tuple(described), tuple(claims)), ontology, "none").subjects()),)

    joined = nodes.join(ends, "id", "left").select(*nodes.columns, "outgoing")
    return map_rows(joined, describe, _LINES)


def _stated(assertions: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """A statement for every piece of evidence."""

    def state(rows: Iterator[Row]) -> Iterator[Row]:
        ontology = ontology_of(job.value.ontology)
        while part := [assertion_of(row) for row in islice(rows, _BATCH)]:
            yield (_text(_statements((), part, job.value.run, ontology)),)

    return map_rows(assertions, state, _LINES)


def _quoted(nodes: "DataFrame", assertions: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """Statements with Web Annotation selectors, which quote the paper: evidence meets the text it points into."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    single = assertions.withColumn("evidence", F.explode("evidence")).withColumn("evidence", F.array("evidence"))
    papers = nodes.where("type = 'Paper'").select(F.col("id").alias("paper"), "name", "abstract")
    joined = single.withColumn("paper", F.col("evidence")[0]["paper"]).join(papers, "paper", "left")

    def quote(rows: Iterator[Row]) -> Iterator[Row]:
        ontology = ontology_of(job.value.ontology)
        for paper, name, abstract, *row in rows:
            texts = (Node(paper, "Paper", name, abstract=abstract),) if name is not None else ()
            yield (_text(_statements(texts, (assertion_of(tuple(row)),), job.value.run, ontology)),)

    return map_rows(joined.select("paper", "name", "abstract", *assertions.columns), quote, _LINES)


def _statements(
    papers: Sequence[Node], assertions: Sequence[Assertion], run: Run, ontology: Ontology
) -> Iterator[Subject]:
    """Statements and selectors alone, without the run and the papers that `RdfGraph` describes besides."""
    graph = Graph(tuple(papers), tuple(assertions), run=run)
    wanted = (f"<{ontology.base}statement/", f"<{ontology.base}selector/")
    provenance = "full" if papers else "compact"
    return (subject for subject in RdfGraph(graph, ontology, provenance).subjects() if subject[0].startswith(wanted))


def _text(subjects: Iterable[Subject]) -> str:
    return "\n".join(
        f"{subject} {predicate} {object_} ." for subject, pairs in subjects for predicate, object_ in pairs
    )
