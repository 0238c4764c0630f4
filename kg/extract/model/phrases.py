"""What a large pile of papers says about a phrase: how often authors give it as a keyword, how often they write it."""

import gzip
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_KEYWORD_STEPS = (1, 2, 3, 5, 9, 21, 61)
_RATIO_STEPS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.7)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Counts by phrase key: (papers with the phrase as a keyword, papers with it in their text)."""

    counts: Mapping[str, tuple[int, int]]

    def buckets(self, key: str, own: frozenset[str] = frozenset()) -> tuple[int, int]:
        """Bucket of the keyword count (0: never one) and of the share of its papers that call it a keyword.

        ``own`` are the keywords of the very paper, in training: they are taken off the counts.
        """
        keyword, papers = self.counts.get(key, (0, 0))
        if key in own:
            keyword, papers = keyword - 1, papers - 1
        if keyword <= 0:
            return 0, 0
        share = keyword / max(papers, keyword)
        return bisect_right(_KEYWORD_STEPS, keyword), 1 + bisect_right(_RATIO_STEPS, share)


def read_phrases(path: Path) -> Phrases:
    """Read a gzipped table ``key<TAB>keyword papers<TAB>papers``."""
    counts = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            key, keyword, papers = line.rstrip("\n").split("\t")
            counts[key] = (int(keyword), int(papers))
    return Phrases(counts)
