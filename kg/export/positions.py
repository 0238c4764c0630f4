"""Where every node stands and to which community it belongs: exactly as on the page, in the units of desktop tools."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.data import Graph
from kg.export.html.tables import arrange, order
from kg.shelf import Lazy

_SPACING = 40.0  # between neighbours, in the units in which nodes have sizes of 4 and more
_TURN = math.pi * (3 - math.sqrt(5))  # from one seat to the next, the golden angle
# One build writes one graph to several files: laid out once. The second place is for the part of it that is drawn.
_last: list[tuple[Graph, Sequence["Place"]]] = []


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates around the origin, y upwards; communities are numbered from 1, the largest first."""

    x: float
    y: float
    community: int


class Seats(Lazy[Place]):
    """Very many places, in a tenth of the memory."""

    def __init__(self, places_: Iterable[Place] = ()) -> None:
        self._x, self._y, self._community = array("d"), array("d"), array("L")
        for place in places_:
            self.add(place)

    def __len__(self) -> int:
        return len(self._x)

    def __iter__(self) -> Iterator[Place]:
        return map(Place, self._x, self._y, self._community)

    def at(self, place: int) -> Place:
        """The place of a node by its number."""
        return Place(self._x[place], self._y[place], self._community[place])

    def add(self, place: Place) -> None:
        """One more."""
        self._x.append(place.x)
        self._y.append(place.y)
        self._community.append(place.community)


def places(graph: Graph) -> Sequence[Place]:
    """The places of all nodes, in the order of the graph. Those of the last graph and its part are remembered."""
    for known, layout in _last:
        if known is graph:
            return layout
    remember(graph, _places(graph))
    return _last[0][1]


def remember(graph: Graph, layout: Sequence[Place]) -> None:
    """Let `places` answer for `graph` with a layout that was found before."""
    _last[:] = [(graph, layout)]


def seat_around(graph: Graph, part: Graph) -> None:
    """Lay out `part`, and remember places for all of `graph`, which is too large for that.

    What is not in the part stands beside the first of its neighbours that is, in its community, and what has none
    around all of them, as one more community.
    """
    shown = dict(zip((node.id for node in part.nodes), places(part), strict=True))
    beside: dict[str, str] = {}
    for one in graph.assertions:
        for end, other in ((one.subject, one.object), (one.object, one.subject)):
            if end not in shown and other in shown:
                beside.setdefault(end, other)
    seats = Seats()
    seated = Counter[str]()
    rest = max((place.community for place in shown.values()), default=0) + 1
    for node in graph.nodes:
        if node.id in shown:
            seats.add(shown[node.id])
            continue
        host = beside.get(node.id, "")
        seated[host] += 1
        inner = 0.0 if host else 0.75 * _SPACING * math.sqrt(len(shown))
        seats.add(_seat(seated[host], inner, shown.get(host, Place(0.0, 0.0, rest))))
    _last[:] = [(graph, seats), (part, list(shown.values()))]


def _seat(number: int, inner: float, host: Place) -> Place:
    """A seat on a spiral around `host` that leaves a disc of radius `inner` free."""
    reach = math.sqrt(inner**2 + _SPACING**2 * number / math.pi)
    x, y = host.x + reach * math.cos(number * _TURN), host.y + reach * math.sin(number * _TURN)
    return Place(round(x, 2) or 0.01, round(y, 2), host.community)


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
