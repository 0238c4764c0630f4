"""The build folder: one run at a time in it, leftovers of a broken run cleared, and a manifest of what it holds.

The manifest makes a run with nothing new cost no more than reading its input: it names what the files were made from
(``key``) and their sizes, and is written last, so that a folder whose manifest fits is complete.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from kg.data import Paper, Rejection
from kg.errors import ExportError, StoreError
from kg.files import MANIFEST, atomic_text


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this run. Raises `StoreError` if another run does, `ExportError` if it is not writable."""
    try:
        (folder / "cache").mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "cache" / "lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"{folder}: another kg build is writing there; wait for it or choose another -o") from error
    except OSError as error:
        raise ExportError(f"{folder}: cannot be written ({error.strerror or error}); choose another -o") from error
    try:
        _clear(folder)
        yield
    finally:
        lock.release()


def _clear(folder: Path) -> None:
    """Remove what a killed run left: files and stores under their temporary names."""
    for leftover in (
        *folder.glob(".*.tmp"),
        *folder.glob("*/.*.tmp"),
        *folder.glob("vault/*/.*.tmp"),
        *folder.glob(".*.old"),
        *folder.glob("..store*"),
    ):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def content_key(papers: Sequence[Paper], refused: Sequence[Rejection], *settings: str) -> str:
    """SHA-256 of all that the files of a build depend on."""
    total = hashlib.sha256()
    for record in chain(papers, refused):
        total.update(msgspec.json.encode(record))
    total.update(json.dumps(settings).encode())
    return total.hexdigest()


def current_files(folder: Path, key: str) -> tuple[str, ...]:
    """The files of a build with this key, if the folder holds each as large as it was written; else none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sizes: dict[str, int] = manifest["sizes"]
        whole = manifest["key"] == key and all(_size(folder / name) == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
    return tuple(sizes) if whole else ()


def forget(folder: Path) -> None:
    """Take the manifest away before the first file changes, so that a run broken off leaves a folder not current."""
    (folder / MANIFEST).unlink(missing_ok=True)


def write_manifest(folder: Path, key: str, files: Sequence[str]) -> None:
    """Say that the folder is complete."""
    sizes = {name: _size(folder / name) for name in files}
    with atomic_text(folder / MANIFEST) as stream:
        json.dump({"key": key, "sizes": sizes}, stream, indent=1)


def _size(path: Path) -> int:
    """Size in bytes; a folder counts as there or not, since the store rewrites its own files."""
    return 0 if path.is_dir() else path.stat().st_size
