"""Extraction within limits: a paper that costs too much is kept as a paper, and what was left out has a reason."""

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from kg.data import AnnotatedPaper, Paper, Rejection
from kg.extract import Extractor
from kg.read import Limits

_QUOTED = 120


class _TooLongError(Exception):
    """The time that one paper may take is over."""


def annotate_within(extractor: Extractor, papers: Iterable[Paper], limits: Limits) -> Iterator[AnnotatedPaper]:
    """Annotated papers in order; one beyond `limits` comes without mentions and with a `Rejection`.

    Time is that of the processor, so that a busy machine loses nothing. It is watched where the system can interrupt
    (not on Windows, not in threads other than the main one); what hangs there is for the caller to end. Papers that
    the extractor reads together share the time of one; if it is over, each is read alone and has its own.
    """
    stream = iter(papers)
    while batch := list(islice(stream, extractor.batch)):
        yield from _read(extractor, batch, limits)


def _read(extractor: Extractor, batch: Sequence[Paper], limits: Limits) -> Iterator[AnnotatedPaper]:
    try:
        with _at_most(limits.seconds):
            read = list(extractor.annotate(batch))
    except _TooLongError:
        if len(batch) > 1:
            for paper in batch:
                yield from _read(extractor, [paper], limits)
            return
        (paper,) = batch
        yield _emptied(paper, f"reading took more than {limits.seconds:g} s (limit seconds); nothing is taken from it")
        return
    for paper, annotated in zip(batch, read, strict=True):
        if len(annotated.mentions) > limits.mentions:
            reason = f"{len(annotated.mentions)} mentions, more than {limits.mentions} (limit mentions); none is taken"
            yield _emptied(paper, reason, annotated)
        else:
            yield annotated


def _emptied(paper: Paper, reason: str, read: AnnotatedPaper | None = None) -> AnnotatedPaper:
    """The paper alone, with its links if they were read."""
    rejection = Rejection("extract", paper.id, paper.title[:_QUOTED], reason)
    if read is None:
        return AnnotatedPaper(paper, ((0, len(paper.text)),), (), (), (), (), (), (), (rejection,))
    others = (*read.rejections, rejection)
    return replace(read, mentions=(), entities=(), acronyms=(), relations=(), results=(), rejections=others)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `_TooLongError` inside the block after so much processor time."""
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(*_: object) -> None:
    raise _TooLongError
