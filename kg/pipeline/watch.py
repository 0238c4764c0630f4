"""A folder that fills: build again whenever its files have changed and then stayed as they are."""

import os
import time
from collections.abc import Callable
from pathlib import Path

Snapshot = dict[str, tuple[int, int]]  # size and time of change by path


def watch(
    folder: Path,
    rebuild: Callable[[], None],
    *,
    every: float,
    stop: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Look at `folder` every so many seconds until `stop`; call `rebuild` once two looks in a row see the same files.

    What changes while `rebuild` runs is seen afterwards. An empty folder is waited for.
    """
    built: Snapshot = {}
    before: Snapshot = {}
    while not stop():
        now = snapshot(folder)
        if now == before and now != built:
            built = now
            rebuild()
        before = now
        sleep(every)


def snapshot(folder: Path) -> Snapshot:
    """The files below `folder` as they are now. Hidden ones are passed over: downloads often have such names first."""
    found: Snapshot = {}
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if not name.startswith(".") and (state := _state(path)):
                found[str(path)] = state
    return found


def _state(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:  # gone between listing and looking
        return None
    return state.st_size, state.st_mtime_ns
