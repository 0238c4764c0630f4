"""From what the user names to files with addresses that Spark reads, in the order of the local engine."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.data import Rejection
from kg.errors import InputError
from kg.read import READERS
from kg.read.json_papers import by_lines
from kg.read.shapes import SHAPES
from kg.read.sources import STDIN, expand

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_HEAD_LINES = 20
_NO_JSON = READERS.keys() - {"json", "jsonl", *SHAPES}
_MARKERS = ("_SUCCESS", "_committed_", "_started_", "_metadata", "_common_metadata")


@dataclass(frozen=True, slots=True)
class Located:
    """A file: its place among all, the user's name for it, its address, and how it is read.

    ``way`` is ``whole`` (by one task), ``lines`` (JSON Lines, by several) or ``parquet``.
    """

    index: int
    name: str
    address: str
    way: str


def locate(
    spark: "SparkSession", inputs: Sequence[str], format_name: str, split_bytes: int
) -> tuple[list[Located], list[Rejection]]:
    """Files of all inputs in order, and what is none. Raises `InputError` for what does not exist."""
    files: list[Located] = []
    refused: list[Rejection] = []
    for name, address, size in _listed(spark, inputs, refused):
        base = address.rpartition("/")[2]
        if base.startswith(_MARKERS):
            continue
        if base.startswith(("_", ".")):
            refused.append(Rejection("read", name, "", "Spark passes over files whose names begin with _ or ."))
            continue
        way = _way(spark, address, size, format_name, split_bytes)
        files.append(Located(len(files), name, address, way))
    return files, refused


def _listed(spark: "SparkSession", inputs: Sequence[str], refused: list[Rejection]) -> "list[tuple[str, str, int]]":
    """Name, address and size of every file; each once."""
    found: dict[str, tuple[str, str, int]] = {}
    for given in inputs:
        if given == STDIN:
            raise InputError("standard input cannot be read by a cluster; write it to a file that all workers see")
        if "://" in given:
            for address, size in _remote(spark, given):
                found.setdefault(address, (address, address, size))
            continue
        for entry in expand([given]):
            if isinstance(entry, Rejection):
                refused.append(entry)
            else:
                real = os.path.realpath(entry.name)
                found.setdefault(real, (entry.name, real, Path(real).stat().st_size))
    return list(found.values())


def _remote(spark: "SparkSession", given: str) -> list[tuple[str, int]]:
    """Files at an address (a file, a folder, a pattern), folder by folder as `expand` walks."""
    from pyspark.errors import AnalysisException  # noqa: PLC0415 - an extra

    try:
        listed = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(given)
    except AnalysisException as error:
        raise InputError(f"{given}: no such file or folder ({error.getCondition()})") from error
    rows = [(row["path"], row["length"]) for row in listed.select("path", "length").collect()]
    if not rows:
        raise InputError(f"{given}: no file is there")
    return sorted(rows, key=lambda row: walk_order(row[0]))


def walk_order(address: str) -> tuple[tuple[int, str], ...]:
    """Sorts files of a folder by name, before the files of its folders.

    >>> sorted(["d/b/x", "d/c", "d/a/y"], key=walk_order)
    ['d/c', 'd/a/y', 'd/b/x']
    """
    *folders, name = address.split("/")
    return (*((1, folder) for folder in folders), (0, name))


def _way(spark: "SparkSession", address: str, size: int, format_name: str, split_bytes: int) -> str:
    if format_name == "parquet" or (not format_name and address.endswith(".parquet")):
        return "parquet"
    if size <= split_bytes or format_name in _NO_JSON:
        return "whole"
    lines = spark.read.option("lineSep", "\n").text(escaped(address)).limit(_HEAD_LINES).collect()
    return "lines" if by_lines("\n".join(row["value"] for row in lines)) else "whole"


def plain(address: str) -> str:
    """One spelling of an address: Spark writes ``file:/x`` as ``file:///x`` in places.

    >>> plain("file:///data/a.jsonl") == plain("/data/a.jsonl"), plain("s3a://bucket/a")
    (True, 's3a://bucket/a')
    """
    return re.sub(r"^file:/+", "/", address)


def escaped(address: str) -> str:
    """An address in which no character is read as part of a pattern."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", address)
