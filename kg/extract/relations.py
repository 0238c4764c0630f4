"""Claims between two entities of a paper, read from the cues of the ontology within one sentence.

"We", "our method" and "it" stand for the method that the paper introduces, if it is the only one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.data import Evidence, Mention, PaperEntity, Rejection, Relation
from kg.extract.cues import CueMatcher, Hit, Slots
from kg.extract.reading import Reading
from kg.ontology import Ontology

_DETERMINERS = frozenset(("our", "this", "the"))
_WE = frozenset(("we", "it", "ours"))
_NEGATIONS = frozenset(("not", "cannot", "never", "no", "without", "fails", "fail", "hardly", "n't", "neither", "nor"))
_COORDINATORS = frozenset((",", "and", "&", "or", "as", "well"))
_NAMED = 0.8
_MEANT = 0.6
_MOST = 60


@dataclass(frozen=True, slots=True)
class _Place:
    """Words that stand for an entity; ``meant`` if they do so without naming it."""

    first: int
    last: int
    entity: int
    meant: bool


class RelationReader:
    """Reads relations once the mentions and entities of a paper are settled."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        between = [p for p in ontology.predicates if not p.role and any("Y" in cue.pattern.split() for cue in p.cues)]
        self._matcher = CueMatcher(cue for predicate in between for cue in predicate.cues)
        self._heads = (
            frozenset(ontology.type_by_name["Method"].heads) if "Method" in ontology.type_by_name else frozenset()
        )

    def read(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> tuple[tuple[Relation, ...], tuple[Rejection, ...]]:
        """Relations in reading order, each triple once, and the claims that domain or range rule out."""
        owner = {index: place for place, entity in enumerate(entities) for index in entity.mentions}
        places = [
            _Place(reading.word_at(mention.start), reading.word_at(mention.end - 1), owner[index], meant=False)
            for index, mention in enumerate(mentions)
        ]
        places = sorted([*places, *self._pronouns(reading, entities, places)], key=lambda place: place.first)
        found: dict[tuple[int, str, int], Relation] = {}
        refused: dict[tuple[int, str, int], Rejection] = {}
        for hit in self._matcher.find(reading, Slots.of((place.first, place.last) for place in places)):
            if hit.x < 0 or hit.y < 0 or _negated(reading, hit.word):
                continue
            for object_place in _coordinated(reading, places, hit.y):
                self._claim(reading, entities, (places[hit.x], object_place), hit, found, refused)
        return tuple(found.values())[:_MOST], tuple(refused.values())[:_MOST]

    def _claim(
        self,
        reading: Reading,
        entities: Sequence[PaperEntity],
        pair: tuple[_Place, _Place],
        hit: Hit,
        found: dict[tuple[int, str, int], Relation],
        refused: dict[tuple[int, str, int], Rejection],
    ) -> None:
        subject, other = pair
        key = (subject.entity, hit.predicate, other.entity)
        if subject.entity == other.entity or key in found or key in refused:
            return
        one, two = entities[subject.entity], entities[other.entity]
        if not self._ontology.allows(one.type, hit.predicate, two.type):
            value = f"{one.name} {hit.predicate} {two.name}"[:120]
            reason = f"{hit.predicate} does not lead from {one.type} to {two.type}"
            refused[key] = Rejection("extract", reading.paper.id, value, reason)
            return
        start = reading.starts[min(subject.first, other.first)]
        end = reading.ends[max(subject.last, other.last)]
        score = round(min(one.score, two.score) * (_MEANT if subject.meant or other.meant else _NAMED), 4)
        evidence = Evidence(reading.paper.id, start, end, reading.quote(start), "cue", score)
        found[key] = Relation(subject.entity, hit.predicate, other.entity, evidence)

    def _pronouns(
        self, reading: Reading, entities: Sequence[PaperEntity], places: Sequence[_Place]
    ) -> Iterator[_Place]:
        own = [
            place
            for place, entity in enumerate(entities)
            if entity.role == "introduces" and self._ontology.is_a(entity.type, "Method")
        ]
        if len(own) != 1:
            return
        taken = {index for place in places for index in range(place.first, place.last + 1)}
        for index in range(reading.title_words, len(reading.lower)):
            word = reading.lower[index]
            if index in taken:
                continue
            if word in _WE:
                yield _Place(index, index, own[0], meant=True)
            elif word in _DETERMINERS:
                last = self._head(reading, index, taken)
                if last:
                    yield _Place(index, last, own[0], meant=True)

    def _head(self, reading: Reading, first: int, taken: set[int]) -> int:
        """The generic head of "our (proposed) method" or "this framework"; 0 if there is none."""
        own = reading.lower[first] == "our" or "proposed" in reading.lower[first + 1 : first + 2]
        for index in range(first + 1, min(first + 3, len(reading.lower))):
            if index in taken:
                return 0
            if reading.lower[index] in self._heads:
                return index if own or reading.lower[first] == "this" else 0
        return 0


def _coordinated(reading: Reading, places: Sequence[_Place], index: int) -> list[_Place]:
    """The mention and those that commas or "and" add to it: "on A, B and C"."""
    found = [places[index]]
    for place in places[index + 1 :]:
        between = reading.lower[found[-1].last + 1 : place.first]
        same = reading.sentence_of[place.first] == reading.sentence_of[found[-1].first]
        if not (same and 0 < len(between) <= 3 and all(word in _COORDINATORS for word in between)) or place.meant:
            break
        found.append(place)
    return found


def _negated(reading: Reading, word: int) -> bool:
    return any(
        reading.lower[index] in _NEGATIONS and reading.sentence_of[index] == reading.sentence_of[word]
        for index in range(max(0, word - 3), word)
    )
