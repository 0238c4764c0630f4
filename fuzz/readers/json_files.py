"""JSON of nodes and edges, read by Python's own parser and by NDEx's library."""

import json
from pathlib import Path

from fuzz.readers.found import Found
from kg.ontology import Ontology


def read_node_link(path: Path, _ontology: Ontology) -> Found:
    """As networkx and D3 take it."""
    net = json.loads(path.read_text(encoding="utf-8"))
    names = {node["id"]: node["label"] for node in net["nodes"]}
    return names, {(edge["source"], edge["key"], edge["target"]) for edge in net["edges"]}


def read_cyjs(path: Path, _ontology: Ontology) -> Found:
    """As Cytoscape takes it."""
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    names = {node["data"]["id"]: node["data"]["name"] for node in elements["nodes"]}
    edges = (edge["data"] for edge in elements["edges"])
    return names, {(edge["source"], edge["interaction"], edge["target"]) for edge in edges}


def read_cx2(path: Path, _ontology: Ontology) -> Found:
    """As NDEx's own library takes it."""
    from ndex2.cx2 import RawCX2NetworkFactory  # slow to import

    net = RawCX2NetworkFactory().get_cx2network(str(path))
    nodes = {number: node["v"] for number, node in net.get_nodes().items()}
    edges = net.get_edges().values()
    return {node["id"]: node["name"] for node in nodes.values()}, {
        (nodes[edge["s"]]["id"], edge["v"]["interaction"], nodes[edge["t"]]["id"]) for edge in edges
    }
