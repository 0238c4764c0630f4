"""Who a claim speaks of, if not of the mention that stands nearest before its verb.

"Zorblax, a language model that beats GPT-4" and "Zorblax improves on LoRA, outperforming GPT-4" are claims of Zorblax:
an apposition, a participle and a second verb take the subject of the sentence, not their neighbour.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

NOBODY = -1
"""The entity of a pronoun that stands for we know not what."""

_FARTHEST = 100
"""Words before a mention that are looked at: a bound for odd texts."""

_ARTICLES = frozenset(("a", "an", "the", "our"))
_MARKS = frozenset((",", ":", "-", "–", "—"))
_IS = frozenset(("is", "are"))
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_CLAUSES = frozenset(("which", "that", "while", "who", "where", "whose", "when", "but", "whereas", ";", "/"))
_BREAKS = frozenset((",", "and", "while", "but", "-", "–", "—", ";", ":", "when"))
_RELATIVE = frozenset(("that", "which", "who"))
_PREPOSITIONS = frozenset(
    ("of", "on", "with", "from", "over", "by", "using", "via", "than", "to", "in", "across", "among", "upon", "into")
)
_NOUN_BOUND = frozenset(("for", "of"))
_PARTICIPLES = frozenset(
    ("based", "built", "trained", "pre-trained", "pretrained", "fine-tuned", "finetuned", "tuned", "evaluated",
     "tested", "validated", "designed", "tailored", "optimized", "made")
)  # fmt: skip
_SAYING = frozenset(
    ("show", "shows", "showed", "shown", "showing", "find", "finds", "found", "finding", "demonstrate", "demonstrates",
     "demonstrated", "demonstrating", "reveal", "reveals", "revealed", "revealing", "indicate", "indicates",
     "indicating", "suggest", "suggests", "suggesting", "observe", "observed", "confirm", "confirms", "confirming",
     "prove", "proves", "report", "establish", "conclude", "verify", "argue", "note", "highlight", "evidence")
)  # fmt: skip
_CONTRASTS = frozenset(("but", "whereas", "although", "though", ";"))
_HELD_AGAINST = frozenset(("to", "than", "unlike", "over", "against", "without"))


@dataclass(frozen=True, slots=True)
class Place:
    """Words that stand for an entity; ``meant`` if they do so without naming it."""

    first: int
    last: int
    entity: int
    meant: bool


class Subjects:
    """The places of one paper, by which the subjects of its claims are told.

    They are in reading order. ``own`` are the methods that the paper introduces, ``methods`` all, ``compared`` its
    baselines.
    """

    def __init__(
        self,
        reading: Reading,
        places: Sequence[Place],
        *,
        own: Collection[int],
        methods: Collection[int],
        compared: Collection[int],
    ) -> None:
        self._reading, self._places = reading, places
        self._firsts = [place.first for place in places]
        self._own, self._methods, self._compared = own, methods, compared

    def of(self, near: Place, word: int) -> Place | None:
        """The subject of a claim told by a word, which stands after the mention ``near``; None if it is not named."""
        if near.meant or near.last >= word or near.entity in self._own or near.entity not in self._methods:
            return near
        bound = self._bound(near, word)
        if named := self._apposed(near, bound=bound):
            return named
        return near if bound or self._touched(near, word) else self._leading(near)

    def _apposed(self, near: Place, *, bound: bool) -> Place | None:
        """The own method in whose apposition a mention stands: "Zorblax (ZX), a novel language model"."""
        lower, title = self._reading.lower, near.last < self._reading.title_words
        for place in self._before(near, self._sentence_start(near)):
            if place.entity == NOBODY:
                continue
            gap = _unbracketed(lower[place.last + 1 : near.first])
            if not gap or not _noun_phrase(gap[1:]):
                continue
            if gap[0] in _IS or (gap[0] in _MARKS and not place.meant):
                if gap[1:2] and gap[1] in _ARTICLES:
                    return place
                if title and bound and gap[0] != "," and self._apart(place):
                    return place
        return None

    def _apart(self, place: Place) -> bool:
        """Whether a dash after a name is no hyphen of its own."""
        after = place.last + 1
        return self._reading.words[after] != "-" or self._reading.starts[after] > self._reading.ends[place.last]

    def _bound(self, near: Place, word: int) -> bool:
        """Whether the words after a mention qualify it: "LoRA for translation", "LoRA built on", "LoRA that uses"."""
        lower = self._reading.lower
        if lower[word] in _NOUN_BOUND:
            return True
        between = range(near.last + 1, word + 1)
        return any(
            lower[index] in _RELATIVE or (lower[index] in _PARTICIPLES and lower[index - 1] not in _BE)
            for index in between
        )

    def _touched(self, near: Place, word: int) -> bool:
        """Whether a verb follows its mention with no comma or conjunction between, and no preposition governs that."""
        lower = self._reading.lower
        if any(lower[index] in _BREAKS for index in range(near.last + 1, word)):
            return False
        before = near.first - 1
        while before >= 0 and lower[before] in word_list("leads"):
            before -= 1
        return before < 0 or lower[before] not in _PREPOSITIONS

    def _leading(self, near: Place) -> Place | None:
        """The first own method of the clause, else what its first pronoun stands for, else the mention as it is."""
        found = list(self._before(near, self._clause_start(near)))[::-1]
        first = next((place for place in found if not place.meant), found[0] if found else None)
        if first:
            return first if first.entity != NOBODY else None
        return None if near.entity in self._compared else near

    def _before(self, near: Place, start: int) -> Iterator[Place]:
        """Own methods and pronouns from a word on up to a mention, the nearest first."""
        until = bisect_left(self._firsts, near.first)
        for place in reversed(self._places[bisect_left(self._firsts, start) : until]):
            own = place.meant or place.entity in self._own
            if own and place.last < near.first and not self._held_against(place):
                yield place

    def _held_against(self, place: Place) -> bool:
        before = self._reading.lower[max(0, place.first - 2) : place.first]
        return bool(before) and (before[-1] in _HELD_AGAINST or before == ["compared", "with"])

    def _sentence_start(self, near: Place) -> int:
        numbers = self._reading.sentence_of
        return max(bisect_left(numbers, numbers[near.first]), near.first - _FARTHEST)

    def _clause_start(self, near: Place) -> int:
        """After "show that", "we find", "but" or the like, if they stand before a mention in its sentence."""
        lower, start = self._reading.lower, self._sentence_start(near)
        for index in range(near.first - 1, start - 1, -1):
            word, before = lower[index], lower[max(start, index - 2) : index]
            said = word == "that" and before and before[-1] in _SAYING
            if said or word in _CONTRASTS or (word in _SAYING and "we" in before):
                return index + 1
        return start


def _unbracketed(gap: Sequence[str]) -> Sequence[str]:
    """Words without a bracket that they begin with."""
    return gap[gap.index(")") + 1 :] if gap and gap[0] == "(" and ")" in gap else gap


def _noun_phrase(gap: Sequence[str]) -> bool:
    """Whether words may lead up to the noun of an apposition: no clause begins and no list goes on in them."""
    if any(word in _CLAUSES for word in gap):
        return False
    return not any(one in (",", "and", "or") and other in _ARTICLES for one, other in pairwise(gap))
