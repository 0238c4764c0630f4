"""Papers from JSON: one object a line, arrays of objects, and objects that wrap one such array."""

from collections.abc import Iterator
from typing import Any

from kg.data import Paper, Rejection
from kg.read.columns import known_columns, missing_columns
from kg.read.fields import make_paper, reject
from kg.read.json_text import children, lists_of_objects, parse, values
from kg.read.listing import Listing
from kg.read.shapes import has_abstract, read_shape, recognise

Found = Iterator[Paper | Rejection]

_KINDS = {
    str: "a string",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    list: "a list",
    type(None): "null",
}


def read_json(listing: Listing, shape: str = "") -> Found:
    """Papers of `listing`, by lines if its first line is an object of its own, else as one document.

    Raises `InputError` if it is a document that is too large.
    """
    if by_lines(listing.head):
        yield from read_json_lines(listing, shape)
    else:
        yield from _read_text(listing, listing.text(), 1, shape)


def by_lines(head: str) -> bool:
    """Whether `head` begins JSON Lines: an object that ends on its line, or two lines that both begin one."""
    lines = [line.strip() for line in head.split("\n", 20)[:20] if line.strip()]
    if not lines or not lines[0].startswith("{"):
        return bool(lines) and not lines[0].startswith("[") and any(line.startswith("{") for line in lines[1:])
    whole = not parse(lines[0].rstrip(","))[1]
    return whole or (len(lines) > 1 and lines[1].startswith('{"'))


def read_json_lines(listing: Listing, shape: str = "") -> Found:
    """Papers of a listing with one JSON object a line; a broken line costs its own paper only."""
    for line in listing.lines():
        text = line.text.strip()
        if not text:
            continue
        record, fault = parse(text)
        if fault:
            yield reject(listing.source(line.number), text, fault)
        elif isinstance(record, dict) and has_abstract(record):
            yield from _read_record(listing, record, line.number, shape)
        else:
            yield from _read_text(listing, text, line.number, shape)


def _read_text(listing: Listing, text: str, line: int, shape: str) -> Found:
    """Papers of the JSON values in `text`, whose first line is line `line` of the listing."""
    counted = 0
    for start, end in values(text):
        line, counted = line + text.count("\n", counted, start), start
        if text[start] == "[":
            yield from _read_elements(listing, text, start, line, shape)
            continue
        record, fault = parse(text[start:end])
        if isinstance(record, dict) and has_abstract(record):
            yield from _read_record(listing, record, line, shape)
            continue
        inner = _wrapped(text, start, record) if text[start] == "{" else -1
        if inner >= 0:
            yield from _read_elements(listing, text, inner, line + text.count("\n", start, inner), shape)
        elif isinstance(record, dict):
            yield from _read_record(listing, record, line, shape)
        else:
            yield reject(listing.source(line), text[start : start + 500], fault or _not_an_object([record]))


def _wrapped(text: str, start: int, record: Any) -> int:
    """Where the list of papers begins that the object at `start` wraps; -1 if it wraps none, or several.

    `record` is the object, or None if it is broken: then only a list that plainly begins with a paper is taken.
    """
    candidates = lists_of_objects(text, start)
    likely = [place for place in candidates if _begins_with_paper(text, place)]
    if likely or (isinstance(record, dict) and "title" not in known_columns(record)):
        chosen = likely or candidates
        return chosen[0] if len(chosen) == 1 else -1
    return -1


def _begins_with_paper(text: str, place: int) -> bool:
    begin, end = next(children(text, place), (place, place))
    record, _ = parse(text[begin:end])
    return isinstance(record, dict) and has_abstract(record)


def _read_elements(listing: Listing, text: str, start: int, line: int, shape: str) -> Found:
    """Papers of the array at `start` of `text`, which is on line `line`; what is no object is told once, counted."""
    counted = start
    others: list[Any] = []
    first_other = 0
    for begin, end in children(text, start):
        first = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        line, counted = line + text.count("\n", counted, first), first
        record, fault = parse(text[begin:end])
        if fault:
            yield reject(listing.source(line), text[first : first + 500], fault)
        elif isinstance(record, dict):
            yield from _read_record(listing, record, line, shape)
        else:
            first_other = first_other or line
            others.append(record)
    if others:
        yield reject(listing.source(first_other), str(others[0])[:500], _not_an_object(others))


def _not_an_object(found: list[Any]) -> str:
    kind = _KINDS.get(type(found[0]), "a value")
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{kind}{more} where an object with title and abstract is expected"


def _read_record(listing: Listing, record: dict[str, Any], line: int, shape: str) -> Found:
    source = listing.source(line)
    raw = read_shape(record, shape)
    if not (raw.title and raw.abstract) and not recognise(record) and (fault := missing_columns(list(record))):
        yield reject(source, raw.title or raw.abstract or ", ".join(record), fault)
        return
    yield from make_paper(raw, source, listing.limits)


def looks_like_json(head: str) -> bool:
    """Whether `head` begins like JSON: an array or an object, or lines most of which do."""
    text = head.lstrip()
    if text[:1] == "{":
        return text[1:].lstrip()[:1] in ('"', "}", "")
    if text[:1] == "[":
        return text[1:].lstrip()[:1] in ('"', "{", "[", "]", "") or text[1:].lstrip()[:1].isdigit()
    lines = [line.lstrip() for line in head.split("\n", 40)[:40] if line.strip()]
    return len(lines) > 1 and 2 * sum(line.startswith('{"') for line in lines) >= len(lines)
