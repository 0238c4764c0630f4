"""What rules, lexicon and network say of each thing found in a paper, and where it stands, as rows of numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.data import Mention
from kg.extract.company import COMPANY, company
from kg.extract.decide import Opinion
from kg.extract.group import Group
from kg.extract.model.known import KNOWN_FEATURES, Corpus
from kg.extract.model.wording import WORDING
from kg.extract.model.words import phrase_key
from kg.extract.reading import Reading
from kg.extract.roles import Signals
from kg.extract.shapes import is_name
from kg.ontology import Ontology

TYPES = ("none", "Method", "Task", "Dataset", "Benchmark", "Metric")
ROLES = ("introduces", "uses", "compares", "mentions", "evaluates", "trains", "addresses", "reports")
_SOURCES = ("acronym", "cue", "lexicon", "model", "name", "title")
_BEFORE = (
    frozenset(("on", "across", "over", "in", "from", "at")),
    frozenset(("using", "with", "via", "through", "by", "use", "uses", "leverage", "leverages", "leveraging", "apply")),
    frozenset(("propose", "proposes", "introduce", "introduces", "present", "presents", "develop", "called", "named")),
    frozenset(("than", "outperforms", "outperforming", "over", "surpassing", "surpasses", "unlike", "vs", "against")),
    frozenset(("for", "of", "to", "towards", "toward", "address", "tackle", "improve", "improves", "enable")),
    frozenset(("as", "like", "e.g", "including", "especially", "such")),
    frozenset((",", "and", "or", "&", "/")),
    frozenset(("(", "[", '"', "“", "'", "‘")),
    frozenset(("the", "a", "an", "this", "these", "its", "their", "our")),
)

FEATURES = (
    *(f"score-{source}" for source in _SOURCES),
    *(f"{source}-{kind}" for source in _SOURCES for kind in TYPES[1:]),
    *(f"trees-{kind}" for kind in TYPES), *(f"trees-{role}" for role in ROLES),
    *(f"told-{role}" for role in ROLES), *(f"share-{role}" for role in ROLES),
    "best", "mean", "rank", "things", "expected",
    "mentions", "forms", "in-title", "title-first", "first", "last", "sentence", "background-first", "background-only",
    "compared-once", "compared-always", "length",
    "words", "characters", "longest", "named", "capital", "inner-capital", "digit", "hyphen", "plural", "bracketed",
    *(f"ends-{kind}" for kind in TYPES[1:]), *(f"next-{kind}" for kind in TYPES[1:]),
    *(f"before-{number}" for number in range(len(_BEFORE))),
    "inside", "contains", "keyword", "keyword-share", "written", *KNOWN_FEATURES, *COMPANY, *WORDING,
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """All that is known of one paper when the judge sits. ``signals`` run parallel to ``mentions``."""

    reading: Reading
    proposals: Sequence[Mention]
    opinions: Sequence[Opinion]
    mentions: Sequence[Mention]
    groups: Sequence[Group]
    signals: Signals

    @cached_property
    def proposed(self) -> Mapping[tuple[int, int], list[Mention]]:
        """Proposals by span."""
        spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        for proposal in self.proposals:
            spans[proposal.start, proposal.end].append(proposal)
        return spans

    @cached_property
    def opinion_at(self) -> dict[tuple[int, int], Opinion]:
        """The model's opinions by span."""
        return {(opinion.start, opinion.end): opinion for opinion in self.opinions}


class Describer:
    """Turns the groups of a paper into rows of `FEATURES`."""

    def __init__(self, ontology: Ontology, corpus: Corpus) -> None:
        self._corpus = corpus
        self._main = {
            type_.name: next((name for name in ontology.ancestors(type_.name) if name in TYPES), "")
            for type_ in ontology.types
        }
        self._heads = [
            frozenset(head for type_ in ontology.types if self._main[type_.name] == kind for head in type_.heads)
            for kind in TYPES[1:]
        ]

    def describe(self, case: Case, own: Mapping[str, int] | None = None) -> npt.NDArray[np.float32]:
        """One row for each group. ``own``: see `Known.features`."""
        if not case.groups:
            return np.zeros((0, len(FEATURES)), dtype=np.float32)
        best = [max(case.mentions[index].score for index in group.mentions) for group in case.groups]
        ranks = np.argsort(np.argsort([-value for value in best], kind="stable"), kind="stable")
        keys = [tuple(dict.fromkeys(map(phrase_key, (group.name, *group.aliases)))) for group in case.groups]
        nested = _nesting(keys)
        others = company(case.reading, case.mentions, case.groups, case.opinion_at)
        rows = []
        for place, group in enumerate(case.groups):
            mentions = [case.mentions[index] for index in group.mentions]
            mean = sum(mention.score for mention in mentions) / len(mentions)
            rows.append(
                [
                    *self._sources(case, mentions),
                    *_trees(case, mentions),
                    *_told([case.signals.told[index] for index in group.mentions]),
                    *(best[place], mean, float(ranks[place]) / len(best), float(len(best)), sum(best)),
                    *_places(case, group, mentions),
                    *_surface(case.reading, group, mentions),
                    *self._context(case.reading, group, mentions),
                    *nested[place],
                    *self._known(keys[place], own),
                    *others[place],
                    *self._corpus.wording.features(keys[place][0]),
                ]
            )
        return np.array(rows, dtype=np.float32)

    def _sources(self, case: Case, mentions: Sequence[Mention]) -> list[float]:
        scores = dict.fromkeys(_SOURCES, 0.0)
        kinds: dict[tuple[str, str], float] = {}
        for mention in mentions:
            for proposal in case.proposed.get((mention.start, mention.end), ()):
                source = proposal.extractors[0]
                if source in scores:
                    scores[source] = max(scores[source], proposal.score)
                    kind = (source, self._main.get(proposal.type, ""))
                    kinds[kind] = max(kinds.get(kind, 0.0), proposal.score)
        return [*scores.values(), *(kinds.get((source, kind), 0.0) for source in _SOURCES for kind in TYPES[1:])]

    def _context(self, reading: Reading, group: Group, mentions: Sequence[Mention]) -> list[float]:
        last_word = group.name.split()[-1].lower()
        follows, before = set[str](), set[str]()
        for mention in mentions:
            first, last = reading.word_at(mention.start), reading.word_at(mention.end - 1)
            before.add(reading.lower[first - 1] if first else "")
            follows.add(reading.lower[last + 1] if last + 1 < len(reading.lower) else "")
        return [
            *(float(last_word in heads) for heads in self._heads),
            *(float(not heads.isdisjoint(follows)) for heads in self._heads),
            *(float(not words.isdisjoint(before)) for words in _BEFORE),
        ]

    def _known(self, keys: tuple[str, ...], own: Mapping[str, int] | None) -> list[float]:
        keyword, written = max(self._corpus.phrases.counts.get(key, (0, 0)) for key in keys)
        share = keyword / max(written, keyword, 1)
        return [
            float(np.log1p(keyword)),
            share,
            float(np.log1p(written)),
            *self._corpus.known.features(keys, own),
        ]


def _trees(case: Case, mentions: Iterable[Mention]) -> list[float]:
    """What the model says of the likeliest mention: -1 throughout where it says nothing."""
    found = [case.opinion_at.get((mention.start, mention.end)) for mention in mentions]
    opinions = [opinion for opinion in found if opinion is not None]
    if not opinions:
        return [-1.0] * (len(TYPES) + len(ROLES))
    likeliest = min(opinions, key=lambda opinion: opinion.types[0])
    return [*likeliest.types, *likeliest.roles]


def _told(signals: Sequence[set[str]]) -> list[float]:
    counts = Counter(role for told in signals for role in told)
    return [*(float(role in counts) for role in ROLES), *(counts[role] / len(signals) for role in ROLES)]


def _places(case: Case, group: Group, mentions: Sequence[Mention]) -> list[float]:
    reading, title = case.reading, len(case.reading.paper.title)
    length = max(1, len(reading.text))
    starts = [mention.start for mention in mentions]
    compared = [case.signals.compared[index] for index in group.mentions]
    background = [title < start < case.signals.contribution for start in starts]
    return [
        float(len(mentions)),
        float(1 + len(group.aliases)),
        float(starts[0] < title),
        float(starts[0] == 0),
        starts[0] / length,
        starts[-1] / length,
        float(reading.sentence_at(starts[0])),
        float(background[0]),
        float(all(background)),
        float(any(compared)),
        float(all(compared)),
        length / 1000,
    ]


def _surface(reading: Reading, group: Group, mentions: Sequence[Mention]) -> list[float]:
    name, words = group.name, group.name.split()
    forms = (name, *group.aliases)
    return [
        float(len(words)),
        float(len(name)),
        float(max(len(form.split()) for form in forms)),
        float(is_name(words[0])),
        float(any(mention.text[0].isupper() for mention in mentions if mention.start >= len(reading.paper.title))),
        float(any(char.isupper() for form in forms for char in form[1:])),
        float(any(char.isdigit() for char in name)),
        float("-" in name),
        float(words[-1].endswith("s")),
        float(any(reading.text[max(0, mention.start - 1) : mention.start] in ("(", "[") for mention in mentions)),
    ]


def _nesting(keys: Sequence[tuple[str, ...]]) -> list[tuple[float, float]]:
    """How many other things hold the name of each, and how many stand inside it."""
    padded = [[f" {key} " for key in own] for own in keys]
    holds = [
        [sum(inner in outer for inner in padded[i] for outer in padded[j]) if i != j else 0 for j in range(len(keys))]
        for i in range(len(keys))
    ]
    return [(float(sum(row)), float(sum(other[place] for other in holds))) for place, row in enumerate(holds)]
