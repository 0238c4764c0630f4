"""Files that are either whole or not there: written under a temporary name beside the target, then renamed."""

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from kg.errors import ExportError


@contextmanager
def atomic_binary(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing bytes; the old file stays whole until the block ends without an error.

    Raises `ExportError` if the file cannot be written (no permission, disk full).
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written ({error.strerror or error}); the old file is unchanged"
        ) from error
    finally:
        with suppress(OSError):  # where nothing can be written, nothing need be removed
            temporary.unlink(missing_ok=True)


@contextmanager
def atomic_text(path: Path) -> Iterator[TextIO]:
    """As `atomic_binary`, for UTF-8 text with ``\\n`` line ends on every system."""
    with atomic_binary(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=False)
        yield text
        text.flush()
        text.detach()


@contextmanager
def atomic_gzip(path: Path) -> Iterator[TextIO]:
    """As `atomic_text`, gzip-compressed with neither name nor time in its header, so that equal text is equal bytes."""
    with (
        atomic_binary(path) as stream,
        gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=6, mtime=0) as packed,
    ):
        text = io.TextIOWrapper(cast(BinaryIO, packed), encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()
