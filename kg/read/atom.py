"""Papers from Atom feeds: the arXiv API's, and any other whose entries have a title and a summary.

The parser is expat, fed line by line. Entities are refused where they are declared, so that none can grow (the "billion
laughs") and none can fetch a file; https://docs.python.org/3/library/xml.html#xml-vulnerabilities tells the story.
"""

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from kg.data import Paper, Rejection
from kg.errors import InputError
from kg.read.fields import RawPaper, make_paper
from kg.read.identifiers import iso_date
from kg.read.limits import Limits
from kg.read.listing import Listing

_FEED = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?feed[\s>]")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_DEEPEST = 64
_FIELDS = frozenset(("title", "summary", "content", "id", "published", "updated", "name", "doi", "journal_ref"))


def looks_like_atom(head: str) -> bool:
    """Whether `head` begins an XML document with a feed in it."""
    return head.lstrip().startswith("<") and bool(_FEED.search(head[:8_000]))


def read_atom(listing: Listing) -> Iterator[Paper | Rejection]:
    """Papers of a feed, each with the line of its entry.

    Raises `InputError` where the XML is broken, declares entities or grows beyond a limit; the entries before are read.
    """
    entries = _Entries(listing.limits)
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: entries.start(name, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = entries.end
    parser.CharacterDataHandler = entries.text
    parser.EntityDeclHandler = _refuse_entity
    fed = 0
    for piece in _pieces(listing):
        fed += len(piece)
        fault = _feed(parser, piece, final=False)
        yield from _papers(entries, listing)
        if fault:
            raise fault
        if fed - parser.CurrentByteIndex > 2 * listing.limits.line_bytes:
            raise InputError(f"line {parser.CurrentLineNumber}: a tag that is not closed; what stands before was read")
    if fault := _feed(parser, b"", final=True):
        raise fault


def _pieces(listing: Listing) -> Iterator[bytes]:
    """The lines in ever larger pieces: expat reads an unfinished tag again from its start whenever it is given more."""
    held: list[bytes] = []
    size, wanted = 0, 1 << 14
    for line in listing.lines():
        held.append(line.text.encode("utf-8", "replace"))
        size += len(held[-1]) + 1
        if size >= wanted:
            yield b"\n".join([*held, b""])
            held, size, wanted = [], 0, min(2 * wanted, 1 << 22)
    yield b"\n".join([*held, b""])


def _feed(parser: expat.XMLParserType, piece: bytes, *, final: bool) -> InputError | None:
    """What stops the parser in `piece`, to be raised once the entries before it have been handed on."""
    try:
        parser.Parse(piece, final)
    except expat.ExpatError as error:
        reason = f"broken XML in line {error.lineno}: {expat.ErrorString(error.code)}"
        return InputError(f"{reason}; what stands before was read")
    except InputError as error:
        return error
    return None


def _refuse_entity(name: str, *_rest: object) -> None:
    raise InputError(f"the XML declares the entity {name[:40]!r}; no entity is expanded or fetched")


def _papers(entries: "_Entries", listing: Listing) -> Iterator[Paper | Rejection]:
    for line, raw in entries.finished:
        yield from make_paper(raw, listing.source(line), listing.limits)
    entries.finished.clear()


class _Entries:
    """What expat reports, gathered into the entries of the feed."""

    def __init__(self, limits: Limits) -> None:
        self.finished: list[tuple[int, RawPaper]] = []
        self._most = limits.line_bytes
        self._path: list[str] = []
        self._line = 0
        self._field = ""
        self._size = 0
        self._values: dict[str, list[list[str]]] = {}

    def start(self, qualified: str, attributes: Mapping[str, str], line: int) -> None:
        name = qualified.rpartition(" ")[2]
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise InputError(f"line {line}: elements nested more than {_DEEPEST} deep")
        if name == "entry":
            self._values, self._line, self._size, self._field = {}, line, 0, ""
        elif name == "link" and self._inside_entry():
            key = "doi" if attributes.get("title") == "doi" else attributes.get("rel", "alternate")
            self._values.setdefault(f"link {key}", []).append([attributes.get("href", "")])
        elif name in _FIELDS and self._inside_entry() and not self._field:
            self._field = name
            self._values.setdefault(name, []).append([])

    def text(self, data: str) -> None:
        if self._field:
            self._size += len(data)
            if self._size > self._most:
                raise InputError(f"line {self._line}: an entry of more than {self._most} characters")
            self._values[self._field][-1].append(data)

    def end(self, qualified: str) -> None:
        name = self._path.pop()
        if name == self._field:
            self._field = ""
        elif name == "entry":
            self.finished.append((self._line, self._paper()))
            self._values = {}

    def _inside_entry(self) -> bool:
        return "entry" in self._path[:-1]

    def _first(self, *names: str) -> str:
        return next(("".join(value) for name in names for value in self._values.get(name, [])), "")

    def _paper(self) -> RawPaper:
        return RawPaper(
            title=self._first("title"),
            abstract=self._first("summary", "content"),
            id=self._first("id"),
            doi=self._first("doi", "link doi"),
            date=iso_date(self._first("published", "updated")),
            authors=tuple("".join(value) for value in self._values.get("name", [])),
            venue=self._first("journal_ref"),
            page=self._first("link alternate"),
        )
