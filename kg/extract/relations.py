"""Claims between two entities of a paper, read from the cues of the ontology within one sentence.

"We", "our method" and "it" stand for the method that the paper introduces (`kg.extract.pronouns`); the verb's subject
need not be the mention before it (`kg.extract.subjects`).
"""

from collections.abc import Sequence

from kg.data import Evidence, Mention, PaperEntity, Rejection, Relation
from kg.extract.cues import CueMatcher, Hit, Slots
from kg.extract.pronouns import PronounReader
from kg.extract.reading import Reading
from kg.extract.subjects import NOBODY, Place, Subjects
from kg.ontology import Ontology

_NEGATIONS = frozenset(("not", "cannot", "never", "no", "without", "fails", "fail", "hardly", "n't", "neither", "nor"))
_COORDINATORS = frozenset((",", "and", "&", "or", "as", "well"))
_NAMED = 0.8
_MEANT = 0.6
_MOST = 60
_Triple = tuple[int, str, int]


class RelationReader:
    """Reads relations once the mentions and entities of a paper are settled."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        between = [p for p in ontology.predicates if not p.role and any("Y" in cue.pattern.split() for cue in p.cues)]
        self._matcher = CueMatcher(cue for predicate in between for cue in predicate.cues)
        self._pronouns = PronounReader(ontology)

    def read(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> tuple[tuple[Relation, ...], tuple[Rejection, ...]]:
        """Relations in reading order, each triple once, and the claims that domain or range rule out."""
        places, subjects = self._places(reading, mentions, entities)
        found: dict[_Triple, Relation] = {}
        refused: dict[_Triple, Rejection] = {}
        for hit in self._matcher.find(reading, Slots.of((place.first, place.last) for place in places)):
            if hit.x < 0 or hit.y < 0 or _negated(reading, hit.word) or _vague(reading, places[hit.y], hit.word):
                continue
            near = places[hit.x]
            subject = subjects.of(near, hit.word) if near.first < places[hit.y].first else near
            for other in _coordinated(reading, places, hit.y):
                if subject:
                    self._claim(reading, entities, (subject, other), hit, found, refused)
                else:
                    _refuse(reading, entities, (near, other), hit, "its subject is not named", refused)
        refused = {key: rejection for key, rejection in refused.items() if key not in found}
        return tuple(found.values())[:_MOST], tuple(refused.values())[:_MOST]

    def _places(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> tuple[list[Place], Subjects]:
        """Where entities are named or meant, in reading order, and who the subjects among them are."""
        owner = {index: place for place, entity in enumerate(entities) for index in entity.mentions}
        named = [
            Place(reading.word_at(mention.start), reading.word_at(mention.end - 1), owner[index], meant=False)
            for index, mention in enumerate(mentions)
        ]
        methods = frozenset(i for i, entity in enumerate(entities) if self._ontology.is_a(entity.type, "Method"))
        own = frozenset(index for index in methods if entities[index].role == "introduces")
        compared = frozenset(index for index in methods if entities[index].role == "compares")
        both = [*named, *self._pronouns.read(reading, named, entities, own)]
        both.sort(key=lambda place: place.first)
        subjects = Subjects(reading, both, own=own, methods=methods, compared=compared)
        return [place for place in both if place.entity != NOBODY], subjects

    def _claim(
        self,
        reading: Reading,
        entities: Sequence[PaperEntity],
        pair: tuple[Place, Place],
        hit: Hit,
        found: dict[_Triple, Relation],
        refused: dict[_Triple, Rejection],
    ) -> None:
        subject, other = pair
        key = (subject.entity, hit.predicate, other.entity)
        if subject.entity == other.entity or key in found:
            return
        one, two = entities[subject.entity], entities[other.entity]
        if not self._ontology.allows(one.type, hit.predicate, two.type):
            reason = f"{hit.predicate} does not lead from {one.type} to {two.type}"
            _refuse(reading, entities, pair, hit, reason, refused)
            return
        start = reading.starts[min(subject.first, other.first)]
        end = reading.ends[max(subject.last, other.last)]
        score = round(min(one.score, two.score) * (_MEANT if subject.meant or other.meant else _NAMED), 4)
        evidence = Evidence(reading.paper.id, start, end, reading.quote(start), "cue", score)
        found[key] = Relation(subject.entity, hit.predicate, other.entity, evidence)


def _refuse(
    reading: Reading,
    entities: Sequence[PaperEntity],
    pair: tuple[Place, Place],
    hit: Hit,
    reason: str,
    refused: dict[_Triple, Rejection],
) -> None:
    one, two = (entities[place.entity].name for place in pair)
    value = f"{one} {hit.predicate} {two}"[:120]
    refused.setdefault(
        (pair[0].entity, hit.predicate, pair[1].entity), Rejection("extract", reading.paper.id, value, reason)
    )


def _coordinated(reading: Reading, places: Sequence[Place], index: int) -> list[Place]:
    """The mention and those that commas or "and" add to it: "on A, B and C"."""
    found = [places[index]]
    for place in places[index + 1 :]:
        between = reading.lower[found[-1].last + 1 : place.first]
        same = reading.sentence_of[place.first] == reading.sentence_of[found[-1].first]
        if not (same and 0 < len(between) <= 3 and all(word in _COORDINATORS for word in between)) or place.meant:
            break
        found.append(place)
    return found


def _vague(reading: Reading, other: Place, word: int) -> bool:
    """Whether "it" stands behind the verb, where it may be anything: "combines it with"."""
    return other.meant and other.first > word and reading.lower[other.first] == "it"


def _negated(reading: Reading, word: int) -> bool:
    return any(
        reading.lower[index] in _NEGATIONS and reading.sentence_of[index] == reading.sentence_of[word]
        for index in range(max(0, word - 3), word)
    )
