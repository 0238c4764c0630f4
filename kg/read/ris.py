"""Papers from RIS files, as reference managers and publishers export them."""

import re
from collections.abc import Iterator

from kg.data import Paper, Rejection
from kg.read.fields import RawPaper, make_paper, reject
from kg.read.identifiers import iso_date
from kg.read.listing import Listing
from kg.read.people import flip

_TAG = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: (.*)|)$", re.DOTALL)
_FIRST_TAG = re.compile(r"^TY {1,2}-(?: |$)", re.MULTILINE)

Tags = dict[str, list[list[str]]]  # the values of each tag, by their lines


def looks_like_ris(head: str) -> bool:
    """Whether a line of `head` begins a reference."""
    return bool(_FIRST_TAG.search(head))


def read_ris(listing: Listing) -> Iterator[Paper | Rejection]:
    """Papers of a RIS file, each with the line of its ``TY``."""
    most = listing.limits.line_bytes
    for line, tags, size in _references(listing):
        if size > most:
            yield reject(listing.source(line), _first(tags, "TI", "T1"), f"a reference of more than {most} characters")
        else:
            yield from make_paper(_paper(tags), listing.source(line), listing.limits)


def _references(listing: Listing) -> Iterator[tuple[int, Tags, int]]:
    """Line, tags and size of each reference; it ends at ``ER`` or, if that is missing, where the next one begins."""
    tags: Tags = {}
    first = size = 0
    last = ""
    for line in listing.lines():
        found = _TAG.match(line.text)
        tag = found[1] if found else last
        if tag in ("TY", "ER") and found:
            if tags:
                yield first, tags, size
            tags, first, size, last = ({"TY": []}, line.number, 0, "") if tag == "TY" else ({}, 0, 0, "")
            continue
        size += len(line.text)
        if not first or not tag or size > listing.limits.line_bytes:
            continue
        value = (found[2] or "") if found else line.text
        if found:
            tags.setdefault(tag, []).append([value])
        else:
            tags[tag][-1].append(value)
        last = tag
    if tags:
        yield first, tags, size


def _paper(tags: Tags) -> RawPaper:
    links = _all(tags, "UR", "L1", "L2", "LK")
    date = iso_date(_first(tags, "DA").rstrip("/")) or iso_date(_first(tags, "PY", "Y1").rstrip("/"))
    return RawPaper(
        title=_first(tags, "TI", "T1", "CT"),
        abstract=_first(tags, "AB", "N2"),
        id=_first(tags, "ID", "AN"),
        doi=_first(tags, "DO"),
        date=date,
        authors=tuple(map(flip, _all(tags, "AU", "A1"))),
        venue=_first(tags, "JO", "JF", "T2", "JA", "BT"),
        urls=tuple(links),
        page=links[0] if links else "",
    )


def _first(tags: Tags, *names: str) -> str:
    return next((value for value in _all(tags, *names) if value.strip()), "")


def _all(tags: Tags, *names: str) -> list[str]:
    return [" ".join(lines) for name in names for lines in tags.get(name, [])]
