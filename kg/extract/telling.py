"""Which of the sentences that name a thing tell what the paper does with it.

Most abstracts name a thing as background first ("existing methods rely on X") and say later what they do with it ("our
method outperforms X"). A sentence is worth the more if it speaks of the paper's own work, and if a cue of the role
points at the thing there or, for data and metrics, a figure is reported.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.data import Mention, PaperEntity, Result
from kg.extract.describe import Case
from kg.extract.reading import Reading
from kg.extract.roles import OURS, THIS

_TRIALS = frozenset(("experiment", "experiments", "experimental", "ablation", "ablations"))
_NAMING = frozenset(
    ("propose", "proposes", "introduce", "introduces", "present", "presents", "develop", "develops", "design",
     "release", "releases", "build", "construct", "contribute", "create", "curate", "formulate", "formalize", "devise",
     "define", "unveil", "call", "term", "dub", "refer", "called", "named", "termed", "dubbed")
)  # fmt: skip
_COMPARING = frozenset(
    ("compare", "compares", "comparing", "comparison", "comparisons", "on-par", "par", "replaces", "replacing",
     "rather")
)  # fmt: skip
"""Words before a baseline, besides those of which its role is read."""
_AGAINST = frozenset(("unlike", "compared", "contrary", "relative", "different"))
_OTHERS = frozenset(("existing", "prior", "previous", "recent", "current", "conventional", "traditional"))
_FARTHEST = 50
"""Words before a name among which one may say what it is."""
_BESIDE = 4
"""Words before a name among which "our" belongs to it: "our new method, X"."""
_OPENING = 4
"""Words at the head of a sentence among which one may say that it speaks of the work of others."""

# What a sentence is worth by where it stands: ahead of all that speaks of the paper's own work, as the title, after
# where that begins, and where it speaks of the own work itself.
_BEFORE, _TITLE, _LATER, _OWN = 0, 2, 4, 6
_NEW_TITLE = 5
"""The title for what the paper introduces: more than what goes on to speak of it, less than "a method called X"."""
_CUE, _SURE_CUE, _OTHER_ROLE = 2, 3, -3


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of the sentences of a paper: which say "we" or "this paper", which speak of its own work, which of
    that of others, and which report a figure. ``index`` gives the place of a span among the mentions of the case.
    """

    case: Case
    index: dict[tuple[int, int], int]
    ours: frozenset[int]
    own: frozenset[int]
    others: frozenset[int]
    figures: frozenset[int]

    def worth(self, mention: Mention) -> int:
        """How well the sentence of a mention tells the role of its thing."""
        index = self.index[mention.start, mention.end]
        cued, compared = self.case.signals.cued[index], self.case.signals.compared[index]
        if mention.role == "introduces":
            return self._worth_as_new(mention, cued="introduces" in cued)
        place = self._place(mention, self.own)
        if mention.role == "compares":
            said = compared or "compares" in cued or _follows(self.case.reading, mention, _COMPARING)
            return place + _SURE_CUE * said
        if mention.role in ("evaluates", "reports"):
            reported = self.case.reading.sentence_at(mention.start) in self.figures
            return place + _SURE_CUE * (reported or mention.role in cued)
        if mention.role == "uses" and (compared or "compares" in cued):
            return max(_BEFORE, place + _OTHER_ROLE)
        return place + _CUE * (mention.role in cued)

    def _worth_as_new(self, mention: Mention, *, cued: bool) -> int:
        place = self._place(mention, self.ours)
        if place == _TITLE:
            return _NEW_TITLE
        if place == _OWN and not cued and not self._named_new(mention):
            return _LATER
        return place + _CUE * (cued or place == _OWN)

    def _named_new(self, mention: Mention) -> bool:
        """Whether "propose" or the like stands before a mention, or "our method,"."""
        reading, last = self.case.reading, self.case.reading.word_at(mention.start)
        before = reading.lower[max(0, last - _BESIDE) : last]
        apposed = before[-1:] == [","] and "our" in before and (_OTHERS | _TRIALS).isdisjoint(before)
        return apposed or _follows(reading, mention, _NAMING)

    def _place(self, mention: Mention, own: Collection[int]) -> int:
        number = self.case.reading.sentence_at(mention.start)
        if mention.start < len(self.case.reading.paper.title):
            return _TITLE
        if number in own:
            return _OWN
        return _BEFORE if mention.start < self.case.signals.contribution or number in self.others else _LATER


def with_telling(
    case: Case, mentions: Sequence[Mention], entities: Sequence[PaperEntity], results: Iterable[Result]
) -> tuple[Mention, ...]:
    """The mentions of a case, each with whether no other sentence tells better what the paper does with its thing."""
    told = _told(case, mentions, entities, results)
    telling: set[int] = set()
    for entity in entities:
        worth: dict[int, int] = defaultdict(int)
        number = {index: case.reading.sentence_at(mentions[index].start) for index in entity.mentions}
        for index in entity.mentions:
            worth[number[index]] = max(worth[number[index]], told.worth(mentions[index]))
        best = max(worth.values(), default=_BEFORE)
        telling.update(index for index in entity.mentions if worth[number[index]] == best)
    return tuple(replace(mention, telling=index in telling) for index, mention in enumerate(mentions))


def _told(case: Case, mentions: Sequence[Mention], entities: Sequence[PaperEntity], results: Iterable[Result]) -> _Told:
    reading = case.reading
    ours = frozenset(_saying(reading, OURS)) | frozenset(_speaking_of_itself(reading))
    others = frozenset(_opening_with(reading, _OTHERS)) - ours
    new = (mentions[index] for entity in entities if entity.role == "introduces" for index in entity.mentions)
    named = frozenset(reading.sentence_at(mention.start) for mention in new)
    own = (ours | named | frozenset(_saying(reading, _TRIALS))) - others
    figures = frozenset(reading.sentence_at(result.evidence.start) for result in results)
    index = {(mention.start, mention.end): place for place, mention in enumerate(case.mentions)}
    return _Told(case, index, ours, own, others, figures)


def _saying(reading: Reading, words: Collection[str]) -> Iterator[int]:
    """The sentences that hold one of some words."""
    return (number for word, number in zip(reading.lower, reading.sentence_of, strict=True) if word in words)


def _opening_with(reading: Reading, words: Collection[str]) -> Iterator[int]:
    """The sentences that hold one of some words at their head, but for "unlike existing methods"."""
    last, place = -1, 0
    for word, number in zip(reading.lower, reading.sentence_of, strict=True):
        place = place + 1 if number == last else 0
        last = number
        if word in _AGAINST:
            place = _OPENING
        if place < _OPENING and word in words:
            yield number


def _speaking_of_itself(reading: Reading) -> Iterator[int]:
    """The sentences that say "this paper"."""
    for index in range(len(reading.lower) - 1):
        if reading.lower[index] == "this" and reading.lower[index + 1] in THIS:
            yield reading.sentence_of[index]


def _follows(reading: Reading, mention: Mention, words: Collection[str]) -> bool:
    """Whether one of some words stands before a mention in its sentence."""
    last = reading.word_at(mention.start)
    return any(
        reading.lower[index] in words and reading.sentence_of[index] == reading.sentence_of[last]
        for index in range(max(0, last - _FARTHEST), last)
    )
