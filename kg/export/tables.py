"""Tables of nodes and edges as CSV, for spreadsheets, pandas and databases.

A cell that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return)
gets an apostrophe in front, which spreadsheets take as "this is text". Numbers are left alone.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Value, edge_rows, node_rows
from kg.files import atomic_text
from kg.ontology import Ontology

NODE_TABLE = (Column("id", str), *NODE_COLUMNS)
EDGE_TABLE = (Column("id", str), Column("source", str), Column("target", str), *EDGE_COLUMNS)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Record = tuple[Value, ...]


def write_tables(graph: Graph, ontology: Ontology, folder: Path) -> None:
    """``nodes.csv`` and ``edges.csv``: UTF-8, a header, empty cells for what is not known."""
    _write(folder / "nodes.csv", NODE_TABLE, node_records(graph, ontology))
    _write(folder / "edges.csv", EDGE_TABLE, edge_records(graph))


def node_records(graph: Graph, ontology: Ontology) -> Iterator[Record]:
    """Rows of the table of nodes."""
    return ((row.id, *row.values) for row in node_rows(graph, ontology))


def edge_records(graph: Graph) -> Iterator[Record]:
    """Rows of the table of edges."""
    return ((row.id, row.source, row.target, *row.values) for row in edge_rows(graph))


def harmless(value: Value) -> Value:
    """The value with an apostrophe in front if a spreadsheet would run it.

    >>> harmless("=1+1"), harmless("LoRA"), harmless(-1.5)
    ("'=1+1", 'LoRA', -1.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write(path: Path, columns: Iterable[Column], records: Iterable[Record]) -> None:
    with atomic_text(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerows([harmless(value) for value in record] for record in records)
