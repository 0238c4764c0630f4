"""Extraction within limits: a paper that costs too much is kept as a paper, and what was left out has a reason."""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from kg.data import AnnotatedPaper, Paper, Rejection
from kg.extract import Extractor
from kg.read import Limits

_QUOTED = 120


class _TooLongError(Exception):
    """The time that one paper may take is over."""


def annotate_within(extractor: Extractor, papers: Iterable[Paper], limits: Limits) -> Iterator[AnnotatedPaper]:
    """Annotated papers in order; one beyond `limits` comes without mentions and with a `Rejection`.

    Time is that of the processor, so that a busy machine loses nothing. It is watched where the system can interrupt
    (not on Windows, not in threads other than the main one); what hangs there is for the caller to end.
    """
    for paper in papers:
        try:
            with _at_most(limits.seconds):
                annotated = next(iter(extractor.annotate([paper])))
        except _TooLongError:
            yield _emptied(
                paper, f"reading took more than {limits.seconds:g} s (limit seconds); nothing is taken from it"
            )
            continue
        if len(annotated.mentions) > limits.mentions:
            reason = f"{len(annotated.mentions)} mentions, more than {limits.mentions} (limit mentions); none is taken"
            annotated = _emptied(paper, reason, annotated)
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
