"""Run a torch network over papers, decode, and score with the gold's own scorer."""

from collections.abc import Sequence

import numpy as np
import torch

from kg.extract.model.clusters import Cluster, Scores
from kg.extract.model.runtime import ModelMention
from kg.extract.model.words import phrase_key
from scripts.train.batches import collate
from scripts.train.examples import Prepared
from scripts.train.gold import ROLES, TYPES, GoldPaper
from scripts.train.network import SpanNetwork

ALLOWED = {
    "Method": ("introduces", "uses", "compares", "mentions"),
    "Task": ("addresses", "mentions"),
    "Dataset": ("introduces", "evaluates", "trains", "mentions"),
    "Benchmark": ("introduces", "evaluates", "trains", "mentions"),
    "Metric": ("introduces", "reports", "mentions"),
}


@torch.no_grad()
def score_papers(network: SpanNetwork, papers: Sequence[Prepared]) -> list[Scores]:
    """Probabilities of all candidates of each paper. Where windows overlap, the one that holds a span further from
    its edge decides."""
    network.eval()
    results = []
    for paper in papers:
        count = len(paper.spans.keys)
        types, roles = np.zeros((count, len(TYPES))), np.zeros((count, len(ROLES)))
        margin = np.full(count, -1.0)
        for window in paper.windows:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                type_logits, role_logits, _ = network(collate([window]))
            edge = np.minimum(window.span_first, len(window.word_first) - 1 - window.span_last)
            better = edge > margin[window.rows]
            rows = window.rows[better]
            margin[rows] = edge[better]
            types[rows] = type_logits.float().softmax(-1).numpy()[better]
            roles[rows] = role_logits.float().softmax(-1).numpy()[better]
        results.append(Scores(types, roles))
    return results


def simple_choice(scores: Scores, cluster: Cluster, threshold: float) -> tuple[str, str] | None:
    """Type and role by the network alone: that of the likeliest mention, roles averaged."""
    rows = list(cluster.rows)
    named = 1 - scores.types[rows, 0]
    if named.max() < threshold:
        return None
    kind = TYPES[1 + int((scores.types[rows, 1:] * named[:, None]).sum(0).argmax())]
    roles = (scores.roles[rows] * named[:, None]).sum(0)
    return kind, max(ALLOWED[kind], key=lambda role: roles[ROLES.index(role)])


def gold_of(paper: GoldPaper) -> dict[str, tuple[str, str, int]]:
    """Key → (type, role, index of the entity)."""
    return {
        phrase_key(form): (entity.type, entity.role, index)
        for index, entity in enumerate(paper.entities)
        for form in entity.forms
    }


def entity_record(prepared: Prepared, cluster: Cluster, kind: str, role: str) -> dict[str, object]:
    """An entity as the scorer reads it: the shortest form is the name."""
    words, spans = prepared.words, prepared.spans
    forms = {words.text[words.starts[int(spans.first[row])] : words.ends[int(spans.last[row])]] for row in cluster.rows}
    ordered = sorted(forms, key=lambda form: (len(form), form))
    return {"type": kind, "name": ordered[0], "aliases": ordered[1:], "role": role}


def mention_entities(mentions: Sequence[ModelMention]) -> list[dict[str, object]]:
    """The entities that a shipped model's mentions stand for, as the scorer reads them."""
    groups: dict[int, list[ModelMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.group, []).append(mention)
    entities: list[dict[str, object]] = []
    for group in groups.values():
        forms = sorted({mention.text for mention in group}, key=lambda form: (len(form), form))
        first = group[0]
        entities.append({"type": first.type, "name": forms[0], "aliases": forms[1:], "role": first.role})
    return entities
