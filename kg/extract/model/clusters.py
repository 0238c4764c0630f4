"""Mentions of one paper that name the same thing, and the features by which the ranker judges them together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.model.acronyms import find_acronyms
from kg.extract.model.known import KNOWN_FEATURES, Corpus
from kg.extract.model.phrases import Phrases
from kg.extract.model.spans import Spans
from kg.extract.model.words import Words

Floats = npt.NDArray[np.float64]

FLOOR = 0.08
"""Least probability of being a name with which a span is looked at."""
_RIVAL = 0.1
"""Least probability of being a name with which a candidate that lost to another may still spell the same thing."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of each candidate: probabilities of the types (first: none) and of the roles."""

    types: Floats
    roles: Floats


@dataclass(frozen=True, slots=True)
class Cluster:
    """Rows of the candidates that name one thing, in reading order, and their keys."""

    rows: tuple[int, ...]
    keys: tuple[str, ...]


def choose_spans(spans: Spans, scores: Scores) -> list[int]:
    """Rows of candidates that do not overlap, likeliest first when they compete, in reading order."""
    named = 1 - scores.types[:, 0]
    taken = np.zeros(int(spans.last.max(initial=0)) + 1, dtype=bool)
    chosen = []
    for row in sorted(np.flatnonzero(named > FLOOR), key=lambda row: (-round(float(named[row]), 6), row)):
        covered = slice(spans.first[row], spans.last[row] + 1)
        if not taken[covered].any():
            taken[covered] = True
            chosen.append(int(row))
    return sorted(chosen)


def cluster_spans(words: Words, spans: Spans, chosen: list[int]) -> list[Cluster]:
    """Chosen spans with equal keys are one thing, and so are a short form and its expansion in the text."""
    row_of = {(int(spans.first[row]), int(spans.last[row])): row for row in range(len(spans.keys))}
    same = {spans.keys[row]: spans.keys[row] for row in chosen}
    rows = set(chosen)
    taken = np.zeros(len(words), dtype=bool)
    for row in chosen:
        taken[spans.first[row] : spans.last[row] + 1] = True
    for short, long in find_acronyms(words):
        pair = [row_of.get(short), row_of.get(long)]
        if None in pair or not any(row in rows for row in pair):
            continue
        first, second = (spans.keys[row] for row in pair if row is not None)
        added = [row for row in pair if row is not None and row not in rows]
        if any(taken[spans.first[row] : spans.last[row] + 1].any() for row in added):
            continue
        for row in added:
            rows.add(row)
            taken[spans.first[row] : spans.last[row] + 1] = True
        same.setdefault(first, first)
        same.setdefault(second, second)
        same[_root(same, second)] = _root(same, first)
    groups: dict[str, list[int]] = {}
    for row in sorted(rows):
        groups.setdefault(_root(same, spans.keys[row]), []).append(row)
    return [Cluster(tuple(group), tuple(dict.fromkeys(spans.keys[row] for row in group))) for group in groups.values()]


def _root(same: dict[str, str], key: str) -> str:
    while same[key] != key:
        key = same[key]
    return key


def rivals(spans: Spans, scores: Scores, cluster: Cluster) -> list[int]:
    """Rows of candidates that overlap a mention and lost, but which the network holds for a name as well."""
    named = 1 - scores.types[:, 0] >= _RIVAL
    found: set[int] = set()
    for row in cluster.rows:
        beside = (spans.first <= spans.last[row]) & (spans.last >= spans.first[row])
        found.update(np.flatnonzero(named & beside).tolist())
    return sorted(found.difference(cluster.rows))


FEATURES = (
    *(f"best-{kind}" for kind in ("none", "Method", "Task", "Dataset", "Benchmark", "Metric")),
    *(f"mean-{kind}" for kind in ("none", "Method", "Task", "Dataset", "Benchmark", "Metric")),
    *(f"best-role-{index}" for index in range(8)),
    *(f"mean-role-{index}" for index in range(8)),
    *(f"first-role-{index}" for index in range(8)),
    "noisy-or", "mentions", "occurrences", "forms", "in-title", "title-start", "position", "last-position", "words",
    "capital", "inner-capital", "digit", "hyphen", "keyword", "share", "acronym", "rival", "inside", "contains",
    "rank", "expected", "length", *KNOWN_FEATURES,
)  # fmt: skip

_FAME = [FEATURES.index(name) for name in ("keyword", "share", *KNOWN_FEATURES)]


def role_rows(
    features: npt.NDArray[np.float32], kinds: npt.NDArray[np.int64], fame: Sequence[int] = _FAME
) -> npt.NDArray[np.float32]:
    """Rows for the trees of roles: features and type, without the columns that say how well known a name is today.

    A paper may introduce what everybody uses later; recent papers, which the trees learn from, seldom do.
    """
    rows = np.concatenate([features, kinds[:, None].astype(np.float32)], axis=1)
    rows[:, list(fame)] = 0.0
    return rows


def cluster_features(
    words: Words,
    spans: Spans,
    scores: Scores,
    clusters: list[Cluster],
    corpus: Corpus,
    own: Mapping[str, int] | None = None,
) -> npt.NDArray[np.float32]:
    """One row of `FEATURES` for each cluster. ``own``: see `Known.features`."""
    if not clusters:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    named = 1 - scores.types[:, 0]
    best = [float(named[list(cluster.rows)].max()) for cluster in clusters]
    occurrences = Counter(spans.keys)
    rank = np.argsort(np.argsort([-value for value in best], kind="stable"), kind="stable")
    expected = float(sum(best))
    rows = []
    for index, cluster in enumerate(clusters):
        whole = (float(rank[index]) / len(clusters), expected, float(len(words)))
        rows.append(
            [
                *_network_features(scores, cluster),
                *_place_features(words, spans, named, cluster, occurrences),
                *_phrase_features(spans, corpus.phrases, cluster),
                *_rival_features(spans, named, cluster, clusters),
                *whole,
                *corpus.known.features(cluster.keys, own),
            ]
        )
    return np.array(rows, dtype=np.float32)


def _network_features(scores: Scores, cluster: Cluster) -> list[float]:
    rows = list(cluster.rows)
    types, roles = scores.types[rows], scores.roles[rows]
    weight = 1 - types[:, 0] + 1e-6
    top = int(weight.argmax())
    mean_roles = (roles * weight[:, None]).sum(0) / weight.sum()
    mean_types = (types * weight[:, None]).sum(0) / weight.sum()
    return [*types[top], *mean_types, *roles[top], *mean_roles, *roles[0]]


def _place_features(
    words: Words, spans: Spans, named: Floats, cluster: Cluster, occurrences: Mapping[str, int]
) -> list[float]:
    rows = list(cluster.rows)
    first, last = int(spans.first[rows[0]]), int(spans.first[rows[-1]])
    return [
        float(np.log(np.prod(1 - named[rows] * 0.999) + 1e-9)),
        float(len(rows)),
        float(sum(occurrences[key] for key in set(cluster.keys))),
        float(len(cluster.keys)),
        float(first < words.title_words),
        float(first == 0),
        first / len(words),
        last / len(words),
    ]


def _phrase_features(spans: Spans, phrases: Phrases, cluster: Cluster) -> list[float]:
    rows = list(cluster.rows)
    counts = [phrases.counts.get(key, (0, 0)) for key in cluster.keys]
    keyword, papers = max(counts)
    shape = int(np.bitwise_or.reduce(spans.features[rows, -1]))
    return [
        float(spans.features[rows, 0].max() + 1),
        *(float(shape >> bit & 1) for bit in range(4)),
        float(np.log1p(keyword)),
        float(keyword / max(papers, keyword, 1)),
        float(spans.features[rows, 3].max()),
    ]


def _rival_features(spans: Spans, named: Floats, cluster: Cluster, clusters: list[Cluster]) -> list[float]:
    """The best candidate that overlaps a mention and lost; whether the name is part of another, or has one inside."""
    rows = list(cluster.rows)
    rival = 0.0
    for row in rows:
        overlap = (spans.first <= spans.last[row]) & (spans.last >= spans.first[row])
        overlap[rows] = False
        rival = max(rival, float(named[overlap].max(initial=0.0)))
    mine = [f" {key} " for key in cluster.keys]
    others = [f" {key} " for other in clusters if other is not cluster for key in other.keys]
    inside = sum(key in other for key in mine for other in others)
    contains = sum(other in key for key in mine for other in others)
    return [rival, float(inside), float(contains)]
