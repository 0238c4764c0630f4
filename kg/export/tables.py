"""Tables of nodes and edges as CSV, for spreadsheets, pandas and databases.

A cell that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return)
gets an apostrophe in front, which spreadsheets take as "this is text". Numbers are left alone.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, EdgeRow, NodeRow, Value, edge_rows, node_rows
from kg.export.rows import Sink, pour
from kg.files import atomic_text
from kg.ontology import Ontology

NODE_TABLE = (Column("id", str), *NODE_COLUMNS)
EDGE_TABLE = (Column("id", str), Column("source", str), Column("target", str), *EDGE_COLUMNS)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Record = tuple[Value, ...]


def write_tables(graph: Graph, ontology: Ontology, folder: Path) -> None:
    """``nodes.csv`` and ``edges.csv``: UTF-8, a header, empty cells for what is not known."""
    with open_tables(graph, folder) as sink:
        pour(graph, ontology, (sink,))


@contextmanager
def open_tables(graph: Graph, folder: Path, about: str = "") -> Iterator[Sink]:
    """Both tables of the rows of `graph`, which the block pours."""
    del graph, about  # which all formats take
    with atomic_text(folder / "nodes.csv") as nodes, atomic_text(folder / "edges.csv") as edges:
        node, edge = _table(nodes, NODE_TABLE), _table(edges, EDGE_TABLE)
        yield Sink(
            lambda row: node(_node_record(row)),
            lambda: None,
            lambda row: edge(_edge_record(row)),
        )


def node_records(graph: Graph, ontology: Ontology) -> Iterator[Record]:
    """Rows of the table of nodes."""
    return map(_node_record, node_rows(graph, ontology))


def edge_records(graph: Graph) -> Iterator[Record]:
    """Rows of the table of edges."""
    return map(_edge_record, edge_rows(graph))


def _node_record(row: NodeRow) -> Record:
    return row.id, *row.values


def _edge_record(row: EdgeRow) -> Record:
    return row.id, row.source, row.target, *row.values


def harmless(value: Value) -> Value:
    """The value with an apostrophe in front if a spreadsheet would run it.

    >>> harmless("=1+1"), harmless("LoRA"), harmless(-1.5)
    ("'=1+1", 'LoRA', -1.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _table(stream: TextIO, columns: Iterable[Column]) -> Callable[[Record], object]:
    """Writes the header, and then each record that it is given."""
    write = csv.writer(stream, lineterminator="\n").writerow
    write([column.name for column in columns])
    return lambda record: write([harmless(value) for value in record])
