"""What a reader of nodes and edges must find, as dictionaries, whatever the format."""

import math
from typing import Any

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, edge_rows, node_rows
from tests.export.hostile import ONTOLOGY

Attributes = dict[str, Any]


def nodes(graph: Graph) -> dict[str, Attributes]:
    """Attributes that are known, by node."""
    return {row.id: _known(NODE_COLUMNS, row.values) for row in node_rows(graph, ONTOLOGY)}


def edges(graph: Graph) -> dict[tuple[str, str, str], Attributes]:
    """Attributes that are known, by source, predicate and target; and the edge's own id as ``id``."""
    return {
        (row.source, row.predicate, row.target): {"id": row.id} | _known(EDGE_COLUMNS, row.values)
        for row in edge_rows(graph)
    }


def _known(columns: Any, values: Any) -> Attributes:
    return {column.name: value for column, value in zip(columns, values, strict=True) if value is not None}


def unguarded(attributes: Attributes) -> Attributes:
    """Without the invisible character that keeps Gephi from reading INF as infinity."""
    return {k: v.replace("I\u200cNF", "INF") if isinstance(v, str) else v for k, v in attributes.items()}


def present(attributes: Attributes) -> Attributes:
    """Without what igraph puts where a file says nothing."""
    return {k: v for k, v in attributes.items() if v != "" and not (isinstance(v, float) and math.isnan(v))}
