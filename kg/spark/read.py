"""Listings on any file system of Spark, read by the local readers: whole files in one task each, large ones by lines.

Papers are numbered by file and by place in it, so that their order is that of the local engine, whoever read them.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import Paper, Rejection, Source
from kg.errors import InputError
from kg.read import Limits, read_papers
from kg.read.json_papers import read_json_lines
from kg.read.listing import Listing
from kg.read.readers import format_named
from kg.read.shapes import SHAPES
from kg.spark.inputs import Located, escaped, plain
from kg.spark.rows import Row, map_rows, schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FOUND = schema(number=pa.int64(), paper=pa.binary(), rejection=pa.binary())
"""A paper or a rejection, numbered in the order of the listings."""

_FILE_BITS, _LINE_BITS = 40, 10


@dataclass(frozen=True, slots=True)
class Split:
    """Large files of which Spark gives every task some lines: name and place of each by its address."""

    files: Mapping[str, Located]
    shape: str
    limits: Limits
    first_line: Mapping[tuple[str, int], int]  # of each part, by address and place of its first byte


def read_listings(spark: "SparkSession", files: Sequence[Located], format_name: str, limits: Limits) -> "DataFrame":
    """Papers and rejections of all files, as `FOUND`."""
    parts = []
    whole = [file for file in files if file.way == "whole"]
    if whole:
        parts.append(_whole(spark, whole, format_name, limits))
    lines = [file for file in files if file.way == "lines"]
    if lines:
        parts.append(_lines(spark, lines, format_name, limits))
    parts += [_parquet(spark, file, format_name, limits) for file in files if file.way == "parquet"]
    frame = parts[0]
    for part in parts[1:]:
        frame = frame.unionByName(part)
    return frame


def _whole(spark: "SparkSession", files: Sequence[Located], format_name: str, limits: Limits) -> "DataFrame":
    frame = spark.read.format("binaryFile").load([escaped(file.address) for file in files])
    known = {plain(file.address): file for file in files}
    return map_rows(frame.select("path", "content"), partial(_read_files, known, format_name, limits), FOUND)


def _read_files(known: Mapping[str, Located], format_name: str, limits: Limits, rows: Iterator[Row]) -> Iterator[Row]:
    for address, content in rows:
        file = known[plain(address)]
        for place, found in enumerate(_read_bytes(content, file.name, format_name, limits)):
            yield _row(file.index << _FILE_BITS | place, found)


def _read_bytes(content: bytes, name: str, format_name: str, limits: Limits) -> Iterator[Paper | Rejection]:
    """What the local reader finds in a file of this content, under the name that the user knows."""
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        copy = str(Path(folder, "listing"))
        Path(copy).write_bytes(content)
        for found in read_papers([copy], format_name=format_name, limits=limits):
            if isinstance(found, Paper):
                yield replace(found, sources=tuple(Source(name, source.line) for source in found.sources))
            else:
                yield replace(found, where=name + found.where.removeprefix(copy))


def _lines(spark: "SparkSession", files: Sequence[Located], format_name: str, limits: Limits) -> "DataFrame":
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    addresses = [escaped(file.address) for file in files]
    text = spark.read.option("lineSep", "\n").text(addresses)
    place = (F.col("_metadata.file_path").alias("file"), F.col("_metadata.file_block_start").alias("start"))
    counts = text.select(*place).groupBy("file", "start").count().collect()
    known = {plain(file.address): file for file in files}
    shape = format_name if format_name in SHAPES else ""
    first = _first_lines([(plain(row["file"]), row["start"], row["count"]) for row in counts])
    split = Split(known, shape, limits, first)
    frame = text.select(*place, F.col("value").cast("binary"))
    return map_rows(frame, partial(_read_lines, split), FOUND)


def _first_lines(counts: Sequence[tuple[str, int, int]]) -> dict[tuple[str, int], int]:
    """Number of the first line of each part, from how many lines each has."""
    first: dict[tuple[str, int], int] = {}
    last: dict[str, int] = {}
    for file, start, count in sorted(counts):
        first[file, start] = last.get(file, 0) + 1
        last[file] = last.get(file, 0) + count
    return first


def _read_lines(split: Split, rows: Iterator[Row]) -> Iterator[Row]:
    part, line = ("", 0), 0
    for address, start, raw in rows:
        line = line + 1 if (plain(address), start) == part else split.first_line[plain(address), start]
        part = (plain(address), start)
        yield from _read_line(split.files[part[0]], line, raw, split.shape, split.limits)


def _read_line(file: Located, line: int, raw: bytes, shape: str, limits: Limits) -> Iterator[Row]:
    listing = Listing(file.name, "", limits, iter((raw or b"",)))
    found = [*read_json_lines(listing, shape), *listing.notes]
    if len(found) >> _LINE_BITS:
        raise InputError(f"{file.name}:{line}: more than 1,023 papers on one line; write one on each")
    for place, one in enumerate(found):
        number = file.index << _FILE_BITS | line << _LINE_BITS | place
        if isinstance(one, Paper):
            yield _row(number, replace(one, sources=(Source(file.name, line),)))
        else:
            yield _row(number, replace(one, where=f"{file.name}:{line}"))


def _parquet(spark: "SparkSession", file: Located, format_name: str, limits: Limits) -> "DataFrame":
    """Rows as JSON objects: columns are recognised by name as in every other listing."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    table = spark.read.parquet(escaped(file.address))
    record = F.to_json(F.struct(*(F.col(f"`{name}`") for name in table.columns)))
    frame = table.select(F.col("_metadata.row_index"), record.cast("binary"))
    shape = format_name if format_name in SHAPES else ""
    return map_rows(frame, partial(_read_records, file, shape, limits), FOUND)


def _read_records(file: Located, shape: str, limits: Limits, rows: Iterator[Row]) -> Iterator[Row]:
    for index, raw in rows:
        yield from _read_line(file, index + 1, raw, shape, limits)


def _row(number: int, found: Paper | Rejection) -> Row:
    record = msgspec.msgpack.encode(found)
    return (number, record, None) if isinstance(found, Paper) else (number, None, record)


def format_on_spark(given: str) -> str:
    """As `kg.read.readers.format_named`; ``parquet`` is a format that this engine alone reads. Raises `InputError`."""
    return format_named(given, ("parquet",))
