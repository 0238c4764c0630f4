"""Files of SQLite that a build folder keeps from one run to the next: they only save time, and may be begun anew."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from kg.errors import StoreError


class Kept(Protocol):
    """What is open on such a file."""

    def close(self) -> None:
        """Close the file."""


File = TypeVar("File", bound=Kept)


@contextmanager
def opened(
    file: Path,
    make: Callable[[Path], File],
    set_aside: Callable[[Path], object],
    damage: tuple[type[Exception], ...] = (sqlite3.DatabaseError,),
) -> Iterator[File]:
    """What `make` opens on `file`, closed after the block; a damaged file is `set_aside` and begun anew.

    Raises `StoreError` if the file cannot be opened, and for what is `damage` within the block.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        kept = make(file)
    except sqlite3.OperationalError as error:  # no damage: the disk is full, say, or the file is not to be written
        raise StoreError(f"{file}: cannot be opened or written ({error}); make room for it and run again") from error
    except sqlite3.DatabaseError:
        set_aside(file)
        kept = make(file)
    try:
        yield kept
    except damage as error:
        raise StoreError(f"{file}: damaged or not writable ({error}); delete it and run again") from error
    finally:
        kept.close()
