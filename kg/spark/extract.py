"""Extraction on all workers, with what earlier builds extracted kept in shards by content."""

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import Paper
from kg.normalize import sha256
from kg.pipeline.cache import extraction_key
from kg.pipeline.within import annotate_within
from kg.spark.job import Job, extractor_of
from kg.spark.rows import Row, RowFunction, map_rows, schema
from kg.spark.session import Shards

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

_KEYED = schema(number=pa.int64(), paper=pa.binary(), node=pa.string(), key=pa.string())
_EXTRACTED = schema(key=pa.string(), record=pa.binary())
_PAPERS_A_TASK = 2_000


def keyed(papers: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """Papers with the key of their extraction: two that read alike share one."""

    def keys(rows: Iterator[Row]) -> Iterator[Row]:
        fingerprint = job.value.fingerprint
        for number, record, node in rows:
            paper = msgspec.msgpack.decode(record, type=Paper)
            yield number, record, node, extraction_key(fingerprint, paper)

    return map_rows(papers, keys, _KEYED)


def extracted(papers: "DataFrame", kept: Shards, job: "Broadcast[Job]", a_step: int) -> tuple["DataFrame", int]:
    """Key and extraction of every paper, and how many were made now.

    New ones are written in steps of some `a_step` papers: a run that is broken off loses no more than one of them.
    """
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    name = f"extractions-{sha256(job.value.fingerprint)[:16]}"
    new = papers.select("key", "paper").dropDuplicates(["key"])
    if kept.exists(name):
        new = new.join(kept.read(name).select("key"), "key", "left_anti")
    new = new.cache()
    count = new.count()
    steps = -(-count // a_step)
    for step in range(steps):
        part = new.where(F.pmod(F.crc32(F.col("key")), F.lit(steps)) == step)
        tasks = max(part.sparkSession.sparkContext.defaultParallelism, min(count, a_step) // _PAPERS_A_TASK)
        made = map_rows(part.repartition(tasks, "key"), _extracting(job), _EXTRACTED)
        made.write.mode("append").parquet(kept.path(name))
    new.unpersist()
    return kept.read(name).dropDuplicates(["key"]), count


def _extracting(job: "Broadcast[Job]") -> RowFunction:
    def extract(rows: Iterator[Row]) -> Iterator[Row]:
        keys: deque[str] = deque()

        def papers() -> Iterator[Paper]:
            for key, record in rows:
                keys.append(key)
                yield msgspec.msgpack.decode(record, type=Paper)

        for annotated in annotate_within(extractor_of(job.value), papers(), job.value.limits):
            yield keys.popleft(), msgspec.msgpack.encode(annotated)

    return extract
