"""What one JSON object means as a paper, by the service that wrote it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from kg.read.columns import as_text, known_columns, read_columns
from kg.read.fields import RawPaper
from kg.read.identifiers import arxiv_id, iso_date
from kg.read.people import author_names

Record = Mapping[str, Any]
Shape = Callable[[Record], RawPaper]

_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|p|scp|jats:[a-z-]{1,20}|mml:[a-z]{1,20})(?:\s[^<>]{0,200})?/?>", re.I)


def daily(record: Record) -> RawPaper:
    """An object of Hugging Face's daily-papers API, whose paper lies under ``paper``."""
    return read_columns(_object(record, "paper") or record)


def openalex(record: Record) -> RawPaper:
    """A work of OpenAlex; the abstract comes as word → positions."""
    places = _objects(record, "primary_location", "best_oa_location", "locations")
    pages = [as_text(place.get("landing_page_url")) for place in places]
    source = next((as_text(_object(place, "source")) for place in places if _object(place, "source")), "")
    return RawPaper(
        title=_TAG.sub("", as_text(record.get("display_name") or record.get("title"))),
        abstract=_TAG.sub("", inverted(record.get("abstract_inverted_index")) or as_text(record.get("abstract"))),
        id=as_text(record.get("id")),
        arxiv=next((page for page in pages if arxiv_id(page)), ""),
        doi=as_text(record.get("doi") or _object(record, "ids").get("doi")),
        date=iso_date(as_text(record.get("publication_date"))) or iso_date(as_text(record.get("publication_year"))),
        authors=author_names([_object(one, "author") for one in _objects(record, "authorships")]),
        venue=source or as_text(_object(record, "host_venue")),
    )


def inverted(index: Any) -> str:
    """The text of an inverted index: its words in the order of their positions.

    >>> inverted({"graphs": [1], "We": [0], "build": [2]})
    'We graphs build'
    """
    if not isinstance(index, dict):
        return ""
    placed = [
        (position, word)
        for word, positions in index.items()
        if isinstance(positions, list)
        for position in positions
        if isinstance(position, int)
    ]
    return " ".join(word for _, word in sorted(placed))


def semantic_scholar(record: Record) -> RawPaper:
    """A paper of Semantic Scholar's API; citations wrap it once more."""
    record = _object(record, "citingPaper") or _object(record, "citedPaper") or record
    ids = _object(record, "externalIds")
    return RawPaper(
        title=as_text(record.get("title")),
        abstract=as_text(record.get("abstract")),
        id=as_text(record.get("paperId") or record.get("corpusId")),
        arxiv=as_text(ids.get("ArXiv")),
        doi=as_text(ids.get("DOI")),
        date=iso_date(as_text(record.get("publicationDate"))) or iso_date(as_text(record.get("year"))),
        authors=author_names(record.get("authors")),
        venue=next(filter(None, (as_text(record.get(key)) for key in ("venue", "journal", "publicationVenue"))), ""),
    )


SHAPES: dict[str, Shape] = {
    "hf-daily": daily,
    "openalex": openalex,
    "semantic-scholar": semantic_scholar,
    "arxiv-json": read_columns,
}


def recognise(record: Record) -> str:
    """Name of the shape of `record`, or empty if it is of none that we know by its own fields."""
    if isinstance(record.get("paper"), dict):
        return "hf-daily"
    if "abstract_inverted_index" in record or as_text(record.get("id")).startswith("https://openalex.org/W"):
        return "openalex"
    if {"externalIds", "citingPaper", "citedPaper"}.intersection(record) or {"paperId", "abstract"} <= record.keys():
        return "semantic-scholar"
    if "categories" in record and {"update_date", "versions", "authors_parsed"}.intersection(record):
        return "arxiv-json"
    return ""


def read_shape(record: Record, name: str = "") -> RawPaper:
    """The paper that `record` describes, read in shape `name` or in the one it is recognised by."""
    return SHAPES.get(name or recognise(record), read_columns)(record)


def has_abstract(record: Record) -> bool:
    """Whether `record` has the fields of a paper with an abstract, rather than wrapping a list of papers."""
    return bool(recognise(record)) or "abstract" in known_columns(map(str, record))


def _object(record: Record, key: str) -> Record:
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def _objects(record: Record, *keys: str) -> list[Record]:
    """The objects under `keys`, each of which may hold one or a list."""
    found: list[Record] = []
    for key in keys:
        value = record.get(key)
        found.extend(one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))
    return found
