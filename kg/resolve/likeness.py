"""Whether two papers that give one name to something speak of one thing: how alike their words are, what they share.

It depends on the two papers alone, and on a table counted once: a paper added later changes nothing between them.
"""

import math
import re
from functools import lru_cache

from kg.data import Paper
from kg.errors import OntologyError
from kg.normalize import compact
from kg.ontology import ontology_folder

RAREST = 0.005
"""Share of papers below which a word is rare, whatever its number."""

_FILE = "words.tsv"
_WORD = re.compile(r"[a-z][a-z0-9-]{3,}")
_STEM = 6
_LINK = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,}(?:/[\w.~-]+){0,2})", re.IGNORECASE)
_LETTERS = re.compile(r"[^a-z0-9]+")
_SHARED_AUTHORS = 2


@lru_cache(maxsize=1 << 8)
def stems(text: str) -> frozenset[str]:
    """Longer words of a text, cut to their stems.

    >>> sorted(stems("Exceptions and exceptional codes")) == ["codes", "except"]
    True
    """
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))


def likeness(one: Paper, other: Paper, name: str) -> float:
    """Cosine of the words of two papers, 0 to 1, rare words heavier; the `name` itself does not count."""
    own = compact(name)[:_STEM]
    left, right = (
        {stem: _weight(stem) for stem in stems(paper.text) if not stem.startswith(own)} for paper in (one, other)
    )
    sizes = _squares(left) * _squares(right)
    return _squares({stem: left[stem] for stem in left.keys() & right.keys()}) / math.sqrt(sizes) if sizes else 0.0


def shared(one: Paper, other: Paper, name: str) -> str:
    """What two papers have in common that two projects do not: authors, or a link that holds the `name`."""
    authors = {author.casefold() for author in one.authors} & {author.casefold() for author in other.authors}
    if authors and len(authors) >= min(_SHARED_AUTHORS, len(one.authors), len(other.authors)):
        return "authors"
    letters = _LETTERS.sub("", name.casefold())
    links = _links(one) & _links(other)
    return "a link" if letters and any(letters in _LETTERS.sub("", link) for link in links) else ""


def _links(paper: Paper) -> set[str]:
    """Host and first two steps of the links of a paper, in fields of their own or in its text."""
    found = (match[1] for text in (*paper.urls, paper.abstract) for match in _LINK.finditer(text))
    return {link.casefold().rstrip(".").removesuffix(".git") for link in found}


def _squares(weights: dict[str, float]) -> float:
    """Summed in a fixed order, so that equal input gives equal bits."""
    return math.fsum(weight * weight for weight in weights.values())


@lru_cache(maxsize=1 << 14)
def _weight(stem: str) -> float:
    return -math.log(_shares().get(stem, RAREST))


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    file = ontology_folder() / _FILE
    shares = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()[1:], 2):
        stem, _, papers = line.partition("\t")
        if not papers.isdigit() or not int(papers):
            raise OntologyError(f"{file}:{number}: expected a stem and its number among 10,000 papers: {line!r}")
        shares[stem] = min(1.0, int(papers) / 10_000)
    return shares
