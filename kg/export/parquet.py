"""Tables of nodes and edges as Parquet, for pandas, Polars, DuckDB and Spark; all text verbatim."""

import importlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.data import Graph
from kg.errors import ExportError
from kg.export.columns import Column
from kg.export.tables import EDGE_TABLE, NODE_TABLE, Record, edge_records, node_records
from kg.extras import how_to_install
from kg.files import atomic_binary
from kg.ontology import Ontology

_ROWS = 20_000  # of a row group


def write_parquet(graph: Graph, ontology: Ontology, folder: Path) -> None:
    """``nodes.parquet`` and ``edges.parquet``. Raises `ExportError` if pyarrow is not installed."""
    arrow = _arrow()
    _write(arrow, folder / "nodes.parquet", NODE_TABLE, node_records(graph, ontology))
    _write(arrow, folder / "edges.parquet", EDGE_TABLE, edge_records(graph))


def _arrow() -> Any:
    try:
        importlib.import_module("pyarrow.parquet")  # large, and part of no other format
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise ExportError(f"Parquet needs pyarrow: {how_to_install('parquet')}") from error


def _write(arrow: Any, path: Path, columns: tuple[Column, ...], records: Iterator[Record]) -> None:
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
    schema = arrow.schema([(column.name, kinds[column.kind]) for column in columns])
    with (
        atomic_binary(path) as stream,
        arrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer,
    ):
        while rows := list(islice(records, _ROWS)):
            arrays = [
                arrow.array(values, kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
