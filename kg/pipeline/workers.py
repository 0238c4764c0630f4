"""Extraction in this process or in several, in input order either way."""

import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from kg.data import AnnotatedPaper, Paper
from kg.extract import Extractor, load_extractor
from kg.ontology import load_ontology
from kg.pipeline.background import end_with_parent

_CHUNK = 32
_CHUNKS_PER_CHILD = 400  # spaCy's string store only grows: a worker is replaced after some 13,000 papers
_extractor: Extractor | None = None


def annotate(
    papers: Sequence[Paper], ontology: Sequence[Path], extractors: Sequence[str], min_score: float, jobs: int
) -> Iterator[list[AnnotatedPaper]]:
    """Annotated papers in chunks, in the order given; `jobs` processes, or this one if `jobs` is 1."""
    chunks = [list(papers[start : start + _CHUNK]) for start in range(0, len(papers), _CHUNK)]
    arguments = (tuple(ontology), tuple(extractors), min_score)
    if not chunks:
        return
    if jobs == 1 or len(chunks) == 1:
        extractor = _load(*arguments)
        for chunk in chunks:
            yield list(extractor.annotate(chunk))
        return
    os.environ["OMP_NUM_THREADS"] = "1"  # processes × threads = cores
    with ProcessPoolExecutor(
        max_workers=min(jobs, len(chunks)),
        mp_context=get_context("spawn"),
        initializer=_start,
        initargs=arguments,
        max_tasks_per_child=_CHUNKS_PER_CHILD,
    ) as pool:
        yield from _in_order(pool, chunks, ahead=4 * jobs)


def _in_order(pool: ProcessPoolExecutor, chunks: Iterable[list[Paper]], ahead: int) -> Iterator[list[AnnotatedPaper]]:
    """Results in submission order with at most `ahead` chunks waiting, so that memory does not grow with the input."""
    waiting: deque[Future[list[AnnotatedPaper]]] = deque()
    source = iter(chunks)
    try:
        waiting.extend(pool.submit(_work, chunk) for chunk in itertools.islice(source, ahead))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_work, chunk) for chunk in itertools.islice(source, 1))
    finally:
        for future in waiting:
            future.cancel()


def _load(ontology: Sequence[Path], extractors: Sequence[str], min_score: float) -> Extractor:
    return load_extractor(load_ontology(ontology), extractors=extractors or None, min_score=min_score)


def _start(ontology: Sequence[Path], extractors: Sequence[str], min_score: float) -> None:
    end_with_parent()
    global _extractor  # noqa: PLW0603 - a worker process holds one extractor for its life
    _extractor = _load(ontology, extractors, min_score)


def _work(chunk: list[Paper]) -> list[AnnotatedPaper]:
    assert _extractor is not None  # noqa: S101 - set by the initializer of this process
    return list(_extractor.annotate(chunk))
