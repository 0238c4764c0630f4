"""From what all extractors propose to mentions that do not overlap.

Proposals of one span are pooled: their scores as independent witnesses, their types by vote. Overlaps go to the better
score, longer spans ahead. The weight of an extractor is how often it is right, measured on annotated papers: without
the trained model, and beside it, where the rules are a second opinion.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.data import Mention
from kg.extract.shapes import UNTYPED
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Same:
    """What an extractor may say beside mentions: that two forms name one thing in this paper."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model holds of a span: probabilities of "none" and the five types, and of the eight roles."""

    start: int
    end: int
    types: tuple[float, ...]
    roles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """What the model may say of a form of a thing: that a phrase around or inside it may spell the same thing."""

    of: str
    form: str


Proposal = Mention | Same | Opinion | Variant


@dataclass(frozen=True, slots=True)
class Weights:
    """How much an extractor counts: ``keep`` alone, ``beside`` the model; ``kind``, ``kind_beside`` in type votes."""

    keep: float
    beside: float
    kind: float
    kind_beside: float


# The columns for use beside the model were found by random search on 180 annotated papers that neither the network nor
# its trees had seen. Since then a judge (`kg.extract.judge`) has the last word beside the model: there the weights
# settle which of two overlapping proposals it sees.
WEIGHTS: Mapping[str, Weights] = {
    "acronym": Weights(0.70, 0.16, 0.4, 1.10),
    "cue": Weights(0.65, 0.52, 0.5, 0.34),
    "extension": Weights(1.00, 1.00, 99.0, 99.0),
    "lexicon": Weights(0.80, 0.68, 1.0, 2.10),
    "model": Weights(1.00, 0.71, 3.0, 1.05),
    "name": Weights(0.60, 0.35, 0.6, 2.40),
    "title": Weights(0.95, 0.76, 0.6, 1.20),
}
LEAST_ALONE, LEAST_BESIDE = 0.40, 0.38
"""Score below which what is proposed is left out, without the model and with it: it is likelier wrong than right."""
LEAST_JUDGED = 0.42
"""The judge's probability below which a thing is left out: where typed F1 is best, by cross-validation."""
LEAST_NEW_PHRASE = 0.50
"""The same for a Method or Task that neither the lexicon nor an annotated paper names: of 18,600 such
things in held-out papers 81 in 100 are entities, of the 16,400 that stay 85, and typed F1 is the same."""
_PER_CHARACTER = 0.004
_LONGEST_BONUS = 0.15


class Decider:
    """Settles the proposals for one paper; ``with_model`` says that the rules are only a second opinion."""

    def __init__(self, ontology: Ontology, *, with_model: bool = False) -> None:
        self._parents = {type_.name: type_.parent for type_ in ontology.types}
        self._weights = {name: row.beside if with_model else row.keep for name, row in WEIGHTS.items()}
        self._votes = {name: row.kind_beside if with_model else row.kind for name, row in WEIGHTS.items()}

    def decide(self, proposals: Iterable[Mention]) -> list[Mention]:
        """Mentions without overlaps, in reading order. Terms of a user's extension win over all others."""
        spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        for proposal in proposals:
            if proposal.end > proposal.start:
                spans[proposal.start, proposal.end].append(proposal)
        pooled = sorted(map(self._pool, spans.values()), key=_precedence)
        kept: list[Mention] = []
        taken: set[int] = set()
        for mention in pooled:
            span = range(mention.start, mention.end)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append(mention)
        return sorted(kept, key=lambda mention: mention.start)

    def _pool(self, found: list[Mention]) -> Mention:
        best: dict[str, float] = {}
        kinds: dict[str, float] = defaultdict(float)
        roles: dict[str, float] = defaultdict(float)
        for mention in found:
            source = mention.extractors[0]
            score = mention.score * self._weights[source]
            best[source] = max(best.get(source, 0.0), score)
            if mention.type != UNTYPED:
                kinds[mention.type] += mention.score * self._votes[source]
            if mention.role:
                roles[mention.role] += mention.score * self._votes[source]
        missing = 1.0
        for score in best.values():
            missing *= 1.0 - score
        first, sources = found[0], tuple(sorted(best))
        kind, role, pooled = self._kind(kinds), _most(roles), round(1.0 - missing, 4)
        return Mention(first.start, first.end, first.text, kind, role, pooled, sources)

    def _kind(self, votes: Mapping[str, float]) -> str:
        """The type with most votes, or a narrower one that somebody saw: a Model where others say Method."""
        winner = _most(votes) or UNTYPED
        return next((name for name in sorted(votes) if self._parents.get(name) == winner), winner)


def _precedence(mention: Mention) -> tuple[bool, float, int, int]:
    length = mention.end - mention.start
    bonus = min(_LONGEST_BONUS, _PER_CHARACTER * length)
    return "extension" not in mention.extractors, -mention.score - bonus, -length, mention.start


def _most(votes: Mapping[str, float]) -> str:
    return min(votes, key=lambda name: (-votes[name], name)) if votes else ""
