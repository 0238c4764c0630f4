"""Files that are either whole or not there: written under a temporary name beside the target, then renamed.

Files that belong together take their places `together`, so that an error on the way leaves all of the old ones.
"""

import errno
import gzip
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from kg.errors import ExportError

MANIFEST = "cache/manifest.json"
"""What a build writes last, below its folder."""

_AT_ONCE = 1 << 16  # bytes that are compressed at once

_WAITING: dict[Path, dict[Path, Path]] = {}  # by folder of `together`: finished files under their temporary names


@contextmanager
def together(folder: Path) -> Iterator[None]:
    """Let files below `folder` that are finished within the block wait, and take their places when it ends.

    After an error in the block none of them does, and the folder is as it was. `newest` tells where one that waits can
    be read. Raises `ExportError` if a file cannot take its place.
    """
    waiting = _WAITING[folder.resolve()] = {}
    try:
        try:
            yield
        finally:
            del _WAITING[folder.resolve()]
        while waiting:
            path = next(iter(waiting))
            _put_waiting(path, waiting.pop(path))
    finally:
        for temporary in waiting.values():
            _remove(temporary)


def _put_waiting(path: Path, temporary: Path) -> None:
    try:
        put(temporary, path)
    except OSError as error:
        _remove(temporary)
        reason = error.strerror or error
        raise ExportError(f"{path}: cannot be replaced ({reason}); mend that and run the same command again") from error


def place(temporary: Path, path: Path) -> None:
    """Give a finished file or folder its name, now or when the block of `together` ends.

    Raises `OSError`, an `IsADirectoryError` if a folder stands where a file should.
    """
    if path.is_dir() and not temporary.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    waiting = _waiting(path)
    if waiting is None:
        put(temporary, path)
    else:
        waiting[path] = temporary


def put(temporary: Path, path: Path) -> None:
    """Give a finished file or folder its name now; what had it goes. Raises `OSError`."""
    if not temporary.is_dir():
        temporary.replace(path)
        return
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    if path.exists():
        path.rename(old)
    try:
        temporary.rename(path)
    except OSError:
        with suppress(OSError):
            old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def newest(path: Path) -> Path:
    """Where the newest content of `path` can be read: under its temporary name while it waits for others."""
    return (_waiting(path) or {}).get(path, path)


def _waiting(path: Path) -> dict[Path, Path] | None:
    if not _WAITING:
        return None
    parent = path.parent.resolve()
    return next((waiting for folder, waiting in _WAITING.items() if parent.is_relative_to(folder)), None)


def _remove(temporary: Path) -> None:
    with suppress(OSError):  # where nothing can be written, nothing need be removed
        if temporary.is_dir():
            shutil.rmtree(temporary)
        else:
            temporary.unlink(missing_ok=True)


def file_digest(file: Path) -> str:
    """SHA-256 of a file in hexadecimal. Raises `OSError`."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` for the block to write to; what is there takes its place when the block ends.

    After an error it is removed. Raises `OSError`.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        place(temporary, path)
    finally:
        if newest(path) != temporary:
            _remove(temporary)


@contextmanager
def atomic_binary(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing bytes; the old file stays whole until the block ends without an error.

    Raises `ExportError` if the file cannot be written (no permission, disk full).
    """
    try:
        with written(path) as temporary, temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written ({error.strerror or error}); the old file is unchanged"
        ) from error


@contextmanager
def atomic_text(path: Path) -> Iterator[TextIO]:
    """As `atomic_binary`, for UTF-8 text with ``\\n`` line ends on every system."""
    with atomic_binary(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=False)
        yield text
        text.flush()
        text.detach()


@contextmanager
def atomic_gzip(path: Path) -> Iterator[BinaryIO]:
    """As `atomic_binary`, gzip-compressed with neither name nor time in its header: equal content is equal bytes."""
    with (
        atomic_binary(path) as stream,
        gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=3, mtime=0) as packed,
        io.BufferedWriter(cast(io.RawIOBase, packed), _AT_ONCE) as buffered,
    ):
        yield buffered
