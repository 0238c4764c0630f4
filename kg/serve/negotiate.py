"""Which of the formats that we have a client wants (RFC 9110, section 12.5.1)."""

from collections.abc import Mapping

ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
TRIPLES = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
PAGES = {"text/html": "html"} | TRIPLES
MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_LONGEST = 2_000


def choose(accept: str, offered: Mapping[str, str]) -> str:
    """The offered format that an Accept header likes best; among equals the first offered; empty if none will do.

    >>> choose("text/html, text/csv;q=0.9, */*;q=0.1", ROWS), choose("", ROWS), choose("image/png", ROWS)
    ('csv', 'json', '')
    """
    ranges = [_range(part) for part in accept[:_LONGEST].split(",") if part.strip()] or [("*/*", 1.0)]
    best, chosen = 0.0, ""
    for media_type, name in offered.items():
        quality = _quality(media_type, ranges)
        if quality > best:
            best, chosen = quality, name
    return chosen


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that fits."""
    main = media_type.partition("/")[0]
    for wanted in (media_type, f"{main}/*", "*/*"):
        found = [quality for range_, quality in ranges if range_ == wanted]
        if found:
            return max(found)
    return 0.0


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0
