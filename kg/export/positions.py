"""Where every node stands: the layout of the page, in the coordinates that desktop tools expect."""

import math

import numpy as np

from kg.data import Graph
from kg.export.html.layout import place

Position = tuple[float, float]
_SPACING = 40.0  # between neighbours, in the units in which nodes have sizes of 4 and more
_last: list[tuple[Graph, list[Position]]] = []  # one build writes one graph to several files: laid out once


def positions(graph: Graph) -> list[Position]:
    """Coordinates of all nodes, in the order of the graph, centred on the origin. The last graph's are remembered."""
    if not _last or _last[0][0] is not graph:
        _last[:] = [(graph, _lay_out(graph))]
    return _last[0][1]


def _lay_out(graph: Graph) -> list[Position]:
    index = {node.id: number for number, node in enumerate(graph.nodes)}
    ends = [(index[one.subject], index[one.object]) for one in graph.assertions]
    edges = np.array(ends, dtype=np.int64).reshape(-1, 2)
    weights = np.array([float(max(one.papers, 1)) for one in graph.assertions])
    placed = place(len(graph.nodes), edges, weights).positions - 0.5
    reach = _SPACING * math.sqrt(len(graph.nodes))
    # A file in which every node stands at the origin is laid out at random by Gephi: one node stands beside it.
    return [(round(float(x) * reach, 2) or 1.0, round(float(-y) * reach, 2)) for x, y in placed]
