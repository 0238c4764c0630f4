"""The files of the build before, piece by piece: what they said of a node is copied where nothing about it is new.

A file is a row of pieces, each with a key; beside it lies a list that names each with a digest of all that it was made
from. Pieces stand in the order of their keys in every build, so that reading both side by side tells what stayed, what
went and what came. What is copied names the run that wrote it, once in each statement: there the run is exchanged.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import msgspec

from kg.export.rdf.pieces import Piece
from kg.export.rdf.statements import Statements
from kg.export.rdf.syntaxes import Syntax
from kg.export.rdf.triples import RdfGraph
from kg.files import atomic_binary, atomic_gzip, atomic_text, file_digest, newest

_MOST = 300_000  # lines that differ; a store is made anew rather than changed in more


class _Row(NamedTuple):
    """A piece in a list: key, digest, length in bytes and in triples."""

    key: str
    digest: str
    length: int
    triples: int


class _Written(NamedTuple):
    """What a list belongs to: SHA-256 of list and file, what the text depends on besides the graph, and the run."""

    listed: str
    file: str
    context: str
    run: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the lists of pieces are kept, and what the text depends on besides the graph, as one text."""

    folder: Path
    context: str

    def list_of(self, path: Path) -> Path:
        """The list of the pieces of a file."""
        return self.folder / f"{path.name}.pieces"

    def about(self, path: Path) -> Path:
        """What that list belongs to."""
        return self.folder / f"{path.name}.json"


@dataclass(slots=True)
class Differences:
    """Lines of N-Triples that went, and that came, since the file of the build before; nothing if it is `unknown`.

    Those that went name the run of this build, as if it had been that of the other; `runs` are both, as terms.
    """

    runs: tuple[bytes, bytes]
    gone: set[bytes] = field(default_factory=set)
    came: set[bytes] = field(default_factory=set)
    unknown: bool = False

    def note(self, before: bytes, after: bytes) -> None:
        """One piece in the place of another; either may be empty."""
        before = before.replace(*self.runs)
        if self.unknown or before == after:
            return
        self.gone.update(before.splitlines(keepends=True))
        self.came.update(after.splitlines(keepends=True))
        if len(self.gone) + len(self.came) > _MOST:
            self.settle()
            self.unknown = len(self.gone) + len(self.came) > _MOST

    def settle(self) -> None:
        """Forget what went from one place and came to another."""
        both = self.gone & self.came
        self.gone -= both
        self.came -= both


class Sheet:
    """A file under way, and what the build before wrote in its place, if that is known."""

    def __init__(self, syntax: Syntax, rdf: RdfGraph, stream: BinaryIO) -> None:
        self.syntax, self.statements = syntax, Statements(rdf, syntax)
        self._stream = stream
        self._listed: BinaryIO | None = None
        self._earlier: _Earlier | None = None
        self.differences: Differences | None = None

    def put(self, piece: Piece) -> int:
        """Write a piece, the next in order; returns how many triples it is."""
        row, before = self._earlier.at(piece.key) if self._earlier else (None, b"")
        data = self._earlier.copied(row, before, piece) if self._earlier and row else b""
        triples = row.triples if row and data else piece.size()
        if not data:
            data = piece.text(self.syntax, self.statements).encode()
            if self.differences:
                self.differences.note(before, data)
        self._stream.write(data)
        if self._listed:
            self._listed.write(msgspec.json.encode((piece.key, piece.digest, len(data), triples)) + b"\n")
        return triples

    def keep(self, listed: BinaryIO, earlier: "_Earlier | None") -> None:
        """List the pieces, and copy those of an `earlier` file."""
        self._listed, self._earlier = listed, earlier
        if earlier and earlier.differences:
            self.differences = earlier.differences

    def end(self) -> None:
        """Say that there is no further piece."""
        if self._earlier:
            self._earlier.rest()
        if self.differences:
            self.differences.settle()


class _Earlier:
    """The pieces of an earlier file, asked for in the order of their keys."""

    def __init__(self, stream: BinaryIO, rows: Iterator[_Row], runs: tuple[bytes, bytes] | None) -> None:
        """`runs` are what each statement says of its run, in that file and in the new one; None: nothing is copied."""
        self._stream, self._rows, self._runs = stream, rows, runs
        self._next = next(rows, None)
        self.differences: Differences | None = None

    def at(self, key: str) -> tuple[_Row | None, bytes]:
        """The piece of that key; what stands before it went."""
        while self._next and self._next.key < key:
            self._let_go()
        return self._read() if self._next and self._next.key == key else (None, b"")

    def copied(self, row: _Row, data: bytes, piece: Piece) -> bytes:
        """The text of `piece` made of that of `row`, or nothing where it may be another."""
        if not self._runs or not piece.digest or row.digest != piece.digest:
            return b""
        # a text that quotes what we write of runs is not to be changed
        return data.replace(*self._runs) if data.count(self._runs[0]) == piece.statements else b""

    def rest(self) -> None:
        """All that is left went."""
        while self._next:
            self._let_go()

    def _let_go(self) -> None:
        _, data = self._read()
        if self.differences:
            self.differences.note(data, b"")

    def _read(self) -> tuple[_Row, bytes]:
        row = cast(_Row, self._next)
        self._next = next(self._rows, None)
        return row, self._stream.read(row.length)


@contextmanager
def open_sheet(path: Path, syntax: Syntax, rdf: RdfGraph, kept: Kept | None) -> Iterator[Sheet]:
    """A file for the block to write, piece by piece, with the help of the one that is there."""
    with ExitStack() as files:
        sheet = Sheet(syntax, rdf, files.enter_context(_opened(path)))
        if kept:
            sheet.keep(files.enter_context(atomic_binary(kept.list_of(path))), _earlier(path, kept, sheet, rdf, files))
        yield sheet
        sheet.end()
    if kept:
        listed, file = (file_digest(newest(part)) for part in (kept.list_of(path), path))
        with atomic_text(kept.about(path)) as stream:
            json.dump(_Written(listed, file, kept.context, rdf.run_id)._asdict(), stream, indent=1)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with (atomic_gzip if path.suffix == ".gz" else atomic_binary)(path) as stream:
        yield stream


def _earlier(path: Path, kept: Kept, sheet: Sheet, rdf: RdfGraph, files: ExitStack) -> _Earlier | None:
    """The file that is there, if it is the one that its list names and may be of use."""
    written = _written(path, kept)
    packed, reworded = path.suffix == ".gz", not written or written.context != kept.context
    if not written or (reworded and not packed):  # nothing to copy, and nobody asks what differs
        return None
    rows = map(msgspec.json.Decoder(_Row).decode, files.enter_context(kept.list_of(path).open("rb")))
    stream = files.enter_context((gzip.open if packed else open)(path, "rb"))
    before, now = (sheet.statements.said_of_run(run).encode() for run in (written.run, rdf.run_id))
    found = _Earlier(cast(BinaryIO, stream), rows, None if reworded else (before, now))
    if packed:
        found.differences = Differences((rdf.term(written.run).encode(), rdf.term(rdf.run_id).encode()))
    return found


def _written(path: Path, kept: Kept) -> _Written | None:
    """What was noted of the file that is there and its list, if they are still the same."""
    try:
        written = _Written(**msgspec.json.decode(kept.about(path).read_bytes(), type=dict[str, str]))
        same = (written.listed, written.file) == (file_digest(kept.list_of(path)), file_digest(path))
    except (OSError, ValueError, TypeError):
        return None
    return written if same else None
