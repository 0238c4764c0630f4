"""Where every node stands and to which community it belongs: exactly as on the page, in the units of desktop tools."""

import math
from dataclasses import dataclass

from kg.data import Graph
from kg.export.html.tables import arrange, order

_SPACING = 40.0  # between neighbours, in the units in which nodes have sizes of 4 and more
_last: list[tuple[Graph, list["Place"]]] = []  # one build writes one graph to several files: laid out once


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates around the origin, y upwards; communities are numbered from 1, the largest first."""

    x: float
    y: float
    community: int


def places(graph: Graph) -> list[Place]:
    """The places of all nodes, in the order of the graph. Those of the last graph are remembered."""
    if not _last or _last[0][0] is not graph:
        remember(graph, _places(graph))
    return _last[0][1]


def remember(graph: Graph, layout: list[Place]) -> None:
    """Let `places` answer for `graph` with a layout that was found before."""
    _last[:] = [(graph, layout)]


def _places(graph: Graph) -> list[Place]:
    ordered = order(graph, graph)
    placed = arrange(ordered)
    reach = _SPACING * math.sqrt(len(graph.nodes))
    around = ((placed.positions - 0.5) * reach).tolist()
    communities = placed.communities.tolist()
    found = []
    for node in graph.nodes:
        number = ordered.index[node.id]
        x, y = around[number]
        # Gephi lays out anew, at random, a file in which every node stands at the origin.
        found.append(Place(round(x, 2) or 0.01, round(-y, 2), communities[number] + 1))
    return found
