"""The store of a build, made and checked beside the writing of the other files."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.files import newest, place
from kg.ontology import Constraint, load_ontology
from kg.pipeline.background import beside
from kg.pipeline.clock import Clock
from kg.pipeline.options import BuildOptions
from kg.query import Changes, Violation, build_store, open_store, violations

_SMALL = 20_000  # assertions; a process of its own would take longer to start than it saves

Stored = tuple[tuple[Violation, ...], Clock]


@contextmanager
def storing(
    folder: Path, options: BuildOptions, assertions: int, doubted: Sequence[Constraint], changes: Changes | None = None
) -> Iterator[Callable[[], Stored]]:
    """Begin the store of the N-Triples in `folder`; the block is given a function that waits for it.

    That function puts the new store in the place of the old one and returns what breaks a shape, and the clock of
    its stages; only `doubted` constraints are looked at there. `changes` are what differs from the earlier N-Triples,
    if it is known. With one job, or little to do, all of it is done when the function is called. Another process only
    ever writes beside the store: it may be the last that is left of a run that was killed.
    """
    fresh = folder / f".store.{os.getpid()}.new.tmp"
    earlier = (folder / "store", folder / "graph.nt.gz")
    arguments = (newest(earlier[1]), fresh, earlier, options.ontology, tuple(doubted), changes)
    try:
        if options.jobs == 1 or assertions < _SMALL:
            yield lambda: _placed(_store(*arguments), fresh, folder / "store")
        else:
            with beside(_store, *arguments) as stored:
                yield lambda: _placed(stored(), fresh, folder / "store")
    finally:
        for left in (fresh, *folder.glob(f".{fresh.name}.*.tmp")):  # the second: of a process that was killed
            shutil.rmtree(left, ignore_errors=True)


def _store(
    ntriples: Path,
    fresh: Path,
    earlier: tuple[Path, Path],
    ontology: tuple[Path, ...],
    doubted: Sequence[Constraint],
    changes: Changes | None,
) -> Stored:
    clock = Clock()
    with clock.stage("store"):
        build_store(ntriples, fresh, earlier, changes)
    with clock.stage("validate"):
        found = violations(open_store(fresh), load_ontology(ontology), doubted) if doubted else ()
    return found, clock


def _placed(stored: Stored, fresh: Path, folder: Path) -> Stored:
    try:
        ready = fresh.with_name(f".{folder.name}.{os.getpid()}.tmp")
        fresh.rename(ready)
        place(ready, folder)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be replaced ({error})") from error
    return stored
