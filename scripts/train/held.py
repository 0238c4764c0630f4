"""The ranker grown on papers that the network did not learn from, and what it says of each by trees that did not
see the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.extract.model.clusters import Cluster, Scores
from kg.extract.model.known import Corpus
from kg.extract.model.runtime import ModelMention, SpanModel, load_model
from kg.extract.model.trees import Trees
from scripts.train.examples import Prepared
from scripts.train.forest import as_trees
from scripts.train.gold import ROLES, TYPES, GoldPaper
from scripts.train.grow import Table, cluster_table, grow_roles, grow_types
from scripts.train.pairs import merged_clusters
from scripts.train.tally import own_types

_FOLDS = 5
_LEAST = 0.06


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Parallel sequences of papers, with the trees grown on all of them."""

    papers: Sequence[GoldPaper]
    prepared: Sequence[Prepared]
    scores: Sequence[Scores]
    clusters: Sequence[list[Cluster]]
    rows: Table
    pair_trees: Trees
    models: tuple[SpanModel, ...]

    @classmethod
    def of(
        cls, papers: Sequence[GoldPaper], prepared: Sequence[Prepared], scores: Sequence[Scores], corpus: Corpus
    ) -> "HeldOut":
        """Grow the pair trees and, for each fold, a ranker on the other folds."""
        clusters, pair_trees = merged_clusters(papers, prepared, scores, corpus)
        rows = cluster_table(papers, prepared, scores, clusters, corpus)
        base = replace(load_model(), corpus=corpus, pair_trees=pair_trees)
        models = []
        for fold in range(_FOLDS):
            outside = rows.papers % _FOLDS != fold
            trees = _ranker(Table(rows.features[outside], rows.types[outside], rows.roles[outside], np.array([]), []))
            models.append(replace(base, type_trees=trees["types"], role_trees=trees["roles"]))
        return cls(papers, prepared, scores, clusters, rows, pair_trees, tuple(models))

    def mentions(self, number: int) -> list[ModelMention]:
        """What the ranker that did not see a paper finds in it."""
        ready, model = self.prepared[number], self.models[number % _FOLDS]
        own = own_types(self.papers[number])
        return model.mentions(ready.words, ready.spans, self.scores[number], self.clusters[number], _LEAST, own)

    def ensembles(self) -> dict[str, Trees]:
        """The trees to ship, grown on all papers."""
        return _ranker(self.rows) | {"pairs": self.pair_trees}


def _ranker(rows: Table) -> dict[str, Trees]:
    return {
        "types": as_trees(grow_types(rows), len(TYPES)),
        "roles": as_trees(grow_roles(rows), len(ROLES)),
    }
