"""The graph as a networkx network, with attributes that every format can hold."""

import networkx as nx

from kg.data import Assertion, Graph, Node
from kg.ontology import Ontology


def to_networkx(graph: Graph, ontology: Ontology) -> "nx.MultiDiGraph[str]":
    """A directed multigraph: nodes by id, edges keyed by predicate; attributes are strings, integers, finite floats."""
    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes:
        net.add_node(node.id, **_node_attributes(node, ontology))
    for assertion in graph.assertions:
        net.add_edge(assertion.subject, assertion.object, key=assertion.predicate, **_edge_attributes(assertion))
    return net


def _node_attributes(node: Node, ontology: Ontology) -> dict[str, str | int | float]:
    return {
        "label": node.name,
        "type": node.type,
        "types": "|".join(ontology.ancestors(node.type)),
        "aliases": "|".join(node.aliases),
        "papers": node.papers,
        "first_year": node.first_year,
        "last_year": node.last_year,
        "confidence": node.confidence,
        "url": node.url,
        "iri": ontology.base + node.id,
    }


def _edge_attributes(assertion: Assertion) -> dict[str, str | int | float]:
    return {
        "predicate": assertion.predicate,
        "confidence": assertion.confidence,
        "papers": assertion.papers,
        "first_year": assertion.first_year,
        "last_year": assertion.last_year,
        "sentence": next((item.sentence for item in assertion.evidence if item.sentence), ""),
    }
