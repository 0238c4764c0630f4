"""One open listing: its bytes unpacked and decoded, line by line, with everything that is odd about them said aloud."""

import codecs
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kg.data import Rejection, Source
from kg.errors import InputError
from kg.read.fields import reject
from kg.read.limits import Limits
from kg.read.sources import STDIN, shown

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_OTHER_FILES = {
    b"%PDF": "a PDF; kg reads listings (title and abstract), not papers",
    b"PK\x03\x04": "a zip archive or office file; unpack it, or save the table as CSV",
    b"BZh": "bzip2; unpack it, or pack it with gzip",
    b"\xfd7zXZ": "xz; unpack it, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "zstandard; unpack it, or pack it with gzip",
    b"PAR1": "Parquet; save the table as CSV or JSON Lines",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"SQLite format 3": "a database; save the table as CSV or JSON Lines",
}
_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


class Line(NamedTuple):
    """A line without its end, and its 1-based number."""

    number: int
    text: str


@dataclass(slots=True)
class Listing:
    """A listing that is being read. ``head`` is its first 64 KiB; ``lines`` can be walked once.

    Rejections that concern the file, not a record (a wrong encoding), gather in ``notes`` while the lines are walked.
    """

    name: str
    head: str
    limits: Limits
    _chunks: Iterator[bytes]
    notes: list[Rejection] = field(default_factory=list)

    def source(self, line: int) -> Source:
        """Where `line` stands."""
        return Source(self.name, line)

    def lines(self) -> Iterator[Line]:
        """The lines in order. One longer than the limit is left out and noted.

        Raises `InputError` where the file cannot be read on (a damaged gzip file, a limit).
        """
        for number, raw in self._decoded(self.limits.line_bytes):
            if raw is None:
                reason = f"the line is longer than {self.limits.line_bytes} bytes"
                self.notes.append(reject(self.source(number), "", reason))
            else:
                yield Line(number, raw)

    def _decoded(self, longest: int) -> Iterator[tuple[int, str | None]]:
        """Numbered lines as text; None for one of more than `longest` bytes."""
        legacy, first_legacy = 0, 0
        for number, raw in _split(self._chunks, longest):
            if raw is None:
                yield number, None
                continue
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                legacy, first_legacy = legacy + 1, first_legacy or number
                text = raw.decode("cp1252", "replace")
            yield number, text.removeprefix("\ufeff") if number == 1 else text
        if legacy:
            reason = f"lines that are not UTF-8, read as Windows-1252 ({legacy} in all): check the accents"
            self.notes.append(reject(self.source(first_legacy), "", reason))

    def text(self) -> str:
        """The whole listing, for formats that cannot be read by lines. Raises `InputError` if it is too large."""
        lines, size, most = [], 0, self.limits.document_bytes
        for _, text in self._decoded(most):
            size += most + 1 if text is None else len(text) + 1
            if text is None or size > most:
                raise InputError(f"one document of more than {most} characters; JSON Lines may be of any size")
            lines.append(text)
        return "\n".join(lines)


@contextmanager
def open_listing(name: str, limits: Limits) -> Iterator[Listing]:
    """Open the file `name` (``-``: standard input), unpacked if it is gzip.

    Raises `InputError` if it cannot be opened, is empty or is no text.
    """
    if name == STDIN:
        yield _begin(name, sys.stdin.buffer, limits)
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed by the with below; only opening may fail here
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror or error})") from error
    with stream:
        yield _begin(shown(name), stream, limits)


def _begin(name: str, stream: BinaryIO, limits: Limits) -> Listing:
    chunks = _limited(_decoded(_unpacked(_raw(stream), limits)), limits.file_bytes)
    first, rest = _peek(chunks)
    head = b"".join(first)
    if not head.strip():
        next(rest, b"")  # raises what stopped the reading, if anything did
        raise InputError("the file is empty")
    _refuse_binary(head)
    rest = _chain(first, rest)
    if b"\n" not in head and b"\r" in head:
        rest = (chunk.replace(b"\r", b"\n") for chunk in rest)
        head = head.replace(b"\r", b"\n")
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    return Listing(name, text, limits, rest)


def _peek(chunks: Iterator[bytes]) -> tuple[list[bytes], Iterator[bytes]]:
    """The first 64 KiB, and what follows; a fault in the first ones is raised only when the rest is walked."""
    first: list[bytes] = []
    size = 0
    while size < _CHUNK:
        try:
            chunk = next(chunks, b"")
        except InputError as error:
            return first, _failing(error)
        if not chunk:
            break
        first.append(chunk)
        size += len(chunk)
    return first, chunks


def _failing(error: InputError) -> Iterator[bytes]:
    yield from ()
    raise error


def _chain(first: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from first
    yield from rest


def _raw(stream: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            chunk = stream.read(_CHUNK)
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror or error})") from error
        if not chunk:
            return
        yield chunk


def _unpacked(chunks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    first = next(chunks, b"")
    if first.startswith(_GZIP):
        yield from filter(None, _gunzip(_chain([first], chunks), limits))
    else:
        yield first
        yield from chunks


def _gunzip(chunks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """Unpack gzip members, in small pieces so that a bomb is seen before it fills the memory."""
    packed = unpacked = 0
    inflate = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        packed += len(chunk)
        pending, piece = chunk, b""
        while pending or len(piece) == _CHUNK:
            if inflate.eof:
                pending = pending.lstrip(b"\0")
                if not pending:
                    break
                inflate = zlib.decompressobj(wbits=31)
            try:
                piece = inflate.decompress(pending, _CHUNK)
            except zlib.error as error:
                raise InputError(f"damaged gzip data ({error})") from error
            unpacked += len(piece)
            if unpacked > max(limits.gzip_free_bytes, limits.gzip_ratio * packed):
                raise InputError(f"the gzip data unpacks to more than {limits.gzip_ratio} times its size")
            yield piece
            pending = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if not inflate.eof:
        raise InputError("the gzip data ends early; what stands before was read")


def _decoded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """UTF-8 for UTF-16 and UTF-32 with a byte order mark; everything else as it is."""
    first = next(chunks, b"")
    encoding = next((name for mark, name in _WIDE.items() if first.startswith(mark)), "")
    if not encoding:
        yield first
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chain([first], chunks):
            yield decoder.decode(chunk).encode("utf-8", "replace")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputError(f"broken {encoding} text ({error.reason}); what stands before was read") from error


def _limited(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        if not chunk:
            continue
        size += len(chunk)
        if size > limit:
            raise InputError(f"larger than {limit} bytes; what stands before was read")
        yield chunk


def _refuse_binary(head: bytes) -> None:
    for magic, what in _OTHER_FILES.items():
        if head.startswith(magic):
            raise InputError(f"not a listing: {what}")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(8, len(head) // 100):
        raise InputError("a binary file, not a listing; text is read as UTF-8, or UTF-16 with a byte order mark")


def _split(chunks: Iterator[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; None for one longer than `limit`, of which no more than that is ever held."""
    number, size = 1, 0
    held: list[bytes] = []
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            size += len(piece)
            yield number, None if size > limit else b"".join([*held, piece]).removesuffix(b"\r")
            number, size = number + 1, 0
            held = []
        size += len(rest)
        if size <= limit:
            held.append(rest)
        else:
            held = []
    if size:
        yield number, None if size > limit else b"".join(held).removesuffix(b"\r")
