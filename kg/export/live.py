"""The tables of the explorer for a server. Every node stands where the build has put it: nothing is laid out anew."""

import numpy as np

from kg.data import Graph
from kg.export.html.layout import Placement, unit
from kg.export.html.packing import pack_tables
from kg.export.html.select import select
from kg.export.html.tables import Ordered, order
from kg.export.positions import places
from kg.ontology import Ontology


def live_tables(graph: Graph, ontology: Ontology, top: int = 0) -> dict[str, bytes]:
    """Packed tables of the strongest `top` nodes (0: all) by their names in `kg.export.html.TABLES`."""
    ordered = order(select(graph, top=top, focus="", hops=0), graph)
    return pack_tables(ordered, graph, ontology, _placed(graph, ordered))


def _placed(graph: Graph, ordered: Ordered) -> Placement:
    around = zip(graph.nodes, places(graph), strict=True)
    by_id = {node.id: place for node, place in around if node.id in ordered.index}
    seats = [by_id[node.id] for node in ordered.nodes]
    positions = np.array([(seat.x, -seat.y) for seat in seats], dtype=np.float64).reshape(-1, 2)
    return Placement(unit(positions), np.array([seat.community - 1 for seat in seats], dtype=np.uint32))
