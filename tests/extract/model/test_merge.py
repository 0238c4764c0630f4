"""Which clusters are compared at all."""

from kg.extract.model.clusters import Cluster
from kg.extract.model.merge import candidate_pairs


def test_pairs_share_a_stem_or_could_abbreviate() -> None:
    names = ["plank tracing", "tracings of planks", "pt", "quilt", "patched tile"]
    clusters = [Cluster((number,), (name,)) for number, name in enumerate(names)]
    assert list(candidate_pairs(clusters)) == [(0, 1), (0, 2), (2, 4)]


def test_nothing_alike_gives_no_pairs() -> None:
    assert list(candidate_pairs([Cluster((0,), ("plank",)), Cluster((1,), ("quilt",))])) == []
