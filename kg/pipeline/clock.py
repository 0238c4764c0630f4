"""Seconds by stage, and stages without pauses."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Seconds by stage, in the order in which the stages ran."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


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
