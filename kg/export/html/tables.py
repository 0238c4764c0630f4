"""The tables of a page: what the first picture needs, what the panel and the search need, and the evidence.

Nodes are in order of importance, so that a node's index is its rank and a level of detail is a prefix. Edges are in
order of (subject, object, predicate).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.data import Assertion, Graph, Node
from kg.export.html.container import Column
from kg.export.html.layout import Placement, place
from kg.export.html.select import importance
from kg.ontology import EntityType, Ontology

LIST = "\x1e"
_FULL = 65_535
_PEOPLE = ("hasAuthor", "publishedIn")  # a venue joins papers that have nothing else in common


@dataclass(frozen=True)
class Ordered:
    """The part of a graph that a page holds, in the page's order, and what the whole graph counts."""

    nodes: tuple[Node, ...]
    edges: tuple[Assertion, ...]
    index: dict[str, int]
    all_nodes: int
    all_edges: int


def order(part: Graph, whole: Graph) -> Ordered:
    """Sort nodes by importance and edges by their ends."""
    scores = importance(whole)
    nodes = tuple(sorted(part.nodes, key=lambda node: (-scores[node.id], node.id)))
    index = {node.id: number for number, node in enumerate(nodes)}
    edges = tuple(sorted(part.assertions, key=lambda edge: (index[edge.subject], index[edge.object], edge.predicate)))
    return Ordered(nodes, edges, index, len(whole.nodes), len(whole.assertions))


def header(ordered: Ordered, ontology: Ontology, title: str) -> dict[str, Any]:
    """What the page must know before any row: the types and predicates in use, and the counts of the whole graph."""
    used = {node.type for node in ordered.nodes}
    said = {edge.predicate for edge in ordered.edges}
    return {
        "title": title,
        "base": ontology.base,
        "allNodes": ordered.all_nodes,
        "allEdges": ordered.all_edges,
        "types": [
            {"name": t.name, "colour": t.colour, "shape": t.shape, "about": t.description, "under": t.parent}
            for t in _below("", ontology)
            if t.name in used
        ],
        "predicates": [
            {"name": p.name, "about": p.description, "role": p.role} for p in ontology.predicates if p.name in said
        ],
    }


def _below(parent: str, ontology: Ontology) -> Iterator[EntityType]:
    """The types under a parent, each before those under it, so that a type of one's own stands with its kind."""
    for type_ in ontology.types:
        if type_.parent == parent:
            yield type_
            yield from _below(type_.name, ontology)


def graph_columns(ordered: Ordered, head: dict[str, Any], placed: Placement) -> dict[str, Column]:
    """Positions, types, counts and names of nodes; ends, predicates and counts of edges."""
    nodes, edges = ordered.nodes, ordered.edges
    types = {entry["name"]: number for number, entry in enumerate(head["types"])}
    predicates = {entry["name"]: number for number, entry in enumerate(head["predicates"])}
    ends = _ends(ordered)
    grid = np.rint(placed.positions * _FULL).astype(np.uint16)
    return {
        "x": np.ascontiguousarray(grid[:, 0]),
        "y": np.ascontiguousarray(grid[:, 1]),
        "community": placed.communities.astype(np.uint32),
        "type": _bytes(types[node.type] for node in nodes),
        "papers": np.fromiter((node.papers for node in nodes), np.uint32, len(nodes)),
        "first": np.fromiter((node.first_year for node in nodes), np.uint16, len(nodes)),
        "last": np.fromiter((node.last_year for node in nodes), np.uint16, len(nodes)),
        "confidence": _bytes(_percent(node.confidence) for node in nodes),
        "name": [node.name for node in nodes],
        "from": np.diff(ends[:, 0], prepend=0).astype(np.uint32),
        "to": ends[:, 1].astype(np.uint32),
        "predicate": _bytes(predicates[edge.predicate] for edge in edges),
        "edgeConfidence": _bytes(_percent(edge.confidence) for edge in edges),
        "edgePapers": np.fromiter((min(edge.papers, _FULL) for edge in edges), np.uint16, len(edges)),
        "edgeFirst": np.fromiter((edge.first_year for edge in edges), np.uint16, len(edges)),
        "edgeLast": np.fromiter((edge.last_year for edge in edges), np.uint16, len(edges)),
    }


def arrange(ordered: Ordered) -> Placement:
    """Where the nodes stand, in the page's order; the other formats show them at the same places."""
    ends = _ends(ordered)
    return place(len(ordered.nodes), ends, _weights(ends, ordered.edges, len(ordered.nodes)))


def _ends(ordered: Ordered) -> np.ndarray:
    pairs = [(ordered.index[edge.subject], ordered.index[edge.object]) for edge in ordered.edges]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def text_columns(nodes: Sequence[Node]) -> dict[str, Column]:
    """What search and panel read of a node beyond its name."""
    return {
        "id": [node.id for node in nodes],
        "aliases": [LIST.join(node.aliases) for node in nodes],
        "identifiers": [LIST.join(node.identifiers) for node in nodes],
        "date": [node.date for node in nodes],
        "arxiv": [node.arxiv for node in nodes],
        "doi": [node.doi for node in nodes],
        "url": [node.url for node in nodes],
        "value": [node.value for node in nodes],
        "measure": [node.measure for node in nodes],
    }


def _weights(ends: np.ndarray, edges: Sequence[Assertion], count: int) -> np.ndarray:
    """How strongly each edge pulls: less, the more connections its ends have, and hardly where only people meet."""
    degree = np.bincount(ends.ravel(), minlength=count)
    weights: np.ndarray = 1.0 / np.sqrt(np.maximum(degree[ends[:, 0]], degree[ends[:, 1]]))
    people = np.fromiter((edge.predicate in _PEOPLE for edge in edges), bool, len(edges))
    weights[people] *= 0.2
    return weights


def _percent(share: float) -> int:
    return round(min(1.0, max(0.0, share)) * 100)  # this order makes 0 of nan


def _bytes(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), dtype=np.uint8)
