"""Extraction in this process or in several, in input order either way."""

import gc
import itertools
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from kg.data import AnnotatedPaper, Paper
from kg.errors import ExtractionError, KgError
from kg.extract import Extractor, Memory, load_extractor
from kg.ontology import load_ontology
from kg.pipeline.background import end_with_parent
from kg.pipeline.options import BuildOptions
from kg.pipeline.within import annotate_within
from kg.read import Limits

_CHUNK = 32
_CHUNKS_PER_CHILD = 400  # spaCy's string store only grows: a worker is replaced after some 13,000 papers
_STARTING = 600.0  # seconds that a worker may take to load its extractor, on a machine that is busy with others
_LATE = 10  # how many times the processor time that its papers may take a chunk is waited for
_AGAIN = "what was read before is kept: run the same command again to go on from there"
_extractor: Extractor | KgError | None = None
_memory = Memory()  # of this process
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """A paper as it was read, and what the model answered, packed (see `Memory`); empty if it was not asked."""

    annotated: AnnotatedPaper
    answer: bytes


Recall = Callable[[Sequence[Paper]], Sequence[bytes]]  # what the model answered of papers before
_Chunk = tuple[Sequence[Paper], Sequence[bytes]]


def annotate(
    papers: Sequence[Paper], options: BuildOptions, jobs: int, recall: Recall | None = None
) -> Iterator[list[Read]]:
    """Annotated papers in chunks, in the order given; `jobs` processes, or this one if `jobs` is 1.

    What `recall` knows the model is not asked again. Where the system starts no processes, it is this one too, and a
    warning is logged. Raises `ExtractionError` if a process was ended from outside, or gives no answer for far longer
    than it may take, and what `load_extractor` does.
    """
    starts = range(0, len(papers), _CHUNK)
    parts = (list(papers[start : start + _CHUNK]) for start in starts)
    chunks = ((part, recall(part) if recall else [b""] * len(part)) for part in parts)
    arguments = (options.ontology, options.extractors, options.min_score, options.device)
    if not starts:
        return
    others, processes = active_children(), min(jobs, len(starts))
    if processes > 1 and (pool := _pool(processes, arguments)):
        yield from _in_processes(pool, chunks, options.limits, processes, others)
        return
    extractor = _load(*arguments)
    for chunk in chunks:
        yield _read(extractor, chunk, options.limits)


def _pool(workers: int, arguments: tuple[Sequence[Path], Sequence[str], float, str]) -> ProcessPoolExecutor | None:
    """Processes that read, the first of them started, or None if the system refuses.

    Some containers, sandboxes and hosted functions have no shared memory for the locks of a pool, or no more processes.
    """
    os.environ["OMP_NUM_THREADS"] = "1"  # processes × threads = cores
    try:
        pool = ProcessPoolExecutor(
            max_workers=workers,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=arguments,
            max_tasks_per_child=_CHUNKS_PER_CHILD,
        )
        pool.submit(int)
    except (OSError, ImportError, NotImplementedError) as refused:
        _log.warning("this system starts no worker processes (%s): reading in one, as with --jobs 1", refused)
        return None
    return pool


def _in_processes(
    pool: ProcessPoolExecutor,
    chunks: Iterable[_Chunk],
    limits: Limits,
    processes: int,
    others: Sequence[BaseProcess],
) -> Iterator[list[Read]]:
    """Annotated papers from the `processes` of `pool`, which is closed at the end; `others` are not of this pool."""
    patience = _STARTING + _LATE * _CHUNK * limits.seconds if limits.seconds else None
    with pool:
        try:
            yield from _in_order(lambda chunk: pool.submit(_work, chunk, limits), chunks, 4 * processes, patience)
        except BrokenProcessPool as gone:
            raise ExtractionError(
                f"a process that reads papers was ended from outside (out of memory?); {_AGAIN}"
            ) from gone
        except TimeoutError as late:
            for process in set(active_children()) - set(others):
                process.kill()
            raise ExtractionError(f"a process that reads papers hangs; it was ended; {_AGAIN}") from late


def _in_order(
    submit: Callable[[_Chunk], Future[list[Read]]], chunks: Iterable[_Chunk], ahead: int, patience: float | None
) -> Iterator[list[Read]]:
    """Results in submission order with at most `ahead` chunks waiting, so that memory does not grow with the input.

    Raises `TimeoutError` where one is not there after `patience` seconds.
    """
    waiting: deque[Future[list[Read]]] = deque()
    source = iter(chunks)
    try:
        waiting.extend(map(submit, itertools.islice(source, ahead)))
        while waiting:
            yield waiting.popleft().result(patience)
            waiting.extend(map(submit, itertools.islice(source, 1)))
    finally:
        for future in waiting:
            future.cancel()


def _load(ontology: Sequence[Path], extractors: Sequence[str], min_score: float, device: str) -> Extractor:
    return load_extractor(
        load_ontology(ontology), extractors=extractors or None, min_score=min_score, device=device, memory=_memory
    )


def _start(ontology: Sequence[Path], extractors: Sequence[str], min_score: float, device: str) -> None:
    end_with_parent()
    global _extractor  # noqa: PLW0603 - a worker process holds one extractor for its life
    try:
        _extractor = _load(ontology, extractors, min_score, device)
        gc.collect()
        gc.freeze()  # what is loaded stays: the search for circular garbage need not walk it again and again
    except KgError as error:  # told with the first chunk: an initializer that raises looks like a process that died
        _extractor = error


def _work(chunk: _Chunk, limits: Limits) -> list[Read]:
    assert _extractor is not None  # noqa: S101 - set by the initializer of this process
    if isinstance(_extractor, KgError):
        raise _extractor
    return _read(_extractor, chunk, limits)


def _read(extractor: Extractor, chunk: _Chunk, limits: Limits) -> list[Read]:
    _memory.clear()
    for paper, answer in zip(*chunk, strict=True):
        if answer:
            _memory.put(paper, answer)
    read = list(annotate_within(extractor, chunk[0], limits))
    answers = [_memory.packed(annotated.paper) for annotated in read]
    return [
        Read(annotated, answer if answer != known else b"")
        for annotated, answer, known in zip(read, answers, chunk[1], strict=True)
    ]
