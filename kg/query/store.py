"""The embedded SPARQL store of a build: pyoxigraph over a folder, loaded in bulk and opened read-only."""

import os
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import put
from kg.query.refresh import Changes, holds, parts, refresh, sign


def build_store(
    ntriples: Path, folder: Path, earlier: tuple[Path, Path] | None = None, changes: Changes | None = None
) -> None:
    """Load gzip-compressed N-Triples into a new store that replaces `folder` once it is complete.

    `earlier` are a store and the N-Triples that it may have been made from: if it was, and little differs, the new
    store is made from that one. `changes` are what differs between those and the new ones, if it is known. Raises
    `StoreError` if the store cannot be written.
    """
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        if not (earlier and _refreshed(ntriples, fresh, *earlier, changes)):
            _load(ntriples, fresh)
        sign(fresh, ntriples)
        put(fresh, folder)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be written ({error})") from error
    except (EOFError, SyntaxError) as error:
        raise StoreError(f"{ntriples}: damaged ({error}); build again") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _load(ntriples: Path, fresh: Path) -> None:
    store = ox.Store(str(fresh))  # its lock goes with it
    for part in parts(ntriples):
        store.bulk_load(input=part, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # our own writer's
    store.optimize()


def _refreshed(ntriples: Path, fresh: Path, store: Path, old: Path, changes: Changes | None) -> bool:
    """Whether the new store could be made from the old one; whatever is wrong with that one is no matter."""
    try:
        if holds(store, old) and refresh(store, old, ntriples, fresh, changes):
            return True
    except (OSError, EOFError, SyntaxError, ValueError, RuntimeError):
        pass
    shutil.rmtree(fresh, ignore_errors=True)
    return False


def open_store(folder: Path) -> ox.Store:
    """Open the store of a build for reading only. Raises `StoreError` with the way out."""
    if not (folder / "CURRENT").exists():
        raise StoreError(f"{folder}: no store there; build first: kg build INPUT -o {folder.parent}")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # the engine raises either, by the kind of damage
        raise StoreError(f"{folder}: the store is damaged or in use ({error}); build again") from error
