"""Records that outgrow memory: sequences, and values gathered by key, of which a file without a name holds the most.

Such a file is gone when its process is, in whatever way that ends: a build that is killed leaves none behind.
"""

import heapq
import itertools
import weakref
from abc import abstractmethod
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar, overload

import msgspec

from kg.errors import StoreError

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

_BLOCK = 128  # records that are read at once


@dataclass(frozen=True, slots=True)
class Room:
    """How many records of one kind memory may hold, and the folder for what is more (none: the system's own)."""

    records: int = 200_000
    folder: Path | None = None


class _Blocks(Generic[T]):
    """Lists of records of one kind, one after the other in a file without a name."""

    def __init__(self, kind: Any, folder: Path | None) -> None:
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(list[kind]).decode
        self._starts = array("Q", [0])
        self._folder = folder
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            self._file = TemporaryFile(dir=folder, prefix=".shelf.", suffix=".tmp", buffering=0)  # noqa: SIM115
        except OSError as error:
            raise self._refused(error) from error
        weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def put(self, records: list[T]) -> None:
        """Add a block. Raises `StoreError` if there is no room for it."""
        data = self._encode(records)
        try:
            self._file.seek(self._starts[-1])
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise self._refused(error) from error
        self._starts.append(self._starts[-1] + len(data))

    def get(self, number: int) -> list[T]:
        """The records of a block."""
        start, end = self._starts[number], self._starts[number + 1]
        self._file.seek(start)
        records: list[T] = self._decode(self._file.read(end - start))
        return records

    def _refused(self, error: OSError) -> StoreError:
        where = self._folder or "the system's folder for temporary files"
        return StoreError(
            f"{where}: what does not fit into memory cannot be written ({error.strerror or error}); make room there"
        )


class Lazy(Sequence[T]):
    """A sequence that makes its records when they are asked for."""

    @abstractmethod
    def at(self, place: int) -> T:
        """The record at a place from 0 on."""

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        places = range(len(self))[index]
        return tuple(map(self.at, places)) if isinstance(places, range) else self.at(places)


class Picked(Lazy[T]):
    """Some records of a sequence, by their places."""

    def __init__(self, records: Sequence[T], places: Sequence[int]) -> None:
        self._records, self._places = records, places

    def __len__(self) -> int:
        return len(self._places)

    def at(self, place: int) -> T:
        """The record at a place among those picked."""
        return self._records[self._places[place]]


class Shelf(Lazy[T]):
    """A sequence of records of which memory holds no more than two blocks."""

    def __init__(self, records: Iterable[T], kind: type[T], folder: Path | None = None) -> None:
        """Write `records`, which are of the dataclass `kind`. Raises `StoreError` if there is no room for them."""
        self._blocks: _Blocks[T] = _Blocks(kind, folder)
        self._count = 0
        self._read: dict[int, list[T]] = {}
        for block in _batched(records):
            self._blocks.put(block)
            self._count += len(block)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._blocks)):
            yield from self._blocks.get(number)

    def at(self, place: int) -> T:
        """The record at a place; fast if it is near one of the last two."""
        number, within = divmod(place, _BLOCK)
        block = self._read.get(number)
        if block is None:
            if len(self._read) > 1:
                del self._read[next(iter(self._read))]
            block = self._read[number] = self._blocks.get(number)
        return block[within]


def shelve(records: Iterable[T], kind: type[T], room: Room) -> Sequence[T]:
    """The records as a tuple if memory may hold them, else on a `Shelf`."""
    coming = iter(records)
    first = tuple(itertools.islice(coming, room.records + 1))
    return first if len(first) <= room.records else Shelf(itertools.chain(first, coming), kind, room.folder)


class Groups(Generic[K, V]):
    """Values gathered by key. Keys come back in order, each once, its values in the order in which they came.

    Whenever memory holds as many values as it may, they go to the file, sorted by key; all such runs are merged when
    the groups are asked for.
    """

    def __init__(self, kind: Any, room: Room) -> None:
        """Groups of one `kind`, a type such as ``tuple[str, list[Node]]``."""
        self._kind, self._room = kind, room
        self._held: defaultdict[K, list[V]] = defaultdict(list)
        self._count = 0
        self._blocks: _Blocks[tuple[K, list[V]]] | None = None
        self._runs: list[range] = []

    def __contains__(self, key: K) -> bool:
        """Whether memory holds values of this key; there may be others in the file."""
        return key in self._held

    def add(self, key: K, value: V) -> None:
        """Put one more value to its key. Raises `StoreError` if it does not fit into memory nor on the disk."""
        self._held[key].append(value)
        self._count += 1
        if self._count >= self._room.records:
            self._write_run()

    def taken(self) -> Iterator[tuple[K, list[V]]]:
        """All groups, which are given away: this works once."""
        rest = _emptied(self._held)
        if not self._runs:
            return rest
        merged = heapq.merge(*map(self._run, self._runs), rest, key=itemgetter(0))
        return (
            (key, [value for _, values in same for value in values])
            for key, same in itertools.groupby(merged, key=itemgetter(0))
        )

    def _write_run(self) -> None:
        if self._blocks is None:
            self._blocks = _Blocks(self._kind, self._room.folder)
        start = len(self._blocks)
        for block in _batched(_emptied(self._held)):
            self._blocks.put(block)
        self._runs.append(range(start, len(self._blocks)))
        self._count = 0

    def _run(self, numbers: range) -> Iterator[tuple[K, list[V]]]:
        if self._blocks is not None:
            for number in numbers:
                yield from self._blocks.get(number)


def _emptied(held: dict[K, list[V]]) -> Iterator[tuple[K, list[V]]]:
    """Keys in order with their values, which are let go one by one."""
    return ((key, held.pop(key)) for key in sorted(held))  # type: ignore[type-var]


def _batched(records: Iterable[T]) -> Iterator[list[T]]:
    coming = iter(records)
    while block := list(itertools.islice(coming, _BLOCK)):
        yield block
