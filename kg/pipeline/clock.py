"""Seconds by stage, and stages without pauses."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def _untold(stage: str) -> None:
    """Tell nobody. A function with a name, unlike a lambda, goes from one process to another with its clock."""
    del stage


class Clock:
    """Seconds by stage, in the order in which the stages ran: on the clock, and of a processor.

    `begun` is told the name of each stage when it begins.
    """

    def __init__(self, begun: Callable[[str], None] = _untold) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._begun = begun

    @contextmanager
    def stage(self, name: str, *, children: bool = False) -> Iterator[None]:
        """Time the block as one more part of the stage, with the processes that it started and ended if `children`."""
        self._begun(name)
        start, worked = time.perf_counter(), _worked(children)
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
        self.cpu[name] = self.cpu.get(name, 0.0) + _worked(children) - worked

    def add(self, other: "Clock") -> None:
        """Take over the stages that another process has timed."""
        for mine, theirs in ((self.seconds, other.seconds), (self.cpu, other.cpu)):
            for name, spent in theirs.items():
                mine[name] = mine.get(name, 0.0) + spent


def _worked(children: bool) -> float:
    spent = os.times()
    own = spent.user + spent.system
    return own + spent.children_user + spent.children_system if children else own


@contextmanager
def collector_paused() -> Iterator[None]:
    """Leave out the search for circular garbage: our records hold none, and it would walk all of them again and again.

    A quarter of the time of assembling is saved, more where the graph is larger.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
