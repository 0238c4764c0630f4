"""Boosted trees: how they are grown, and as the plain arrays that the package runs."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.extract.model.trees import Trees


def forest(seed: int = 0, rounds: int = 120) -> HistGradientBoostingClassifier:
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


def as_trees(grown: HistGradientBoostingClassifier, classes: int) -> Trees:
    """The ensemble as plain arrays; classes that never occurred get a leaf of minus infinity's size."""
    nodes, roots, depth = [], [], 0
    labels = grown.classes_.astype(int) if len(grown.classes_) > 2 else np.array([1])
    for stage in grown._predictors:  # no public way to the nodes
        row = np.full(classes, -1)
        for label, tree in zip(labels, stage, strict=True):
            row[int(label)] = len(nodes)
            base = len(nodes)
            depth = max(depth, int(tree.nodes["depth"].max()))
            nodes += [_node(node, base + index, base) for index, node in enumerate(tree.nodes)]
        roots.append(row)
    empty = len(nodes)
    nodes.append((0, 0.0, empty, empty, 0.0))
    baseline = np.full(classes, -30.0)
    baseline[grown.classes_.astype(int)] = 0.0
    baseline[labels] = grown._baseline_prediction.reshape(-1)
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
