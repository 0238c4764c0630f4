"""From what all extractors propose to mentions that do not overlap.

Proposals of one span are pooled: their scores as independent witnesses, their types by vote. Overlaps go to the better
score, longer spans ahead. The weight of an extractor is how often it is right, measured on the training papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.data import Mention
from kg.extract.shapes import UNTYPED

WEIGHTS: Mapping[str, float] = {
    "acronym": 0.70,
    "cue": 0.65,
    "lexicon": 0.80,
    "model": 1.00,
    "name": 0.60,
    "pattern": 1.00,
    "title": 0.95,
}
TYPE_WEIGHTS: Mapping[str, float] = {
    "acronym": 0.4,
    "cue": 0.5,
    "lexicon": 1.0,
    "model": 1.5,
    "name": 0.6,
    "pattern": 9.0,
    "title": 0.6,
}
_DEFAULT_WEIGHT = 0.5
_PER_CHARACTER = 0.004
_LONGEST_BONUS = 0.15


@dataclass(frozen=True, slots=True)
class _Pool:
    """All proposals of one span as one mention; ``own`` marks a term of the user's."""

    mention: Mention
    own: bool


def decide(proposals: Iterable[Mention], own: frozenset[tuple[int, int]] = frozenset()) -> list[Mention]:
    """Mentions without overlaps, in reading order. Spans in ``own`` (terms of an extension) win over all others."""
    spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for proposal in proposals:
        if proposal.end > proposal.start:
            spans[proposal.start, proposal.end].append(proposal)
    pools = [_Pool(_pool(found), span in own) for span, found in spans.items()]
    pools.sort(key=_precedence)
    kept: list[Mention] = []
    taken: set[int] = set()
    for pool in pools:
        span = range(pool.mention.start, pool.mention.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(pool.mention)
    return sorted(kept, key=lambda mention: mention.start)


def _precedence(pool: _Pool) -> tuple[bool, float, int, int]:
    mention = pool.mention
    length = mention.end - mention.start
    return not pool.own, -mention.score - min(_LONGEST_BONUS, _PER_CHARACTER * length), -length, mention.start


def _pool(found: list[Mention]) -> Mention:
    first = found[0]
    best: dict[str, float] = {}
    votes: dict[str, float] = defaultdict(float)
    roles: dict[str, float] = defaultdict(float)
    for mention in found:
        source = mention.extractors[0]
        score = mention.score * WEIGHTS.get(source, _DEFAULT_WEIGHT)
        best[source] = max(best.get(source, 0.0), score)
        if mention.type != UNTYPED:
            votes[mention.type] += mention.score * TYPE_WEIGHTS.get(source, _DEFAULT_WEIGHT)
        if mention.role:
            roles[mention.role] += score
    missing = 1.0
    for score in best.values():
        missing *= 1.0 - score
    return Mention(
        first.start, first.end, first.text, _most(votes) or UNTYPED, _most(roles), round(1.0 - missing, 4),
        tuple(sorted(best)),
    )  # fmt: skip


def _most(votes: Mapping[str, float]) -> str:
    return min(votes, key=lambda name: (-votes[name], name)) if votes else ""
