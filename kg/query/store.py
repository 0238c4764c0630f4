"""The embedded SPARQL store of a build: pyoxigraph over a folder, loaded in bulk and opened read-only."""

import gzip
import os
import shutil
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import put


def build_store(ntriples: Path, folder: Path) -> None:
    """Load gzip-compressed N-Triples into a new store that replaces `folder` once it is complete.

    Raises `StoreError` if the store cannot be written.
    """
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        store = ox.Store(str(fresh))
        with gzip.open(ntriples, "rb") as stream:
            store.bulk_load(input=cast(IO[bytes], stream), format=ox.RdfFormat.N_TRIPLES)
        store.optimize()
        del store  # releases the lock file
        put(fresh, folder)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be written ({error})") from error
    except (EOFError, SyntaxError) as error:
        raise StoreError(f"{ntriples}: damaged ({error}); build again") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def open_store(folder: Path) -> ox.Store:
    """Open the store of a build for reading only. Raises `StoreError` with the way out."""
    if not (folder / "CURRENT").exists():
        raise StoreError(f"{folder}: no store there; build first: kg build INPUT -o {folder.parent}")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # the engine raises either, by the kind of damage
        raise StoreError(f"{folder}: the store is damaged or in use ({error}); build again") from error
