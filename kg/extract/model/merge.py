"""Which clusters of one paper name the same thing although their words differ.

"Video generation" and "real-time video generation" may be one task or two; a short form may be explained far from
where it is used, or never. Pairs that could be one thing are described by a few features and judged by trees.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

import numpy as np

from kg.extract.model.clusters import Cluster, Scores
from kg.extract.model.known import Corpus
from kg.extract.model.spans import Spans
from kg.extract.model.trees import Trees
from kg.extract.model.words import Words

_STEM = 5
_LEAST = 0.5

PAIR_FEATURES = (
    "suffix", "prefix", "inside", "words-short", "words-long", "extra", "jaccard", "stem-jaccard", "same-last",
    "same-first", "initials", "subsequence", "similarity", "acronyms", "named-short", "named-long", "agreement",
    "top-agreement", "mentions-short", "mentions-long", "title-short", "title-long", "first-distance", "nearest",
    "digit-differs", "capital-short", "capital-long", "known-short", "known-long", "wraps", "type",
)  # fmt: skip


def merge_clusters(
    words: Words, spans: Spans, scores: Scores, clusters: list[Cluster], corpus: Corpus, trees: Trees
) -> list[Cluster]:
    """Join the pairs that the trees hold for one thing."""
    pairs = list(candidate_pairs(clusters))
    if not pairs:
        return clusters
    rows = np.array(
        [pair_features(words, spans, scores, (clusters[i], clusters[j]), corpus) for i, j in pairs], dtype=np.float32
    )
    same = trees.probabilities(rows)[:, 1]
    owner = list(range(len(clusters)))
    for index in np.flatnonzero(same >= _LEAST):
        first, second = sorted(_root(owner, number) for number in pairs[index])
        owner[second] = first
    parts: dict[int, list[Cluster]] = {}
    for number, cluster in enumerate(clusters):
        parts.setdefault(_root(owner, number), []).append(cluster)
    return [_joined(part) for part in parts.values()]


def _root(owner: list[int], number: int) -> int:
    while owner[number] != number:
        number = owner[number]
    return number


def _joined(parts: list[Cluster]) -> Cluster:
    rows = sorted(row for part in parts for row in part.rows)
    return Cluster(tuple(rows), tuple(key for part in parts for key in part.keys))


def candidate_pairs(clusters: list[Cluster]) -> Iterator[tuple[int, int]]:
    """Pairs of clusters that share the stem of a word, or of which one could abbreviate the other."""
    holders: dict[tuple[str, str], list[int]] = {}
    for i, cluster in enumerate(clusters):
        for mark in _marks(cluster):
            holders.setdefault(mark, []).append(i)
    for i, cluster in enumerate(clusters):
        sought = {(_SOUGHT[kind], letters) for kind, letters in _marks(cluster)}
        yield from ((i, j) for j in sorted({j for mark in sought for j in holders.get(mark, ()) if j > i}))


_SOUGHT = {"stem": "stem", "whole": "initials", "initials": "whole"}


def _marks(cluster: Cluster) -> set[tuple[str, str]]:
    """Stems of the words, and each key as its letters and as its initials: whole and initials may meet."""
    stems = {("stem", word[:_STEM]) for key in cluster.keys for word in key.split(" ")}
    wholes = {("whole", key.replace(" ", "")) for key in cluster.keys}
    return stems | wholes | {("initials", _initials(key)) for key in cluster.keys}


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split(" ") if word)


def pair_features(
    words: Words, spans: Spans, scores: Scores, pair: tuple[Cluster, Cluster], corpus: Corpus
) -> list[float]:
    """`PAIR_FEATURES` of the most alike keys of two clusters; the shorter key comes first."""
    ratio, a, b, short, long = max(
        (SequenceMatcher(None, a, b).ratio(), a, b, number, 1 - number)
        for number in (0, 1)
        for a in pair[number].keys
        for b in pair[1 - number].keys
        if (len(a), number) <= (len(b), 1 - number)
    )
    return [
        *_word_features(a.split(" "), b.split(" ")),
        float(_initials(b) == a.replace(" ", "")),
        float(_is_subsequence(a.replace(" ", ""), b)),
        ratio,
        float(np.log1p(corpus.acronym_count(a, b))),
        *_cluster_pair(words, spans, scores, pair[short], pair[long]),
        float(np.log1p(corpus.phrases.counts.get(a, (0, 0))[0])),
        float(np.log1p(corpus.phrases.counts.get(b, (0, 0))[0])),
        float(any(f"({a.replace(' ', '')})" in _surface(words, spans, row) for row in pair[long].rows)),
        float(_type(scores, pair[short])),
    ]


def _word_features(a: list[str], b: list[str]) -> list[float]:
    stems_a, stems_b = {word[:_STEM] for word in a}, {word[:_STEM] for word in b}
    return [
        float(b[-len(a) :] == a),
        float(b[: len(a)] == a),
        float(f" {' '.join(a)} " in f" {' '.join(b)} "),
        float(len(a)),
        float(len(b)),
        float(len(set(b) - set(a))),
        len(set(a) & set(b)) / len(set(a) | set(b)),
        len(stems_a & stems_b) / len(stems_a | stems_b),
        float(a[-1] == b[-1]),
        float(a[0] == b[0]),
    ]


def _cluster_pair(words: Words, spans: Spans, scores: Scores, short: Cluster, long: Cluster) -> list[float]:
    types = [scores.types[list(cluster.rows), 1:].mean(axis=0) for cluster in (short, long)]
    shapes = [int(np.bitwise_or.reduce(spans.features[list(cluster.rows), -1])) for cluster in (short, long)]
    places = [spans.first[list(cluster.rows)] for cluster in (short, long)]
    nearest = int(np.abs(places[0][:, None] - places[1][None, :]).min())
    return [
        *(float(1 - scores.types[list(cluster.rows), 0].min()) for cluster in (short, long)),
        float(np.minimum(types[0] / types[0].sum(), types[1] / types[1].sum()).sum()),
        float(types[0].argmax() == types[1].argmax()),
        float(len(short.rows)),
        float(len(long.rows)),
        *(float(place[0] < words.title_words) for place in places),
        float(places[1][0] - places[0][0]) / len(words),
        float(nearest),
        float((shapes[0] ^ shapes[1]) >> 2 & 1),
        *(float(shape & 3) for shape in shapes),
    ]


def _type(scores: Scores, cluster: Cluster) -> int:
    return int(scores.types[list(cluster.rows), 1:].mean(axis=0).argmax())


def _surface(words: Words, spans: Spans, row: int) -> str:
    return words.text[words.starts[int(spans.first[row])] : words.ends[int(spans.last[row])]].lower()


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)
