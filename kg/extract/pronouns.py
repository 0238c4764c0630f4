"""Where "we", "our method" and "it" stand for the method that a paper introduces."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kg.data import PaperEntity
from kg.extract.reading import Reading
from kg.extract.shapes import is_name
from kg.extract.subjects import NOBODY, Place
from kg.ontology import Ontology

_DETERMINERS = frozenset(("our", "this", "the"))
_WE = frozenset(("we", "it", "ours"))


class PronounReader:
    """Finds words that speak of the paper's own method, and which of several that is."""

    def __init__(self, ontology: Ontology) -> None:
        known = ontology.type_by_name
        self._heads = frozenset(known["Method"].heads) if "Method" in known else frozenset[str]()

    def read(
        self, reading: Reading, named: Sequence[Place], entities: Sequence[PaperEntity], own: Collection[int]
    ) -> Iterator[Place]:
        """The pronouns of the abstract: of `NOBODY` where the paper has no method of its own that plainly leads.

        Who has several says "we" of the work on any of them, and "it" of the one last spoken of.
        """
        owner = _owner(reading, named, entities, own)
        taken = {word for place in named for word in range(place.first, place.last + 1)}
        spoken: dict[int, Place] = {}
        for place in named:
            if place.entity in own:
                _note(reading, spoken, place)
        for index in range(reading.title_words, len(reading.lower)):
            word = reading.lower[index]
            if index in taken:
                continue
            if word in _WE:
                several = len(own) > 1 and owner != NOBODY
                yield Place(index, index, _meant(reading, spoken, index, owner) if several else owner, meant=True)
            elif word in _DETERMINERS and (last := self._head(reading, index, taken)):
                _note(reading, spoken, place := Place(index, last, owner, meant=True))
                yield place

    def _head(self, reading: Reading, first: int, taken: set[int]) -> int:
        """The generic head of "our (proposed) method" or "this framework"; 0 if there is none."""
        own = reading.lower[first] == "our" or "proposed" in reading.lower[first + 1 : first + 2]
        for index in range(first + 1, min(first + 3, len(reading.lower))):
            if index in taken:
                return 0
            if reading.lower[index] in self._heads:
                return index if own or reading.lower[first] == "this" else 0
        return 0


def _owner(reading: Reading, named: Sequence[Place], entities: Sequence[PaperEntity], own: Collection[int]) -> int:
    """The paper's only own method, or of several the one that the title names before its colon, else alone.

    `NOBODY` where two are named alike, or where the title begins with something else of the paper's own.
    """
    if len(own) == 1:
        return next(iter(own))
    titled = [p for p in named if p.first < reading.title_words and entities[p.entity].role == "introduces"]
    colon = reading.lower.index(":") if ":" in reading.lower[: reading.title_words] else 0
    before = {place.entity for place in titled if place.first < colon}
    leading = before or {place.entity for place in titled if _proper(reading, place)}
    return leading.pop() if len(leading) == 1 and leading <= set(own) else NOBODY


def _proper(reading: Reading, place: Place) -> bool:
    """Whether a mention in a title, where all words are large, is a name: by its shape, or as the whole title."""
    return is_name(reading.words[place.first]) or (place.first == 0 and place.last + 1 == reading.title_words)


def _note(reading: Reading, spoken: dict[int, Place], place: Place) -> None:
    """Keep a place if it is the first of its sentence."""
    sentence = reading.sentence_of[place.first]
    if sentence not in spoken or place.first < spoken[sentence].first:
        spoken[sentence] = place


def _meant(reading: Reading, spoken: Mapping[int, Place], index: int, owner: int) -> int:
    """Whom a pronoun means where there are several: "we" nobody, "it" the first that its sentence speaks of before.

    If that speaks of none, the first of the sentence before, else the one that leads.
    """
    if reading.lower[index] == "we":
        return NOBODY
    here = reading.sentence_of[index]
    found = (spoken[sentence] for sentence in (here, here - 1) if sentence in spoken)
    return next((place.entity for place in found if place.first < index), owner)
