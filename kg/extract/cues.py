"""The cue language of ``ontology/kg.yaml``, compiled and matched.

A cue is a line of words (``propose|introduce``), gaps (``...``, at most four words of one sentence) and mentions (X,
Y). It is indexed by its rarest required word; from each place where that word stands, the rest is followed outwards as
a set of positions. Work is bounded by words × cues of the word × gap, whatever the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list
from kg.ontology import Cue

_GAP = 4
_LEAD = 3


@dataclass(frozen=True, slots=True)
class _Word:
    choices: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


_Element = _Word | _Slot | None  # None is a gap


@dataclass(frozen=True, slots=True)
class Compiled:
    """A cue as elements on both sides of its anchor word; ``left`` is in reading order turned round."""

    cue: Cue
    anchors: frozenset[str]
    left: tuple[_Element, ...]
    right: tuple[_Element, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue that matched: the mentions in its slots (-1: the cue has no such slot) the word that anchors
    it, and how many words it requires.
    """

    predicate: str
    x: int
    y: int
    word: int
    weight: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Where mentions begin and end, by word, for the slots of cues."""

    starts: Mapping[int, int]
    ends: Mapping[int, int]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> "Slots":
        """Slots of word spans (first, last); a span is known by its place in the sequence."""
        pairs = tuple(spans)
        return cls(
            {first: index for index, (first, _) in reversed(list(enumerate(pairs)))},
            {last: index for index, (_, last) in enumerate(pairs)},
            tuple(first for first, _ in pairs),
            tuple(last for _, last in pairs),
        )


def compile_cue(cue: Cue) -> Compiled:
    """Compile one cue. Raises `OntologyError` if it has no word to start from or no mention."""
    elements = [_element(part) for part in cue.pattern.split()]
    anchors = [(len(e.choices), i) for i, e in enumerate(elements) if isinstance(e, _Word) and not e.optional]
    longest = [(-max(len(w) for w in e.choices), n, i) for n, i in anchors if isinstance(e := elements[i], _Word)]
    if not anchors or not any(isinstance(element, _Slot) for element in elements):
        raise OntologyError(f"{cue.source}: cue {cue.pattern!r} needs at least one word and one X")
    place = min(longest)[2]
    anchor = elements[place]
    choices = anchor.choices if isinstance(anchor, _Word) else frozenset[str]()
    return Compiled(cue, choices, tuple(reversed(elements[:place])), tuple(elements[place + 1 :]), len(anchors))


def plainest_out(hits: Iterable[Hit]) -> list[Hit]:
    """The hits but those of one word on mentions that a longer cue speaks of: in "built on X", "on X" says nothing."""
    found = list(hits)
    told = {hit.x for hit in found if hit.weight > 1}
    return [hit for hit in found if hit.weight > 1 or hit.x not in told]


def _element(part: str) -> _Element:
    if part in ("X", "Y"):
        return _Slot(part)
    if part == "...":
        return None
    optional = part.endswith("?") and len(part) > 1
    return _Word(frozenset(part.removesuffix("?").casefold().split("|")), optional)


class CueMatcher:
    """Finds cues in readings."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        index: dict[str, list[Compiled]] = defaultdict(list)
        for cue in cues:
            compiled = compile_cue(cue)
            for word in compiled.anchors:
                index[word].append(compiled)
        self._index = dict(index)
        self._leads = word_list("leads")

    def find(self, reading: Reading, slots: Slots) -> Iterator[Hit]:
        """All cues that hold with mentions in their slots, by the place of their anchor word."""
        for word, text in enumerate(reading.lower):
            for compiled in self._index.get(text, ()):
                left = self._follow(reading, compiled.left, word - 1, -1, slots)
                if left is None:
                    continue
                right = self._follow(reading, compiled.right, word + 1, 1, slots)
                if right is None:
                    continue
                found = {**left, **right}
                yield Hit(compiled.cue.predicate, found.get("X", -1), found.get("Y", -1), word, compiled.weight)

    def _follow(
        self, reading: Reading, elements: tuple[_Element, ...], start: int, step: int, slots: Slots
    ) -> dict[str, int] | None:
        """Follow elements from a word in one direction; the mentions in the slots on the way, or None."""
        found: dict[str, int] = {}
        sentence = reading.sentence_of[start - step]
        positions = [start]
        for element in elements:
            if element is None:
                positions = _spread(positions, step)
            elif isinstance(element, _Word):
                positions = _pass_word(reading, positions, element, step)
            else:
                mention = self._fill(reading, positions, step, slots, sentence)
                if mention is None or mention in found.values():
                    return None
                found[element.name] = mention
                positions = [slots.lasts[mention] + 1 if step > 0 else slots.firsts[mention] - 1]
            positions = [
                p for p in positions if 0 <= p < len(reading.words) and reading.sentence_of[p] == sentence
            ] or ([] if element is not elements[-1] else positions)
            if not positions:
                return None
        return found

    def _fill(self, reading: Reading, positions: list[int], step: int, slots: Slots, sentence: int) -> int | None:
        """The nearest mention at one of the positions, past articles and such words before it."""
        table = slots.starts if step > 0 else slots.ends
        for position in positions:
            at = position
            for _ in range(_LEAD + 1):
                if not 0 <= at < len(reading.words) or reading.sentence_of[at] != sentence:
                    break
                if at in table:
                    return table[at]
                if reading.lower[at] not in self._leads:
                    break
                at += step
        return None


def _spread(positions: list[int], step: int) -> list[int]:
    spread = {position + step * width: None for position in positions for width in range(_GAP + 1)}
    return sorted(spread, reverse=step < 0)


def _pass_word(reading: Reading, positions: list[int], element: _Word, step: int) -> list[int]:
    lower, count = reading.lower, len(reading.lower)
    passed = {p + step: None for p in positions if 0 <= p < count and lower[p] in element.choices}
    if element.optional:
        passed.update(dict.fromkeys(positions))
    return sorted(passed, reverse=step < 0)
