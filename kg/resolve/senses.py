"""What the short forms of a corpus stand for: meanings stated in papers, and the choice between them elsewhere."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.data import AnnotatedPaper
from kg.normalize import SMALL_WORDS, compact, normalize

_WORD = re.compile(r"[a-z][a-z-]{4,}")
_STEM = 7
_MARGIN = 1.25
_DOMINANT_SHARE, _DOMINANT_PAPERS = 0.8, 4
_FIRM = 2
_PROFILE_PAPERS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """The node that a short form means in a paper, and why; an empty key: it stays apart."""

    key: str
    reason: str


def loose(long: str) -> tuple[str, ...]:
    """Long forms of one acronym are the same thing if these are equal: small words gone, words cut to their stems.

    >>> loose("learning from verifiable rewards") == loose("Learning with Verifiable Reward")
    True
    """
    return tuple(word[:_STEM] for word in normalize(long).split() if word not in SMALL_WORDS)


@dataclass
class Senses:
    """Meanings by (short form, block): for each, the papers that state it, in order. Filled once, then only asked."""

    papers: Sequence[AnnotatedPaper]
    _stated: dict[tuple[str, str], dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    _long: dict[str, str] = field(default_factory=dict)
    _leader: dict[tuple[str, str, tuple[str, ...]], str] = field(default_factory=dict)
    _profiles: dict[tuple[str, str], dict[str, Counter[str]]] = field(default_factory=dict)

    def state(self, short: str, block: str, key: str, long: str, paper: int) -> str:
        """Note that a paper states `short` for the node `key`, spelled `long`; return the node that it shares.

        Long forms of one short form that differ in small words or endings only share the node of the first.
        """
        if not key.startswith("="):
            key = self._leader.setdefault((short, block, loose(long)), key)
        else:
            key = self._leader.setdefault((short, block, (key,)), key)
        papers = self._stated[short, block].setdefault(key, [])
        if not papers or papers[-1] != paper:
            papers.append(paper)
        self._long.setdefault(key, long)
        return key

    def choose(self, short: str, block: str, own: str, paper: int) -> Choice | None:
        """The meaning of `short` in a paper that does not state it; `own` is the node that it would have by itself.

        None: nothing speaks against `own`. One meaning in all papers is taken; of several, the one whose papers share
        most entities and words with this one, else the one that nearly all papers mean.
        """
        stated = self._stated.get((short, block), {})
        rivals = {key: papers for key, papers in stated.items() if key != own}
        if not rivals or (own.startswith("=") and max(map(len, rivals.values())) < _FIRM):
            return None
        if len(stated) == 1 and not own.startswith("="):
            ((key, papers),) = stated.items()
            return Choice(key, f"acronym of {self._long[key]!r}, as {len(papers)} paper(s) state")
        options = dict(stated)
        if own.startswith("="):
            options.setdefault(own, [])
        return self._by_context(short, block, options, paper, own)

    def _by_context(
        self, short: str, block: str, options: Mapping[str, Sequence[int]], paper: int, own: str
    ) -> Choice | None:
        profiles = self._profiles_of(short, block, options)
        own_words = _features(self.papers[paper])
        scores = {key: _similarity(own_words, profiles[key], profiles) for key in options}
        ranked = sorted(options, key=lambda key: (-scores[key], -len(options[key]), key))
        best, second = ranked[0], ranked[1]
        if scores[best] > _MARGIN * scores[second]:
            long = self._long.get(best, best.partition(":")[2])
            return Choice(best, f"acronym; of its {len(options)} meanings the context supports {long!r}")
        total = sum(map(len, options.values()))
        most = max(options, key=lambda key: (len(options[key]), key))
        if len(options[most]) >= max(_DOMINANT_PAPERS, _DOMINANT_SHARE * total):
            reason = f"acronym of {self._long[most]!r} in {len(options[most])} of {total} papers that state it"
            return Choice(most, reason)
        return None if own.startswith("=") else Choice("", f"ambiguous acronym of {len(options)} things, kept apart")

    def _profiles_of(self, short: str, block: str, options: Mapping[str, Sequence[int]]) -> dict[str, Counter[str]]:
        known = self._profiles.setdefault((short, block), {})
        for key, papers in options.items():
            if key not in known:
                known[key] = Counter()
                for paper in papers[:_PROFILE_PAPERS]:
                    known[key].update(_features(self.papers[paper]))
        return known


def _features(annotated: AnnotatedPaper) -> frozenset[str]:
    """Names of the entities and longer words of a paper."""
    names = (f"={compact(entity.name)}" for entity in annotated.entities)
    return frozenset((*_WORD.findall(annotated.paper.text.casefold()), *names))


def _similarity(features: Iterable[str], profile: Counter[str], profiles: Mapping[str, Counter[str]]) -> float:
    """How much of a meaning's papers a paper shares; what all meanings share counts little.

    Summed in a fixed order, so that equal input gives equal bits.
    """
    size = math.sqrt(sum(count * count for count in profile.values())) or 1.0
    total = 0.0
    for word in sorted(features):
        count = profile[word]
        if count:
            known = sum(1 for other in profiles.values() if other[word])
            total += (3.0 if word[0] == "=" else 1.0) * count / (known * known)
    return total / size
