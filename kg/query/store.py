"""The embedded SPARQL store of a build: pyoxigraph over a folder, loaded in bulk and opened read-only."""

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import put

_PART = 16 << 20  # bytes of N-Triples that the engine loads at once; it holds some twenty times as much in memory


def build_store(ntriples: Path, folder: Path) -> None:
    """Load gzip-compressed N-Triples into a new store that replaces `folder` once it is complete.

    Raises `StoreError` if the store cannot be written.
    """
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        store = ox.Store(str(fresh))
        with gzip.open(ntriples, "rb") as stream:
            for part in _parts(cast(BinaryIO, stream)):
                store.bulk_load(input=part, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # our own writer's
        store.optimize()
        del store  # releases the lock file
        put(fresh, folder)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be written ({error})") from error
    except (EOFError, SyntaxError) as error:
        raise StoreError(f"{ntriples}: damaged ({error}); build again") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time."""
    rest = b""
    while block := stream.read(_PART):
        end = block.rfind(b"\n") + 1
        if end:
            yield rest + block[:end]
            rest = block[end:]
        else:
            rest += block
    if rest:
        yield rest


def open_store(folder: Path) -> ox.Store:
    """Open the store of a build for reading only. Raises `StoreError` with the way out."""
    if not (folder / "CURRENT").exists():
        raise StoreError(f"{folder}: no store there; build first: kg build INPUT -o {folder.parent}")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # the engine raises either, by the kind of damage
        raise StoreError(f"{folder}: the store is damaged or in use ({error}); build again") from error
