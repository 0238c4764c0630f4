"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType

import click

_SECONDS_BETWEEN_LINES = 10.0


class ProgressReport:
    """Shows one stage after the other. Call it with the stage's name, the number done and the total."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: object | None = None
        self._last = time.monotonic()
        self._task: dict[str, int] = {}

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
            self._bar.__exit__(kind, error, trace)  # type: ignore[attr-defined]

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report that `done` of `total` papers of a stage are finished."""
        if self._quiet:
            return
        if self._bar is not None:
            self._show(stage, done, total)
        elif done == total or time.monotonic() - self._last > _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            click.echo(f"{stage}: {done} of {total} papers", err=True)

    def _show(self, stage: str, done: int, total: int) -> None:
        from rich.progress import Progress

        assert isinstance(self._bar, Progress)  # noqa: S101 - set together in __enter__
        if stage not in self._task:
            self._task[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._task[stage], completed=done)
