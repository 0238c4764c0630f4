"""The part of a graph that is drawn: all of it, or the strongest nodes where there are more than any tool can show."""

from array import array
from collections.abc import Iterator

import numpy as np

from kg.data import Assertion, Evidence, Graph


def strongest(graph: Graph, most: int) -> Graph:
    """The `most` strongest nodes of a graph and the edges between them, in memory; a smaller graph is there whole.

    Strength is that of `kg.export.html.select.importance`. A graph that is small enough and in memory is itself given
    back.
    """
    if len(graph.nodes) <= most and isinstance(graph.nodes, tuple) and isinstance(graph.assertions, tuple):
        return graph
    kept = _kept(graph, most)
    known = {node_id: node_id for node_id in kept}
    nodes = tuple(node for node in graph.nodes if node.id in kept)
    return Graph(nodes, tuple(_between(graph, known)), graph.rejections, graph.run)


def _kept(graph: Graph, most: int) -> set[str]:
    if len(graph.nodes) <= most:
        return {node.id for node in graph.nodes}
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    degrees = array("L", bytes(array("L").itemsize * len(places)))
    for one in graph.assertions:
        degrees[places[one.subject]] += 1
        degrees[places[one.object]] += 1
    papers = np.fromiter((0 if node.type == "Paper" else node.papers for node in graph.nodes), np.float64, len(places))
    ranked = np.argsort(-(papers + 0.1 * np.array(degrees)), kind="stable")  # nodes are sorted by id
    chosen = np.zeros(len(places), dtype=bool)
    chosen[ranked[:most]] = True
    return {node_id for node_id, place in places.items() if chosen[place]}


def _between(graph: Graph, known: dict[str, str]) -> Iterator[Assertion]:
    """Edges with both ends in `known`; equal texts, which come from disk as many, become one."""
    ends = frozenset(known)

    def one_of(text: str) -> str:
        return known.setdefault(text, text)

    for edge in graph.assertions:
        if edge.subject in ends and edge.object in ends:
            evidence = tuple(
                [
                    Evidence(one_of(e.paper), e.start, e.end, one_of(e.sentence), one_of(e.extractor), e.score)
                    for e in edge.evidence
                ]
            )
            yield Assertion(
                one_of(edge.subject), one_of(edge.predicate), one_of(edge.object), evidence, edge.confidence,
                edge.papers, edge.first_year, edge.last_year,
            )  # fmt: skip


def told(part: Graph, whole: Graph) -> str:
    """How much of a graph is shown, in words; nothing if all of it is.

    >>> from kg.data import Node
    >>> node = Node("task/x", "Task", "X")
    >>> told(Graph((node,), ()), Graph((node, node), ()))
    'The strongest 1 of 2 nodes, and the 0 of 0 edges between them'
    """
    if len(part.nodes) == len(whole.nodes):
        return ""
    nodes = f"{len(part.nodes):,} of {len(whole.nodes):,} nodes"
    return f"The strongest {nodes}, and the {len(part.assertions):,} of {len(whole.assertions):,} edges between them"
