"""Papers from BibTeX.

The parser is our own: it is linear on any input, knows the line of every entry, and a broken entry ends where the next
one begins.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.data import Paper, Rejection
from kg.read.columns import read_columns
from kg.read.fields import RawPaper, make_paper, reject
from kg.read.identifiers import arxiv_id, iso_date, month_number
from kg.read.latex import latex_text
from kg.read.listing import Listing
from kg.read.people import flip

_ENTRY = re.compile(r"\s{0,40}@\s{0,4}([A-Za-z]{1,40})\s{0,40}[{(]")
_FIRST_ENTRY = re.compile(r"^[ \t]{0,40}@[A-Za-z]{1,40}\s{0,40}[{(]\s{0,40}[^\s,{}()=]{1,200}\s{0,40},", re.MULTILINE)
_NAME = re.compile(r"[\s,]*([^\s=,{}\"#]{1,100})\s*=\s*")
_WORD = re.compile(r"[^\s,#{}\"]+")
_GLUE = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")
_AND = re.compile(" and ", re.IGNORECASE)
_LONGEST_MACRO = 2_000
_MOST_IN_MACROS = 1 << 22
_NO_PAPER = frozenset(("comment", "preamble"))
_PLAIN_FIELDS = frozenset(("url", "doi", "eprint", "key", "code", "github"))


def looks_like_bibtex(head: str) -> bool:
    """Whether a line of `head` begins an entry with a key."""
    return bool(_FIRST_ENTRY.search(head))


def read_bibtex(listing: Listing) -> Iterator[Paper | Rejection]:
    """Papers of a bibliography, each with the line of its entry; entries without an abstract are rejected."""
    macros: dict[str, str] = {}
    held = 0
    most = listing.limits.line_bytes
    for line, text, size in _entries(listing):
        source = listing.source(line)
        kind, fields, fault = _parse(text, macros)
        if size > most:
            yield reject(source, text, f"an entry of more than {most} characters")
        elif fault:
            yield reject(source, text, fault)
        elif kind == "string":
            held += sum(map(len, fields.values()))
            if held > _MOST_IN_MACROS or any(len(value) > _LONGEST_MACRO for value in fields.values()):
                yield reject(source, text, f"macros of more than {_LONGEST_MACRO} characters, {_MOST_IN_MACROS} in all")
                continue
            macros.update(fields)
        elif kind not in _NO_PAPER:
            yield from make_paper(_paper(fields), source, listing.limits)


def _entries(listing: Listing) -> Iterator[tuple[int, str, int]]:
    """Line, text and size of each entry, from the line on which it begins to the line before the next one."""
    held: list[str] = []
    first = size = 0
    for line in listing.lines():
        if _ENTRY.match(line.text):
            if held:
                yield first, "\n".join(held), size
            held, first, size = [], line.number, 0
        elif not first:
            continue
        size += len(line.text)
        if size <= listing.limits.line_bytes:
            held.append(line.text)
    if held:
        yield first, "\n".join(held), size


def _parse(text: str, macros: dict[str, str]) -> tuple[str, dict[str, str], str]:
    """Kind and fields of the entry that begins `text`, and what is wrong with it."""
    opened = _ENTRY.match(text)
    if opened is None:
        return "", {}, "no BibTeX entry"
    kind = opened[1].casefold()
    fields: dict[str, str] = {}
    place = opened.end()
    if kind in _NO_PAPER:
        return kind, fields, ""
    if kind != "string":
        comma = text.find(",", place)
        if comma < 0:
            return kind, fields, "the entry has no fields, or no comma after its key"
        fields["key"] = text[place:comma].strip()
        place = comma + 1
    while name := _NAME.match(text, place):
        value, place, fault = _value(text, name.end(), macros)
        if fault:
            return kind, fields, f"field {name[1]!r}: {fault}"
        fields.setdefault(name[1].casefold(), value)
    closed = text[place : place + 200].lstrip(", \t\n\r").startswith(("}", ")"))
    return kind, fields, "" if closed else "the entry is broken or not closed"


def _value(text: str, place: int, macros: dict[str, str]) -> tuple[str, int, str]:
    """The value at `place`, with its parts joined by ``#``; where it ends; and what is wrong with it."""
    parts: list[str] = []
    room = len(text) + _MOST_IN_MACROS  # macros that are made of themselves double their size with every line
    while True:
        mark = text[place : place + 1]
        end = _closing(text, place) if mark in ("{", '"') else -1
        if mark in ("{", '"') and end < 0:
            return "", place, "a brace or quotation mark that is not closed"
        if end >= 0:
            parts.append(text[place + 1 : end])
            place = end + 1
        elif word := _WORD.match(text, place):
            parts.append(macros.get(word[0].casefold(), word[0]))
            place, room = word.end(), room - len(parts[-1])
            if room < 0:
                return "", place, "its macros are larger than any entry"
        else:
            return "", place, "no value"
        glue = _GLUE.match(text, place)
        if glue is None:
            return "".join(parts), place, ""
        place = glue.end()


def _closing(text: str, place: int) -> int:
    """Where the value in braces or quotation marks that opens at `place` is closed; -1 if it is not."""
    quoted = text[place] == '"'
    depth = 0
    for found in (_BRACE_OR_QUOTE if quoted else _BRACE).finditer(text, place + quoted):
        mark = found[0]
        depth += (mark == "{") - (mark == "}")
        if (mark == '"' and depth == 0) or (not quoted and depth == 0):
            return found.start()
        if depth < 0:
            return -1
    return -1


def _paper(fields: dict[str, str]) -> RawPaper:
    text = {name: value if name in _PLAIN_FIELDS else latex_text(value) for name, value in fields.items()}
    eprint = text.pop("eprint", "")
    plain = read_columns(text)
    return replace(
        plain,
        id=fields.get("key", ""),
        arxiv=eprint if arxiv_id(eprint) else "",
        date=_date(text),
        authors=_authors(fields.get("author", "")),
        urls=tuple(value.replace("\\_", "_").replace("{", "").replace("}", "") for value in plain.urls),
    )


def _authors(text: str) -> tuple[str, ...]:
    names = _AND.split(" ".join(text.split()))
    return tuple(flip(latex_text(name)) for name in names if name != "others")


def _date(fields: dict[str, str]) -> str:
    date = iso_date(fields.get("date", "")) or iso_date(fields.get("year", ""))
    month = month_number(fields.get("month", ""))
    return f"{date}-{month}" if len(date) == 4 and month else date
