"""Known names, looked up by normal form.

All names and aliases of the ontology stand in one hash by their words; a text is walked once, longest name first, so
that the time does not depend on how many names there are.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.data import Mention
from kg.extract.decide import Same
from kg.extract.reading import Reading, cut_words
from kg.extract.wordlists import word_list
from kg.normalize import clean_markup, plain_letters, singular
from kg.ontology import Ontology, Term

_JOINERS = frozenset("-/_–—‐‑")
_SPLIT = str.maketrans({"_": "-", "–": "-", "—": "-"})
_LOOSE_TAILS = frozenset(
    ("based", "like", "style", "driven", "guided", "powered", "enhanced", "level", "trained", "free", "augmented",
     "aware", "generated", "tuned", "specific", "equipped", "aligned", "assisted", "inspired", "oriented", "style")
)  # fmt: skip
_GAIN = re.compile(
    r"\d%|\d\\%|\d\.\d|\b(?:improv|increas|higher|better|gain|boost|reduc|outperform|preserv|maintain|achiev)"
)
_single = lru_cache(maxsize=1 << 16)(singular)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One surface form of a term: as the lexicon writes it, and whether its case must be kept."""

    term: Term
    form: str
    cased: bool


class Lexicon:
    """An index of terms by the words of their names and aliases. Of two terms with one form, an extension's wins."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._entries: dict[str, _Entry] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        for term in terms:
            if term.pattern:
                continue  # `kg.extract.extension` matches those
            for form in (term.name, *term.aliases):
                words = _form_words(form)
                if not words:
                    continue
                key = " ".join([*words[:-1], _single(words[-1])])
                known = self._entries.get(key)
                if known is None or (term.extension and not known.term.extension):
                    self._entries[key] = _Entry(term, form, _keeps_case(form, term))
                if len(words) > 1:
                    lengths[words[0]].add(len(words))
        self._lengths = {word: tuple(sorted(known, reverse=True)) for word, known in lengths.items()}

    def find(self, reading: Reading) -> Iterator[tuple[int, int, Term]]:
        """Known names in a text as (start, end, term), leftmost and longest first, without overlaps."""
        if not self._entries:
            return
        atoms, singles, starts, ends, edges = _atoms(reading)
        entries, lengths, done = self._entries, self._lengths, 0
        for position, single in enumerate(singles):
            if position < done or (single not in entries and atoms[position] not in lengths):
                continue
            size, entry = self._longest(atoms, singles, position)
            if entry is None:
                continue
            start, end = starts[position], ends[position + size - 1]
            if edges[position + size - 1] and self._fits(reading, entry, start, end):
                yield start, end, entry.term
                done = position + size

    def _longest(self, atoms: list[str], singles: list[str], position: int) -> tuple[int, _Entry | None]:
        for size in self._lengths.get(atoms[position], ()):
            last = position + size - 1
            if last < len(atoms) and (entry := self._entries.get(" ".join([*atoms[position:last], singles[last]]))):
                return size, entry
        return 1, self._entries.get(singles[position])

    def get(self, name: str) -> Term | None:
        """The term that has a name or alias of this normal form."""
        words = _form_words(name)
        entry = self._entries.get(" ".join([*words[:-1], _single(words[-1])])) if words else None
        return entry.term if entry else None

    def _fits(self, reading: Reading, entry: _Entry, start: int, end: int) -> bool:
        text = reading.text
        if start and (text[start - 1].isalnum() or (text[start - 1] == "-" and _named_before(text, start - 1))):
            return False
        if reading.sentence_at(start) != reading.sentence_at(end - 1):
            return False
        return not entry.cased or _same_case(text[start:end], entry.form)


def _named_before(text: str, hyphen: int) -> bool:
    """Whether the part before a hyphen belongs to a name: "Persona-MME" holds no MME, "pre-LLM" holds LLM."""
    before = text[max(0, hyphen - 40) : hyphen].split()
    return bool(before) and any(char.isupper() or char.isdigit() for char in before[-1])


def _same_case(found: str, form: str) -> bool:
    """Whether a name is written as known, but for a plural s, hyphens and capitals that no everyday word has."""
    fold = plain_letters(form).replace("-", " ").removesuffix("s")
    seen = plain_letters(found).replace("-", " ").removesuffix("s")
    if sum(char.isupper() for char in seen) > 1 and not fold.islower():
        return True
    return seen == fold or (form.islower() and seen[:1].lower() + seen[1:] == fold)


def _keeps_case(form: str, term: Term) -> bool:
    """Short names and those that are also everyday words must be written as known."""
    letters = [char for char in form if char.isalpha()]
    if form.islower():
        return False
    return term.ambiguous or (" " not in form and len(letters) < 6 and any(char.isupper() for char in letters))


def _form_words(form: str) -> list[str]:
    words: list[str] = []
    if not form.isascii() or "\\" in form or "$" in form:
        form = clean_markup(form)
    for word in cut_words(form):
        if word not in _JOINERS:
            parts = word.lower().removesuffix("'s").translate(_SPLIT).split("-")
            words.extend(_plain(part) for part in parts if part)
    return words


def _plain(word: str) -> str:
    """A lower-case word as the index has it: "fe₂o₃" and "α" are found under "fe2o3" and "alpha"."""
    return word if word.isascii() else plain_letters(word)


@lru_cache(maxsize=2)
def _atoms(reading: Reading) -> tuple[list[str], list[str], list[int], list[int], list[bool]]:
    """Words of the text split at hyphens, their singulars, starts and ends, and whether a name may end there."""
    atoms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    edges: list[bool] = []
    for word, start, end in zip(reading.lower, reading.starts, reading.ends, strict=True):
        if "-" not in word and "_" not in word:
            if word in _JOINERS:
                continue
            atoms.append(_plain(word.removesuffix("'s")))
            starts.append(start)
            ends.append(end - 2 if word.endswith("'s") else end)
            edges.append(True)
            continue
        parts = word.translate(_SPLIT).split("-")
        at = start
        for index, part in enumerate(parts):
            if part:
                atoms.append(_plain(part))
                starts.append(at)
                ends.append(at + len(part))
                edges.append(index == len(parts) - 1 or parts[index + 1] in _LOOSE_TAILS)
            at += len(part) + 1
    return atoms, [_single(atom) for atom in atoms], starts, ends, edges


def _reports(reading: Reading, position: int) -> bool:
    """Whether the sentence gives a figure or speaks of a gain: then "accuracy" is what was measured."""
    start, end = reading.sentences[reading.sentence_at(position)]
    return _GAIN.search(reading.text, start, end) is not None


def _with_modifier(reading: Reading, start: int, end: int) -> str:
    """A task with the hyphenated word before it ("open-vocabulary segmentation"), or empty."""
    before = reading.word_at(start) - 1
    if before < 0 or reading.starts[before + 1] != start or reading.ends[before] + 1 != start:
        return ""
    word = reading.lower[before]
    if "-" not in word.strip("-") or word in word_list("plain_adjectives") or not word[0].isalpha():
        return ""
    return reading.text[reading.starts[before] : end]


def known_score(reading: Reading, start: int, end: int, term: Term, heads: Collection[str]) -> float:
    """How surely a known name is meant where it stands: an ambiguous one needs its case or company, such as a head."""
    if not term.ambiguous:
        return 0.8
    text = reading.text[start:end]
    if not text.islower() and start >= len(reading.paper.title):
        return 0.7
    if term.type == "Metric" and _reports(reading, start):
        return 0.6
    after = reading.word_at(end) + 1
    following = reading.lower[after] if after < len(reading.lower) else ""
    if singular(following) in heads:
        return 0.7
    return 0.55 if start < len(reading.paper.title) else 0.3


class LexiconExtractor:
    """Proposes the known names of a text; an ambiguous one needs its exact case or company."""

    name = "lexicon"

    def __init__(self, ontology: Ontology) -> None:
        self.lexicon = Lexicon(term for term in ontology.terms if not term.extension)
        self._heads = {type_.name: frozenset(type_.heads) for type_ in ontology.types}

    def propose(self, reading: Reading) -> Iterator[Mention | Same]:
        """Mentions of known names, scored lower where the name is ambiguous, and longer names of tasks."""
        for start, end, term in self.lexicon.find(reading):
            score = known_score(reading, start, end, term, self._heads.get(term.type, frozenset()))
            text = reading.text[start:end]
            yield Mention(start, end, text, term.type, "", score, (self.name,))
            if term.type == "Task" and (longer := _with_modifier(reading, start, end)):
                yield Same(text, longer)
