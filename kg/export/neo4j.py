"""Neo4j: a folder for ``neo4j-admin database import``, and a Cypher script that loads the graph into a running server.

Labels are the node's type and the types above it, relationship types are the predicates.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from kg.data import Graph
from kg.export.columns import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    SEPARATOR,
    Column,
    EdgeRow,
    NodeRow,
    Value,
    edge_rows,
    node_rows,
)
from kg.files import atomic_text
from kg.ontology import Ontology

_TYPES = {str: "string", int: "int", float: "double"}
_LISTS = ("aliases",)
_SAID = ("label", "predicate")  # by the relationship itself
_BATCH = 500  # rows of one statement
_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r"})


def write_neo4j(graph: Graph, ontology: Ontology, folder: Path) -> None:
    """``nodes.csv`` and ``edges.csv``; import them with ``--array-delimiter='|'``. All text verbatim."""
    nodes = [_field(column) for column in NODE_COLUMNS]
    _write(folder / "nodes.csv", ["id:ID", *nodes], ((row.id, *row.values) for row in node_rows(graph, ontology)))
    edges = [_field(column) for column in EDGE_COLUMNS if column.name != "label"]
    rows = ((row.source, row.target, row.id, *row.values[1:]) for row in edge_rows(graph))
    _write(folder / "edges.csv", [":START_ID", ":END_ID", "id:string", *edges], rows)


def _field(column: Column) -> str:
    if column.name in {"types", "predicate"}:
        return ":LABEL" if column.name == "types" else ":TYPE"
    return f"{column.name}:{_TYPES[column.kind]}{'[]' if column.name in _LISTS else ''}"


def _write(path: Path, header: Iterable[str], rows: Iterable[tuple[Value, ...]]) -> None:
    with atomic_text(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_cypher(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Statements for ``cypher-shell``. Running them again changes nothing."""
    kinds = {node.id: node.type for node in graph.nodes}
    lines = {kind: ontology.ancestors(kind) for kind in sorted(set(kinds.values()))}
    with atomic_text(path) as stream:
        for kind in lines:
            stream.write(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:`{kind}`) REQUIRE n.id IS UNIQUE;\n")
        for kind, rows in groupby(node_rows(graph, ontology), key=lambda row: kinds[row.id]):
            more = "".join(f":`{label}`" for label in lines[kind][1:])
            then = f"MERGE (n:`{kind}` {{id: row.id}}) SET n += row{f', n{more}' if more else ''}"
            stream.writelines(_statements(map(_node_map, rows), then))
        ends = sorted(graph.assertions, key=lambda one: (kinds[one.subject], one.predicate, kinds[one.object]))
        ordered = replace(graph, assertions=tuple(ends))
        for (source, predicate, target), edges in groupby(
            edge_rows(ordered), key=lambda row: (kinds[row.source], row.predicate, kinds[row.target])
        ):
            then = (
                f"MATCH (s:`{source}` {{id: row.source}}), (t:`{target}` {{id: row.target}}) "
                f"MERGE (s)-[e:`{predicate}` {{id: row.values.id}}]->(t) SET e += row.values"
            )
            stream.writelines(_statements(map(_edge_map, edges), then))


def _statements(rows: Iterable[str], then: str) -> Iterator[str]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        maps = ",\n".join(batch)
        yield f"UNWIND [\n{maps}\n] AS row\n{then};\n"


def _node_map(row: NodeRow) -> str:
    values = {column.name: value for column, value in zip(NODE_COLUMNS, row.values, strict=True)}
    return _map({"id": row.id} | values)


def _edge_map(row: EdgeRow) -> str:
    values = {column.name: value for column, value in zip(EDGE_COLUMNS, row.values, strict=True)}
    properties = _map({"id": row.id} | {name: value for name, value in values.items() if name not in _SAID})
    return f"{{source: {_literal(row.source)}, target: {_literal(row.target)}, values: {properties}}}"


def _map(values: Mapping[str, Value]) -> str:
    pairs = []
    for name, value in values.items():
        if name in _LISTS and value is not None:
            parts = ", ".join(_literal(part) for part in str(value).split(SEPARATOR))
            pairs.append(f"{name}: [{parts}]")
        elif value is not None:
            pairs.append(f"{name}: {_literal(value)}")
    return "{" + ", ".join(pairs) + "}"


def _literal(value: Value) -> str:
    return f"'{value.translate(_ESCAPES)}'" if isinstance(value, str) else repr(value)
