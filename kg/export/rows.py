"""Formats of nodes and edges written in one pass: each row is made once, however many files it goes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.data import Graph
from kg.export.columns import EdgeRow, NodeRow, edge_rows, node_rows
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Sink:
    """A file under way: what it does with each node, between nodes and edges, and with each edge."""

    node: Callable[[NodeRow], object]
    turn: Callable[[], object]
    edge: Callable[[EdgeRow], object]


def pour(graph: Graph, ontology: Ontology, sinks: Sequence[Sink]) -> None:
    """Give all nodes and edges of `graph` to all of `sinks`."""
    for node in node_rows(graph, ontology):
        for sink in sinks:
            sink.node(node)
    for sink in sinks:
        sink.turn()
    for edge in edge_rows(graph):
        for sink in sinks:
            sink.edge(edge)
