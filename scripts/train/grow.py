"""Grow the ranker: two small ensembles over the clusters of a paper, one for the type (or none), one for the role.

They must learn from predictions on papers that the network did not train on, else they would trust it too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.extract.model.clusters import Cluster, Scores, cluster_features, role_rows
from kg.extract.model.known import Corpus
from scripts.train.examples import Prepared
from scripts.train.forest import forest
from scripts.train.gold import ROLES, TYPES, GoldPaper
from scripts.train.score import ALLOWED, gold_of
from scripts.train.tally import own_types


@dataclass(frozen=True, slots=True)
class Table:
    """Clusters of many papers as rows: features, type and role index (0 and -1: none), number of the paper."""

    features: np.ndarray
    types: np.ndarray
    roles: np.ndarray
    papers: np.ndarray
    clusters: list[tuple[int, Cluster]]


def cluster_table(
    gold: Sequence[GoldPaper],
    prepared: Sequence[Prepared],
    scores: Sequence[Scores],
    merged: Sequence[list[Cluster]],
    corpus: Corpus,
    tallied: bool = True,
) -> Table:
    """One row for each cluster that the network proposes, with the gold's answer.

    Of several clusters that match one gold entity, the first by its likeliest mention is right and the others wrong,
    as in the scorer. ``tallied``: the papers are among those that ``corpus.known`` counts.
    """
    features, types, roles, numbers, owners = [], [], [], [], []
    for number, (paper, ready, scored, clusters) in enumerate(zip(gold, prepared, scores, merged, strict=True)):
        own = own_types(paper) if tallied else None
        features.append(cluster_features(ready.words, ready.spans, scored, clusters, corpus, own))
        answers = _answers(paper, scored, clusters)
        types += [kind for kind, _ in answers]
        roles += [role for _, role in answers]
        numbers += [number] * len(clusters)
        owners += [(number, cluster) for cluster in clusters]
    return Table(np.concatenate(features), np.array(types), np.array(roles), np.array(numbers), owners)


def _answers(paper: GoldPaper, scored: Scores, clusters: list[Cluster]) -> list[tuple[int, int]]:
    gold = gold_of(paper)
    answers = [(0, -1)] * len(clusters)
    used: set[int] = set()
    order = sorted(range(len(clusters)), key=lambda i: (-(1 - scored.types[list(clusters[i].rows), 0]).max(), i))
    for index in order:
        matching = [gold[key] for key in clusters[index].keys if key in gold and gold[key][2] not in used]
        if matching:
            kind, role, entity = max(matching, key=lambda answer: (matching.count(answer), -answer[2]))
            used.add(entity)
            answers[index] = (TYPES.index(kind), ROLES.index(role))
    return answers


def grow_types(table: Table, seed: int = 0, rounds: int = 120) -> HistGradientBoostingClassifier:
    return forest(seed, rounds).fit(table.features, table.types)


def grow_roles(table: Table, seed: int = 0, rounds: int = 120) -> HistGradientBoostingClassifier:
    """Roles of the right clusters, the gold type known through one column each (see `role_rows`)."""
    right = table.types > 0
    return forest(seed, rounds).fit(role_rows(table.features[right], table.types[right]), table.roles[right])


def decide(types: np.ndarray, roles_of: np.ndarray, threshold: float) -> tuple[str, str] | None:
    """Type and role from the two ensembles' probabilities, or nothing below the threshold."""
    kind = TYPES[1 + int(types[1:].argmax())]
    if types[1:].sum() < threshold:
        return None
    return kind, max(ALLOWED[kind], key=lambda role: roles_of[ROLES.index(role)])
