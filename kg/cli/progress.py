"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import click

from kg.cli.tables import counted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SECONDS_BETWEEN_LINES = 10.0


class ProgressReport:
    """Shows one stage after the other. Call it with the stage's name, the number done and the total."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Progress | None = None
        self._begun = self._last = time.monotonic()
        self._task: dict[str, TaskID] = {}

    def __enter__(self) -> "ProgressReport":
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report that `done` of `total` papers of a stage are finished; 0 of 0 where a stage begins and counts none."""
        if self._quiet:
            return
        if self._bar is not None:
            self._draw(self._bar, stage, done, total)
        elif not total:
            if time.monotonic() - self._begun > _SECONDS_BETWEEN_LINES:  # a short build says nothing on the way
                click.echo(f"{stage} ...", err=True)
        elif done == total or time.monotonic() - self._last > _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            click.echo(f"{stage}: {done:,} of {counted(total, 'paper')}", err=True)

    def _draw(self, bar: "Progress", stage: str, done: int, total: int) -> None:
        if stage not in self._task:
            for earlier in self._task.values():
                bar.update(earlier, visible=False)
            self._task[stage] = bar.add_task(stage, total=total or None)
        if total:
            bar.update(self._task[stage], completed=done, total=total)
