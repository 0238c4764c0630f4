"""Grow the trees that say whether two clusters of a paper name one thing."""

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.extract.model.clusters import Cluster, Scores, choose_spans, cluster_spans
from kg.extract.model.known import Corpus
from kg.extract.model.merge import candidate_pairs, merge_clusters, pair_features
from kg.extract.model.trees import Trees
from scripts.train.examples import Prepared
from scripts.train.forest import as_trees, forest
from scripts.train.gold import GoldPaper
from scripts.train.score import gold_of

_FOLDS = 4


def first_clusters(prepared: Sequence[Prepared], scores: Sequence[Scores]) -> list[list[Cluster]]:
    """Clusters of each paper before any merging."""
    return [
        cluster_spans(ready.words, ready.spans, choose_spans(ready.spans, scored))
        for ready, scored in zip(prepared, scores, strict=True)
    ]


def pair_table(
    gold: Sequence[GoldPaper], prepared: Sequence[Prepared], scores: Sequence[Scores], corpus: Corpus
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of all candidate pairs of which at least one is gold, whether both are one entity, paper numbers."""
    rows, same, numbers = [], [], []
    for number, clusters in enumerate(first_clusters(prepared, scores)):
        ready, entity_of = prepared[number], gold_of(gold[number])
        for i, j in candidate_pairs(clusters):
            entities = [{entity_of[key][2] for key in clusters[k].keys if key in entity_of} for k in (i, j)]
            if not entities[0] and not entities[1]:
                continue
            pair = (clusters[i], clusters[j])
            rows.append(pair_features(ready.words, ready.spans, scores[number], pair, corpus))
            same.append(bool(entities[0] & entities[1]))
            numbers.append(number)
    return np.array(rows, dtype=np.float32), np.array(same), np.array(numbers)


def grow_pairs(rows: np.ndarray, same: np.ndarray) -> Trees:
    grown: HistGradientBoostingClassifier = forest().fit(rows, same.astype(int))
    return as_trees(grown, 2)


def merged_clusters(
    gold: Sequence[GoldPaper], prepared: Sequence[Prepared], scores: Sequence[Scores], corpus: Corpus
) -> tuple[list[list[Cluster]], Trees]:
    """Clusters of each paper, merged by trees that did not see the paper; and the trees grown on all papers."""
    rows, same, numbers = pair_table(gold, prepared, scores, corpus)
    merged: list[list[Cluster]] = first_clusters(prepared, scores)
    for fold in range(_FOLDS):
        inside = numbers % _FOLDS == fold
        trees = grow_pairs(rows[~inside], same[~inside])
        for number in range(fold, len(prepared), _FOLDS):
            ready = prepared[number]
            merged[number] = merge_clusters(ready.words, ready.spans, scores[number], merged[number], corpus, trees)
    return merged, grow_pairs(rows, same)
