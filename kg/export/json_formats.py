"""JSON of nodes and edges: node-link (networkx, D3), Cytoscape.js and Cytoscape's CX2. Written as streams."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, edge_rows, known, node_rows, undirected
from kg.files import atomic_text
from kg.ontology import Ontology

_CX2_TYPES = {str: "string", int: "integer", float: "double"}


def write_node_link(graph: Graph, ontology: Ontology, path: Path) -> None:
    """What ``networkx.node_link_graph(json, edges="edges")`` reads; keys of parallel edges are predicates."""
    nodes = ({"id": row.id} | known(NODE_COLUMNS, row.values) for row in node_rows(graph, ontology))
    edges = (
        {"source": row.source, "target": row.target, "key": row.predicate, "id": row.id}
        | known(EDGE_COLUMNS, row.values)
        for row in edge_rows(graph)
    )
    directed = json.dumps(not undirected(graph))
    with atomic_text(path) as stream:
        stream.write(f'{{"directed": {directed}, "multigraph": true, "graph": {{"name": "papergraph"}},\n"nodes": [')
        _items(stream, nodes)
        stream.write('],\n"edges": [')
        _items(stream, edges)
        stream.write("]}\n")


def write_cyjs(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Cytoscape.js elements, which Cytoscape's desktop opens too: names, positions, and ``interaction`` of edges."""
    with atomic_text(path) as stream:
        stream.write('{"format_version": "1.0", "data": {"name": "papergraph"}, "elements": {\n"nodes": [')
        _items(stream, _cyjs_nodes(graph, ontology))
        stream.write('],\n"edges": [')
        _items(stream, _cyjs_edges(graph))
        stream.write("]}}\n")


def _cyjs_nodes(graph: Graph, ontology: Ontology) -> Iterator[dict[str, Any]]:
    for row in node_rows(graph, ontology):
        values = known(NODE_COLUMNS, row.values)
        position = {"x": values.pop("x"), "y": -values.pop("y")}  # downwards there
        yield {"data": {"id": row.id, "name": values["label"]} | values, "position": position}


def _cyjs_edges(graph: Graph) -> Iterator[dict[str, Any]]:
    for row in edge_rows(graph):
        ends = {"id": row.id, "source": row.source, "target": row.target, "interaction": row.predicate}
        yield {"data": ends | known(EDGE_COLUMNS, row.values)}


def write_cx2(graph: Graph, ontology: Ontology, path: Path) -> None:
    """CX2, the format of Cytoscape and NDEx: declared attributes, positions, and a style that uses our colours."""
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    with atomic_text(path) as stream:
        stream.write('[{"CXVersion": "2.0", "hasFragments": false},\n')
        _fragment(stream, "metaData", _cx2_counts(graph))
        _fragment(stream, "attributeDeclarations", [_cx2_declarations()])
        _fragment(stream, "networkAttributes", [{"name": "papergraph"}])
        _fragment(stream, "nodes", _cx2_nodes(graph, ontology, numbers))
        _fragment(stream, "edges", _cx2_edges(graph, numbers))
        _fragment(stream, "visualProperties", [_CX2_STYLE])
        stream.write('{"status": [{"success": true}]}]\n')


_CX2_STYLE = {
    "default": {
        "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
        "node": {"NODE_SHAPE": "ellipse", "NODE_BORDER_WIDTH": 0, "NODE_LABEL_FONT_SIZE": 8},
        "edge": {"EDGE_WIDTH": 1, "EDGE_LINE_COLOR": "#B0B0B0", "EDGE_TARGET_ARROW_SHAPE": "triangle"},
    },
    "nodeMapping": {
        "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
        "NODE_BACKGROUND_COLOR": {"type": "PASSTHROUGH", "definition": {"attribute": "color", "type": "string"}},
        "NODE_WIDTH": {"type": "PASSTHROUGH", "definition": {"attribute": "size", "type": "double"}},
        "NODE_HEIGHT": {"type": "PASSTHROUGH", "definition": {"attribute": "size", "type": "double"}},
    },
    "edgeMapping": {},
}


def _cx2_counts(graph: Graph) -> list[dict[str, Any]]:
    counts = {
        "attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(graph.nodes), "edges": len(graph.assertions),
        "visualProperties": 1,
    }  # fmt: skip
    return [{"name": name, "elementCount": count} for name, count in counts.items()]


def _cx2_declarations() -> dict[str, Any]:
    def declare(columns: Iterable[Column]) -> dict[str, Any]:
        return {column.name: {"d": _CX2_TYPES[column.kind]} for column in columns if column.name not in {"x", "y"}}

    text = {"d": "string"}
    nodes = {"id": text, "name": text} | declare(NODE_COLUMNS)
    edges = {"id": text, "interaction": text} | declare(EDGE_COLUMNS)
    return {"networkAttributes": {"name": text}, "nodes": nodes, "edges": edges}


def _cx2_nodes(graph: Graph, ontology: Ontology, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    for row in node_rows(graph, ontology):
        values = known(NODE_COLUMNS, row.values)
        x, y = values.pop("x"), -values.pop("y")
        yield {"id": numbers[row.id], "x": x, "y": y, "v": {"id": row.id, "name": values["label"]} | values}


def _cx2_edges(graph: Graph, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(edge_rows(graph)):
        values = {"id": row.id, "interaction": row.predicate} | known(EDGE_COLUMNS, row.values)
        yield {"id": number, "s": numbers[row.source], "t": numbers[row.target], "v": values}


def _fragment(stream: TextIO, name: str, items: Iterable[dict[str, Any]]) -> None:
    stream.write(f'{{"{name}": [')
    _items(stream, items)
    stream.write("]},\n")


def _items(stream: TextIO, items: Iterable[dict[str, Any]]) -> None:
    for number, item in enumerate(items):
        stream.write(("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False))
