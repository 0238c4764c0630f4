"""Extractors that find new names: in titles, after cues, in brackets, by shape."""

from collections.abc import Iterator

from kg.data import Mention
from kg.extract.acronyms import find_acronyms
from kg.extract.cues import CueMatcher, Slots, plainest_out
from kg.extract.decide import Same
from kg.extract.phrases import label, noun_phrases
from kg.extract.reading import Reading
from kg.extract.shapes import UNTYPED, TypeReader, capital_runs, is_name, names, shape_score
from kg.extract.wordlists import word_list
from kg.ontology import Ontology

_TITLE_MARKS = frozenset((":", "–", "—", "-"))
_LONGEST_TITLE_NAME = 5


class TitleExtractor:
    """Proposes the name in a title "Name: what it is" as what the paper introduces."""

    name = "title"

    def __init__(self, ontology: Ontology) -> None:
        self._types = TypeReader(ontology)

    def propose(self, reading: Reading) -> Iterator[Mention]:
        """The name before the colon, if it is short or has the shape of a name."""
        colon = self._colon(reading)
        if not colon:
            return
        first = 1 if reading.lower[0] in ("the", "introducing") and colon > 1 else 0
        words = reading.words[first:colon]
        shaped = any(is_name(word) for word in words)
        if len(words) > _LONGEST_TITLE_NAME or (
            any(word.lower() in word_list("title_words") for word in words) and not shaped
        ):
            return
        if not words or not (shaped or len(words) <= 3) or not words[0][0].isalnum():
            return
        again = reading.text.count(" ".join(words)) > 1
        score = 0.95 if shaped and len(words) == 1 else 0.85 if again else 0.5 if shaped else 0.35
        yield reading.mention(
            first, colon - 1, self._types.read(reading, first, colon - 1), "introduces", score, self.name
        )

    @staticmethod
    def _colon(reading: Reading) -> int:
        for index in range(1, min(reading.title_words, _LONGEST_TITLE_NAME + 3)):
            word = reading.words[index]
            if word == ":" or (word in _TITLE_MARKS and reading.starts[index] > reading.ends[index - 1]):
                return index if index + 1 < reading.title_words else 0
        return 0


class AcronymExtractor:
    """Proposes short forms with their expansions; what type they have is left to others or to their last word."""

    name = "acronym"

    def __init__(self, ontology: Ontology) -> None:
        self._types = TypeReader(ontology)

    def propose(self, reading: Reading) -> Iterator[Mention | Same]:
        """Two mentions for each pair, and that they are one thing."""
        for (short_first, short_last), (long_first, long_last) in find_acronyms(reading):
            kind = self._types.head_type(reading, long_last)
            if not kind:
                after = max(short_last, long_last) + 1
                kind = self._types.after(reading, after) if after < len(reading.words) else ""
            long = reading.mention(long_first, long_last, kind or UNTYPED, "", 0.7, self.name)
            short = reading.mention(short_first, short_last, kind or UNTYPED, "", 0.7, self.name)
            yield from (long, short, Same(short.text, long.text))


class CueExtractor:
    """Proposes what a cue of a role points at: "we propose X", "a benchmark called X", "outperforms X".

    What is introduced may be any noun phrase with a label; for the other roles only shaped names are taken.
    """

    name = "cue"

    def __init__(self, ontology: Ontology) -> None:
        self._types = TypeReader(ontology)
        self._roles = {predicate.name: predicate.role for predicate in ontology.predicates}
        cues = [cue for predicate in ontology.predicates if predicate.role for cue in predicate.cues]
        self._new = CueMatcher(cue for cue in cues if self._roles[cue.predicate] == "introduces")
        self._other = CueMatcher(cue for cue in cues if self._roles[cue.predicate] != "introduces")

    def propose(self, reading: Reading) -> Iterator[Mention]:
        """A mention for each new name at a cue, with the role of the cue."""
        phrases = noun_phrases(reading)
        for place in _with_coordinated(reading, phrases, {hit.x for hit in self._new.find(reading, Slots.of(phrases))}):
            if span := label(reading, *phrases[place]):
                yield self._mention(reading, span, "introduces")
        shaped = list(names(reading))
        told: dict[int, str] = {}
        for hit in plainest_out(self._other.find(reading, Slots.of(shaped))):
            told.setdefault(hit.x, self._roles[hit.predicate])
            yield self._mention(reading, shaped[hit.x], self._roles[hit.predicate])
        for place in range(1, len(shaped)):
            if place not in told and place - 1 in told and _joined(reading, shaped[place - 1], shaped[place]):
                told[place] = told[place - 1]
                yield self._mention(reading, shaped[place], told[place])

    def _mention(self, reading: Reading, span: tuple[int, int], role: str) -> Mention:
        first, last = span
        kind = self._types.read(reading, first, last)
        if kind == UNTYPED:
            kind = {"evaluates": "Benchmark", "trains": "Dataset"}.get(role, UNTYPED)
        word = reading.words[first]
        score = 0.9 if is_name(word) else 0.8 if word[0].isupper() else 0.62
        return reading.mention(first, last, kind, role, score, self.name)


class NameExtractor:
    """Proposes what has the shape of a name ("GPT-4o", "CIFAR-100"), with the type that its context gives."""

    name = "name"

    def __init__(self, ontology: Ontology) -> None:
        self._types = TypeReader(ontology)

    def propose(self, reading: Reading) -> Iterator[Mention]:
        """A mention for each name; those without a typed context score low."""
        for first, last in names(reading):
            kind = self._types.read(reading, first, last)
            score = max(shape_score(reading.words[first]), 0.85 if kind != UNTYPED else 0.0)
            yield reading.mention(first, last, kind, "", score, self.name)
        for first, last in capital_runs(reading):
            kind = self._types.read(reading, first, last)
            yield reading.mention(first, last, kind, "", 0.7, self.name)


def _with_coordinated(reading: Reading, phrases: list[tuple[int, int]], found: set[int]) -> list[int]:
    """The phrases found, and the capitalised ones that "and" or a comma joins to them."""
    places = set(found)
    for place in sorted(found):
        following = place + 1
        while following < len(phrases) and following not in places:
            between = reading.lower[phrases[following - 1][1] + 1 : phrases[following][0]]
            if not between or len(between) > 2 or any(word not in _COORDINATORS for word in between):
                break
            if not reading.words[phrases[following][0]][0].isupper():
                break
            places.add(following)
            following += 1
    return sorted(places)


def _joined(reading: Reading, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether only a comma or "and" stands between two names, brackets left out: "A (5%), B (6%) and C"."""
    between = reading.lower[one[1] + 1 : other[0]]
    if "(" in between and ")" in between:
        opening, closing = between.index("("), between.index(")")
        between = between[:opening] + between[closing + 1 :]
    return 0 < len(between) <= 2 and all(word in _COORDINATORS for word in between)


_COORDINATORS = frozenset((",", "and", "&", "or"))
