"""The graph as a networkx network, with the attributes that every file of nodes and edges has."""

import networkx as nx

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, edge_rows, known, node_rows
from kg.ontology import Ontology


def to_networkx(graph: Graph, ontology: Ontology) -> "nx.MultiDiGraph[str]":
    """A directed multigraph: nodes by id, edges keyed by predicate, so that networkx's algorithms work on it directly.

    Attributes are those of ``graph.graphml``: strings, integers and finite floats; what is not known is left out.
    """
    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in node_rows(graph, ontology):
        net.add_node(node.id, **known(NODE_COLUMNS, node.values))
    for edge in edge_rows(graph):
        net.add_edge(edge.source, edge.target, key=edge.predicate, id=edge.id, **known(EDGE_COLUMNS, edge.values))
    return net
