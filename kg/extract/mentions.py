"""Extractors that find new names: in titles, after cues, in brackets, by shape."""

from collections.abc import Iterator

from kg.data import Mention
from kg.extract.acronyms import find_acronyms
from kg.extract.cues import CueMatcher, Slots
from kg.extract.reading import Reading
from kg.extract.shapes import UNTYPED, TypeReader, capital_run, is_name, names
from kg.ontology import Ontology

_TITLE_MARKS = frozenset((":", "–", "—", "-"))
_LONGEST_TITLE_NAME = 5
_OPENERS = frozenset(
    ("the", "a", "an", "on", "towards", "toward", "from", "beyond", "learning", "is", "are", "can", "do", "does", "how",
     "what", "when", "why", "where", "which", "who", "not", "all", "one", "rethinking", "understanding", "exploring",
     "improving", "evaluating", "benchmarking", "scaling", "unlocking", "revisiting", "unveiling", "measuring", "with",
     "in", "your", "you", "we", "no", "more", "less", "better", "training", "building", "making", "to", "if", "position",
     "survey", "think", "it's", "let", "see", "look", "teaching", "bridging", "for", "and", "or", "by", "of", "at")
)  # fmt: skip


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
        if len(words) > _LONGEST_TITLE_NAME or (any(word.lower() in _OPENERS for word in words) and not shaped):
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

    def propose(self, reading: Reading) -> Iterator[Mention]:
        """Two mentions for each pair."""
        for (short_first, short_last), (long_first, long_last) in find_acronyms(reading):
            kind = self._types.head_type(reading, long_last)
            if not kind:
                after = max(short_last, long_last) + 1
                kind = self._types.after(reading, after) if after < len(reading.words) else ""
            for first, last in ((long_first, long_last), (short_first, short_last)):
                yield reading.mention(first, last, kind or UNTYPED, "", 0.7, self.name)


class CueExtractor:
    """Proposes names that a cue of a role points at: "we propose X", "a benchmark called X", "outperforms X"."""

    name = "cue"

    def __init__(self, ontology: Ontology) -> None:
        self._types = TypeReader(ontology)
        self._roles = {predicate.name: predicate.role for predicate in ontology.predicates}
        self._matcher = CueMatcher(cue for predicate in ontology.predicates if predicate.role for cue in predicate.cues)

    def propose(self, reading: Reading) -> Iterator[Mention]:
        """A mention for each new name at a cue, with the role of the cue."""
        spans = _candidates(reading)
        shaped = set(names(reading))
        for hit in self._matcher.find(reading, Slots.of(spans)):
            first, last = spans[hit.x]
            role = self._roles[hit.predicate]
            score = 0.9 if (first, last) in shaped else 0.5
            if role == "introduces" or (first, last) in shaped:
                yield reading.mention(first, last, self._type(reading, first, last, role), role, score, self.name)

    def _type(self, reading: Reading, first: int, last: int, role: str) -> str:
        known = self._types.read(reading, first, last)
        if known != UNTYPED:
            return known
        return {"evaluates": "Benchmark", "trains": "Dataset"}.get(role, "Method")


class NameExtractor:
    """Proposes what has the shape of a name ("GPT-4o", "CIFAR-100"), with the type that its context gives."""

    name = "name"

    def __init__(self, ontology: Ontology) -> None:
        self._types = TypeReader(ontology)

    def propose(self, reading: Reading) -> Iterator[Mention]:
        """A mention for each name; those without a typed context score low."""
        for first, last in names(reading):
            kind = self._types.read(reading, first, last)
            yield reading.mention(first, last, kind, "", 0.8 if kind != UNTYPED else 0.6, self.name)


def _candidates(reading: Reading) -> list[tuple[int, int]]:
    """Spans that may be names at a cue: by shape anywhere, by capitals in running text."""
    spans = dict.fromkeys(names(reading))
    taken = {index for first, last in spans for index in range(first, last + 1)}
    position = reading.title_words
    while position < len(reading.words):
        begins = position == 0 or reading.sentence_of[position - 1] != reading.sentence_of[position]
        if begins or position in taken or not reading.words[position][0].isupper():
            position += 1
            continue
        last = capital_run(reading, position)
        if last >= position and not any(index in taken for index in range(position, last + 1)):
            spans[(position, last)] = None
        position = max(last, position) + 1
    return sorted(spans)
