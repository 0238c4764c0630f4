"""Rows of Python values in Spark: a function from rows to rows becomes a transformation, by way of Arrow.

The functions are those of the local engine. No pandas is involved, so that ``None`` and integers stay what they are.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Row = tuple[Any, ...]
RowFunction = Callable[[Iterator[Row]], Iterable[Row]]

_ROWS = 500  # of a batch that a function gives back


def schema(**columns: pa.DataType) -> pa.Schema:
    """A schema of columns that may be null, in the order given."""
    return pa.schema(list(columns.items()))


def map_rows(frame: "DataFrame", function: RowFunction, columns: pa.Schema) -> "DataFrame":
    """The rows that `function` makes of the rows of each partition, as a frame with `columns`."""
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - slow to import

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (row for batch in batches for row in _rows(batch))
        yield from _batches(function(rows), columns)

    return frame.mapInArrow(run, from_arrow_schema(columns))


def collected(frame: "DataFrame") -> Iterator[Row]:
    """All rows of a frame on the driver, decoded a batch at a time."""
    for batch in frame.toArrow().to_batches(max_chunksize=10_000):
        yield from _rows(batch)


def to_frame(spark: "SparkSession", rows: Iterable[Row], columns: pa.Schema) -> "DataFrame":
    """A frame of rows that the driver holds."""
    return spark.createDataFrame(pa.Table.from_batches(_batches(rows, columns), schema=columns))


def _rows(batch: pa.RecordBatch) -> Iterator[Row]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _batches(rows: Iterable[Row], columns: pa.Schema) -> Iterator[pa.RecordBatch]:
    source = iter(rows)
    while part := list(islice(source, _ROWS)):
        arrays = [pa.array(values, kind) for values, kind in zip(zip(*part, strict=True), columns.types, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=columns)
