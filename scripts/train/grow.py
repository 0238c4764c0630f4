"""Grow the ranker: two small ensembles over the clusters of a paper, one for the type (or none), one for the role.

They must learn from predictions on papers that the network did not train on, else they would trust it too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.extract.model.clusters import Cluster, Scores, choose_spans, cluster_features, cluster_spans
from kg.extract.model.phrases import Phrases
from kg.extract.model.trees import Trees
from scripts.train.examples import Prepared
from scripts.train.gold import ROLES, TYPES, GoldPaper
from scripts.train.score import ALLOWED, gold_of


@dataclass(frozen=True, slots=True)
class Table:
    """Clusters of many papers as rows: features, type and role index (0 and -1: none), number of the paper."""

    features: np.ndarray
    types: np.ndarray
    roles: np.ndarray
    papers: np.ndarray
    clusters: list[tuple[int, Cluster]]


def cluster_table(
    gold: Sequence[GoldPaper], prepared: Sequence[Prepared], scores: Sequence[Scores], phrases: Phrases
) -> Table:
    """One row for each cluster that the network proposes, with the gold's answer.

    Of several clusters that match one gold entity, the first by its likeliest mention is right and the others wrong,
    as in the scorer.
    """
    features, types, roles, numbers, owners = [], [], [], [], []
    for number, (paper, ready, scored) in enumerate(zip(gold, prepared, scores, strict=True)):
        clusters = cluster_spans(ready.words, ready.spans, choose_spans(ready.spans, scored))
        features.append(cluster_features(ready.words, ready.spans, scored, clusters, phrases))
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
        for key in clusters[index].keys:
            if key in gold and gold[key][2] not in used:
                kind, role, entity = gold[key]
                used.add(entity)
                answers[index] = (TYPES.index(kind), ROLES.index(role))
                break
    return answers


def grow_types(table: Table, seed: int = 0, rounds: int = 120) -> HistGradientBoostingClassifier:
    return _forest(seed, rounds).fit(table.features, table.types)


def grow_roles(table: Table, seed: int = 0, rounds: int = 120) -> HistGradientBoostingClassifier:
    """Roles of the right clusters, the gold type known through one column each (see `role_rows`)."""
    right = table.types > 0
    return _forest(seed, rounds).fit(role_rows(table.features[right], table.types[right]), table.roles[right])


def role_rows(features: np.ndarray, types: np.ndarray) -> np.ndarray:
    """Features of the role ensemble: those of the cluster and the index of its type."""
    return np.concatenate([features, types[:, None].astype(np.float32)], axis=1)


def _forest(seed: int, rounds: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=0.06,
        max_depth=4,
        max_leaf_nodes=12,
        min_samples_leaf=25,
        l2_regularization=5.0,
        max_features=0.4,
        early_stopping=False,
        random_state=seed,
    )


def as_trees(forest: HistGradientBoostingClassifier, classes: int) -> Trees:
    """The ensemble as plain arrays; classes that never occurred get a leaf of minus infinity's size."""
    nodes, roots, depth = [], [], 0
    for stage in forest._predictors:  # no public way to the nodes
        row = np.full(classes, -1)
        for label, tree in zip(forest.classes_, stage, strict=True):
            row[int(label)] = len(nodes)
            base = len(nodes)
            depth = max(depth, int(tree.nodes["depth"].max()))
            nodes += [_node(node, base + index, base) for index, node in enumerate(tree.nodes)]
        roots.append(row)
    empty = len(nodes)
    nodes.append((0, 0.0, empty, empty, 0.0))
    baseline = np.full(classes, -30.0)
    baseline[forest.classes_.astype(int)] = forest._baseline_prediction.reshape(-1)
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    table = np.array(roots)
    return Trees(
        feature=feature.astype(np.int32),
        threshold=threshold.astype(np.float32),
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        value=value.astype(np.float32),
        roots=np.where(table < 0, empty, table).astype(np.int32),
        baseline=baseline.astype(np.float32),
        depth=depth,
    )


def _node(node: np.void, index: int, base: int) -> tuple[int, float, int, int, float]:
    if node["is_leaf"]:
        return 0, 0.0, index, index, float(node["value"])
    threshold = float(node["num_threshold"])
    return int(node["feature_idx"]), threshold, base + int(node["left"]), base + int(node["right"]), 0.0


def decide(types: np.ndarray, roles_of: np.ndarray, threshold: float) -> tuple[str, str] | None:
    """Type and role from the two ensembles' probabilities, or nothing below the threshold."""
    kind = TYPES[1 + int(types[1:].argmax())]
    if types[1:].sum() < threshold:
        return None
    return kind, max(ALLOWED[kind], key=lambda role: roles_of[ROLES.index(role)])
