"""How often annotators took things for entities that begin or end in the same words: "... strategy" or "... attention".

A phrase that nobody wrote before is made of words that many wrote. Things of annotated papers that rules, lexicon or
network would name are counted by their first word, their last and their last two, and so are those that are entities.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p
from pathlib import Path

PLACES = ("first", "last", "ending")
WORDING = tuple(f"{place}-{fact}" for place in PLACES for fact in ("things", "entities", "methods", "tasks"))
LEAST_THINGS = 3
"""Things that share a wording, from which it is in the table."""
_PRIOR, _USUAL = 8.0, (0.68, 0.36, 0.16)

Counts = tuple[int, int, int, int]
"""Things, those of them that are entities, Methods, Tasks."""


@dataclass(frozen=True, slots=True)
class Wording:
    """`Counts` by place and words."""

    counts: Mapping[tuple[str, str], Counts]

    def features(self, key: str) -> list[float]:
        """`WORDING` of a phrase key: how many share each wording, and which shares of them are entities."""
        row: list[float] = []
        for wording in wordings(key):
            things, *kinds = self.counts.get(wording, (0, 0, 0, 0))
            row.append(log1p(things))
            row += [(count + _PRIOR * usual) / (things + _PRIOR) for count, usual in zip(kinds, _USUAL, strict=True)]
        return row


def wordings(key: str) -> tuple[tuple[str, str], ...]:
    """The wordings of a phrase key, one for each of `PLACES`.

    >>> wordings("sliding window attention")
    (('first', 'sliding'), ('last', 'attention'), ('ending', 'window attention'))
    """
    words = key.split(" ")
    return tuple(zip(PLACES, (words[0], words[-1], " ".join(words[-2:]) if len(words) > 1 else ""), strict=True))


def read_wording(path: Path) -> Wording:
    """Read a gzipped table: place, words, then `Counts`, by tabs."""
    counts: dict[tuple[str, str], Counts] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            place, words, things, entities, methods, tasks = line.rstrip("\n").split("\t")
            counts[place, words] = (int(things), int(entities), int(methods), int(tasks))
    return Wording(counts)
