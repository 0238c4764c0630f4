"""How often annotators took a phrase for an entity, and of which type, where it was written."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.extract.model.phrases import Phrases
from kg.extract.model.wording import Wording

KNOWN_FEATURES = ("known-papers", "known-share", *(f"known-type-{number}" for number in range(1, 6)))
LEAST_WRITTEN = 2
"""Annotated papers that write a phrase, from which it is in the table."""
_PRIOR_PAPERS, _PRIOR_SHARE = 2.0, 0.4


@dataclass(frozen=True, slots=True)
class Known:
    """By phrase key: annotated papers that write it, then papers in which it is an entity, for each type."""

    counts: Mapping[str, tuple[int, ...]]

    def features(self, keys: tuple[str, ...], own: Mapping[str, int] | None = None) -> list[float]:
        """`KNOWN_FEATURES` of the best-known key.

        ``own`` maps the entities of the very paper, in training, to their type numbers: the paper is then taken off
        the counts, as it will be missing from them when a new paper is read.
        """
        best = [0.0] * 6
        for key in keys:
            counts = [float(count) for count in self.counts.get(key, (0,) * 6)]
            best = max(best, counts if own is None else _without(counts, own.get(key, 0)))
        written, types = best[0], best[1:]
        entity = sum(types)
        share = (entity + _PRIOR_PAPERS * _PRIOR_SHARE) / (written + _PRIOR_PAPERS)
        return [written, share, *(count / entity if entity else 0.0 for count in types)]


def _without(counts: list[float], kind: int) -> list[float]:
    """The counts without a paper that writes the phrase, and takes it for a ``kind`` or for nothing (0).

    What the other papers alone would not have put into the table is not there: else a phrase that is an entity
    nowhere else would give away, in training, that it is one here.
    """
    left = [count - (place in (0, kind)) for place, count in enumerate(counts)]
    return left if left[0] >= LEAST_WRITTEN and sum(left[1:]) > 0 else [0.0] * len(counts)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is known of phrases before a paper is read."""

    phrases: Phrases
    known: Known
    acronyms: Mapping[tuple[str, str], int]
    wording: Wording

    def acronym_count(self, one: str, other: str) -> int:
        """Papers that explain one of the two keys by the other."""
        return self.acronyms.get((one, other), 0) + self.acronyms.get((other, one), 0)


def read_known(path: Path) -> Known:
    """Read a gzipped table: key, then six counts, by tabs."""
    counts = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            key, *numbers = line.rstrip("\n").split("\t")
            counts[key] = tuple(map(int, numbers))
    return Known(counts)


def read_acronyms(path: Path) -> dict[tuple[str, str], int]:
    """Read a gzipped table: key of the short form, key of the long form, papers that say so, by tabs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        fields = [line.rstrip("\n").split("\t") for line in lines]
    return {(short, long): int(papers) for short, long, papers in fields}
