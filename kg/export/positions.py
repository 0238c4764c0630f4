"""Where every node stands and to which community it belongs: exactly as on the page, in the units of desktop tools."""

import math
from dataclasses import dataclass

import numpy as np

from kg.data import Graph
from kg.export.html.tables import graph_columns, header, order
from kg.ontology import Ontology

_GRID = 65_535  # the page's coordinates are 16-bit
_SPACING = 40.0  # between neighbours, in the units in which nodes have sizes of 4 and more
_last: list[tuple[Graph, list["Place"]]] = []  # one build writes one graph to several files: laid out once


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates around the origin, y upwards; communities are numbered from 1, the largest first."""

    x: float
    y: float
    community: int


def places(graph: Graph, ontology: Ontology) -> list[Place]:
    """The places of all nodes, in the order of the graph. Those of the last graph are remembered."""
    if not _last or _last[0][0] is not graph:
        remember(graph, _places(graph, ontology))
    return _last[0][1]


def remember(graph: Graph, layout: list[Place]) -> None:
    """Let `places` answer for `graph` with a layout that was found before."""
    _last[:] = [(graph, layout)]


def _places(graph: Graph, ontology: Ontology) -> list[Place]:
    if not graph.nodes:
        return []
    ordered = order(graph, graph)
    columns = graph_columns(ordered, header(ordered, ontology, ""))
    reach = _SPACING * math.sqrt(len(graph.nodes)) / _GRID
    xs, ys, communities = (np.asarray(columns[name]).tolist() for name in ("x", "y", "community"))
    found = []
    for node in graph.nodes:
        i = ordered.index[node.id]
        x, y = round((xs[i] - _GRID / 2) * reach, 2), round((_GRID / 2 - ys[i]) * reach, 2)
        # Gephi lays out anew, at random, a file in which every node stands at the origin.
        found.append(Place(x or 0.01, y, communities[i] + 1))
    return found
