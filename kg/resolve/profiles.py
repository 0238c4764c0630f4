"""Words and names around the meanings of one short form, to tell by its company which one a paper means."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_NAME_WEIGHT = 3.0  # of a word: a thing that both papers name says more


@dataclass(frozen=True, slots=True)
class Profiles:
    """For each meaning, by its node: how often its papers have each feature. Filled once, then only asked.

    A feature is a word, or the name of an entity behind ``=``.
    """

    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _sizes: dict[str, float] = field(default_factory=dict)
    _spread: Counter[str] = field(default_factory=Counter)

    def __contains__(self, key: str) -> bool:
        return key in self._counts

    def add(self, key: str, papers: Iterable[Iterable[str]]) -> None:
        """A meaning with the features of each of its papers."""
        counts = self._counts[key] = Counter[str]()
        for features in papers:
            counts.update(features)
        self._sizes[key] = math.sqrt(sum(count * count for count in counts.values())) or 1.0
        self._spread.update(counts.keys())

    def similarity(self, features: frozenset[str], key: str) -> float:
        """How much of a meaning's papers a paper shares; what all meanings share counts little.

        Summed in a fixed order, so that equal input gives equal bits.
        """
        counts, spread = self._counts[key], self._spread
        total = 0.0
        for word in sorted(features & counts.keys()):
            weight = _NAME_WEIGHT if word[0] == "=" else 1.0
            total += weight * counts[word] / (spread[word] * spread[word])
        return total / self._sizes[key]
