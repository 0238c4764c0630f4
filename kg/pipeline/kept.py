"""Files of SQLite that a build folder keeps from one run to the next: they only save time, and may be begun anew."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from kg.errors import StoreError


class KeptFile:
    """An open file with one table. Several may be open at once: what goes wrong with one names that one."""

    def __init__(self, file: Path, *statements: str, **values: str) -> None:
        """Open or create `file`, and execute `statements` with named `values`: make the table, say.

        Raises `sqlite3.Error`; the file is closed then.
        """
        self._file = file
        self._connection = sqlite3.connect(file)
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            with self._connection:
                for statement in statements:
                    self._connection.execute(statement, values)
        except sqlite3.Error:
            self._connection.close()  # whoever sets the file aside cannot on Windows while it is open
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Raise `StoreError` with the way out for what the file, or a record in it, does to the block."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _refused(self._file, error) from error
        except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
            raise StoreError(f"{self._file}: damaged ({error}); delete it and run again") from error


File = TypeVar("File", bound=KeptFile)


@contextmanager
def opened(file: Path, make: Callable[[Path], File], set_aside: Callable[[Path], object]) -> Iterator[File]:
    """What `make` opens on `file`, closed after the block; a damaged file is `set_aside` and begun anew.

    Raises `StoreError` if the file cannot be opened, or cannot be set aside.
    """
    kept = _opened(file, make, set_aside)
    try:
        yield kept
    finally:
        kept.close()


def _opened(file: Path, make: Callable[[Path], File], set_aside: Callable[[Path], object]) -> File:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return make(file)
        except sqlite3.OperationalError:  # no damage: the disk is full, say, or the file is not to be written
            raise
        except sqlite3.DatabaseError:
            set_aside(file)
        return make(file)
    except (sqlite3.Error, OSError) as error:
        raise _refused(file, error) from error


def _refused(file: Path, error: Exception) -> StoreError:
    return StoreError(f"{file}: cannot be read or written ({error}); make room for it and run again")
