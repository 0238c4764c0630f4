"""Processor time of queries in rdflib, each in a process that is ended at a cap; for `bench_query.py`."""

import gzip
import multiprocessing
import resource
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import rdflib

CAP = 30  # seconds of processor time for a query


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in rdflib: its processor seconds, and how many rows it found; none if it was ended at the cap."""

    seconds: float
    rows: int | None


def load(triples: Path) -> tuple[rdflib.Graph, float]:
    """The graph of gzip-compressed N-Triples, and the processor seconds of loading it."""
    graph, start = rdflib.Graph(), time.process_time()
    with gzip.open(triples) as stream:
        graph.parse(cast(Any, stream), format="nt")
    return graph, time.process_time() - start


def ask(graph: rdflib.Graph, text: str, prefixes: Mapping[str, str]) -> Asked:
    """Ask in a copy of this process, which the system ends when its time is up (POSIX)."""
    fork = multiprocessing.get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    process = fork.Process(target=_ask, args=(graph, text, dict(prefixes), sending))
    process.start()
    sending.close()
    try:
        found: Asked = receiving.recv()
    except EOFError:
        found = Asked(CAP, None)
    process.join()
    return found


def _ask(graph: rdflib.Graph, text: str, prefixes: dict[str, str], sending: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CAP, CAP))
    start = time.process_time()
    rows = len(list(graph.query(text, initNs=prefixes)))
    sending.send(Asked(time.process_time() - start, rows))


def ratios(theirs: Mapping[str, float], ours: Mapping[str, float]) -> dict[str, float]:
    """How many times longer theirs takes: the median query, and all queries together."""
    each = [theirs[name] / ours[name] for name in theirs]
    return {
        "median": round(statistics.median(each), 1),
        "all": round(sum(theirs.values()) / sum(ours[name] for name in theirs), 1),
    }
