"""What the short forms of a corpus stand for: meanings stated in papers, and the choice between them elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.data import AnnotatedPaper
from kg.normalize import SMALL_WORDS, compact, normalize
from kg.resolve.likeness import likeness
from kg.resolve.profiles import Profiles

_WORD = re.compile(r"[a-z][a-z-]{4,}")
_STEM = 6
_MARGIN = 1.25
_DOMINANT_SHARE, _DOMINANT_PAPERS = 0.8, 4
_FIRM, _ESTABLISHED = 2, 3
_LONG_ENOUGH = 4
_ALIKE, _COMPARED = 0.13, 20
_RARE_SHARE, _RARE = 0.01, 3
_PROFILE_PAPERS = 200
_REMEMBERED_FORMS, _REMEMBERED_PAPERS = 100, 5000  # some 15 kB a paper


@dataclass(frozen=True, slots=True)
class Choice:
    """The node that a short form means in a paper, and why; an empty key: it stays apart."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A short form in a paper: the block of its type, the node it has by itself, whether the paper coins it.

    ``usual`` is the node that it has in the literature, if it has one there; ``introduced`` says that the paper
    introduces what it names so.
    """

    short: str
    block: str
    own: str
    paper: int
    coined: bool = False
    usual: str = ""
    introduced: bool = False


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
    _profiles: dict[tuple[str, str], Profiles] = field(default_factory=lambda: defaultdict(Profiles))
    _words: dict[int, frozenset[str]] = field(default_factory=dict)

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

    def choose(self, asked: Question) -> Choice | None:
        """The meaning of a short form in a paper that does not state it; None: nothing speaks against its own node.

        One meaning in all papers is taken, but a shorter acronym needs more support than a long one; of several, the
        one whose papers share most entities and words with this one, else the one that nearly all papers mean. A
        paper that coins a name without expanding it means none of those that but one or two others state.
        """
        stated = self._stated.get((asked.short, asked.block), {})
        rivals = {key: papers for key, papers in stated.items() if key != asked.own}
        anchored = asked.own.startswith("=")
        if not rivals or (anchored and max(map(len, rivals.values())) < _FIRM):
            return None
        if asked.coined and max(map(len, stated.values())) < _ESTABLISHED:
            return None
        if len(stated) == 1 and not anchored:
            ((key, papers),) = stated.items()
            if self._is_doubtful(asked, key, papers) and not self._shares_entity(asked, papers):
                return Choice(
                    "", f"perhaps an acronym of {self._long[key]!r}, but only {len(papers)} paper(s) state it"
                )
            return Choice(key, f"acronym of {self._long[key]!r}, as {len(papers)} paper(s) state")
        return self._by_context(asked, {**stated, asked.own: stated.get(asked.own, [])} if anchored else stated)

    def is_another(self, asked: Question, key: str) -> bool:
        """Whether a paper introduces something else than the meaning `key`: it resembles none of those that state it.

        Where these are more than a few, that is asked only of a paper that coins the name.
        """
        papers = self._stated.get((asked.short, asked.block), {}).get(key, [])
        if not papers or not (asked.coined or (asked.introduced and len(papers) < _ESTABLISHED)):
            return False
        own, some = self.papers[asked.paper].paper, papers[:_COMPARED]
        return all(likeness(own, self.papers[paper].paper, asked.short) < _ALIKE for paper in some)

    def is_unknown(self, asked: Question) -> bool:
        """Whether no paper of the corpus states a meaning."""
        return not self._stated.get((asked.short, asked.block))

    def _is_doubtful(self, asked: Question, key: str, papers: Sequence[int]) -> bool:
        if asked.usual and asked.usual != key:
            return len(papers) < _ESTABLISHED
        return len(asked.short) < _LONG_ENOUGH and len(papers) < _FIRM and asked.usual != key

    def _shares_entity(self, asked: Question, papers: Iterable[int]) -> bool:
        """Whether the paper names a thing that few others do and that one which states the meaning names too."""
        most = max(_RARE, _RARE_SHARE * len(self.papers))
        own = {word for word in self._features(asked.paper) if word[0] == "=" and self._spread[word] <= most}
        own.discard(f"={asked.short}")
        return any(own & self._features(paper) for paper in papers)

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many papers each name stands."""
        return Counter(
            name for annotated in self.papers for name in {f"={compact(entity.name)}" for entity in annotated.entities}
        )

    def _by_context(self, asked: Question, options: Mapping[str, Sequence[int]]) -> Choice | None:
        profiles = self._profiles_of(asked, options)
        own_words = self._features(asked.paper)
        scores = {key: profiles.similarity(own_words, key) for key in options}
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
        return (
            None if asked.own.startswith("=") else Choice("", f"ambiguous acronym of {len(options)} things, kept apart")
        )

    def _profiles_of(self, asked: Question, options: Mapping[str, Sequence[int]]) -> Profiles:
        if len(self._profiles) == _REMEMBERED_FORMS and (asked.short, asked.block) not in self._profiles:
            self._profiles.clear()
        known = self._profiles[asked.short, asked.block]
        for key, papers in options.items():
            if key not in known:
                known.add(key, map(self._features, papers[:_PROFILE_PAPERS]))
        return known

    def _features(self, paper: int) -> frozenset[str]:
        """Names of the entities and longer words of a paper."""
        found = self._words.get(paper)
        if found is None:
            annotated = self.papers[paper]
            names = (f"={compact(entity.name)}" for entity in annotated.entities)
            found = frozenset((*_WORD.findall(annotated.paper.text.casefold()), *names))
            if len(self._words) == _REMEMBERED_PAPERS:
                self._words.clear()
            self._words[paper] = found
        return found
