from pathlib import Path

import numpy as np

from kg.extract.model.trees import Trees, read_trees, write_trees


def stump() -> Trees:
    """Two classes; feature 0 at most 0.5 speaks for the first."""
    return Trees(
        feature=np.array([0, 0, 0, 0], dtype=np.int32),
        threshold=np.array([0.5, 0, 0, 0], dtype=np.float32),
        left=np.array([1, 1, 2, 3], dtype=np.int32),
        right=np.array([2, 1, 2, 3], dtype=np.int32),
        value=np.array([0, 2, -2, 0], dtype=np.float32),
        roots=np.array([[0, 3]], dtype=np.int32),
        baseline=np.zeros(2, dtype=np.float32),
        depth=1,
    )


def test_probabilities_follow_the_branch_and_sum_to_one() -> None:
    found = stump().probabilities(np.array([[0.5], [0.6]], dtype=np.float32))
    assert found[0, 0] > 0.85
    assert found[1, 0] < 0.2
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_trees_survive_the_file(tmp_path: Path) -> None:
    write_trees(tmp_path / "trees.npz", {"types": stump()})
    rows = np.array([[0.1], [0.9]], dtype=np.float32)
    np.testing.assert_array_equal(
        read_trees(tmp_path / "trees.npz", "types").probabilities(rows), stump().probabilities(rows)
    )
