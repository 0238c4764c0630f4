"""One SQLite file with the tables of nodes and edges and, besides, every piece of evidence."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kg.data import Graph
from kg.errors import ExportError
from kg.export.columns import Column, clean, edge_id
from kg.export.tables import EDGE_TABLE, NODE_TABLE, Record, edge_records, node_records
from kg.files import atomic_binary
from kg.ontology import Ontology

_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL"}
_EVIDENCE = (
    Column("edge", str), Column("paper", str), Column("start", int), Column("end", int), Column("sentence", str),
    Column("extractor", str), Column("score", float),
)  # fmt: skip
_INDEXES = ("edges (source)", "edges (target)", "evidence (edge)", "evidence (paper)", "nodes (type)", "nodes (label)")


def write_sqlite(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Tables ``nodes``, ``edges`` and ``evidence`` (whose ``edge`` is an id of ``edges``), with indexes.

    Raises `ExportError` if it cannot be written.
    """
    try:
        with atomic_binary(path) as stream, closing(sqlite3.connect(stream.name)) as base:
            _write(graph, ontology, base)
    except sqlite3.Error as error:
        raise ExportError(f"{path}: cannot be written ({error}); the old file is unchanged") from error


def _write(graph: Graph, ontology: Ontology, base: sqlite3.Connection) -> None:
    # the file is not there under its own name until it is whole: no journal need protect it before
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    _fill(base, "nodes", NODE_TABLE, node_records(graph, ontology))
    _fill(base, "edges", EDGE_TABLE, edge_records(graph))
    _fill(base, "evidence", _EVIDENCE, _evidence(graph))
    for number, columns in enumerate(_INDEXES):
        base.execute(f"CREATE INDEX index_{number} ON {columns}")
    base.commit()


def _fill(base: sqlite3.Connection, name: str, columns: Iterable[Column], records: Iterable[Record]) -> None:
    known = [
        f'"{column.name}" {_TYPES[column.kind]}{" PRIMARY KEY" if column.name == "id" else ""}' for column in columns
    ]
    base.execute(f"CREATE TABLE {name} ({', '.join(known)})")
    marks = ", ".join("?" * len(known))
    base.executemany(f"INSERT INTO {name} VALUES ({marks})", records)  # noqa: S608 - names are ours


def _evidence(graph: Graph) -> Iterator[Record]:
    for one in graph.assertions:
        edge = edge_id(one)
        for item in one.evidence:
            sentence, paper = clean(item.sentence) or None, item.paper or None
            yield edge, paper, item.start, item.end, sentence, item.extractor, round(item.score, 4)
