"""Files of the graph for other tools. A format is a row of `EXPORTERS`."""

from kg.export.archive import read_graph, small_room, walk_assertions, walk_nodes, write_archive
from kg.export.exporters import DRAWN, EXPORTERS, IN_ONE_PASS, Exporter, Writer
from kg.export.live import live_tables
from kg.export.positions import seat_around
from kg.export.rows import pour
from kg.export.strongest import strongest, told
from kg.export.views import View, view, view_ontology

__all__ = [
    "DRAWN",
    "EXPORTERS",
    "IN_ONE_PASS",
    "Exporter",
    "View",
    "Writer",
    "live_tables",
    "pour",
    "read_graph",
    "seat_around",
    "small_room",
    "strongest",
    "told",
    "view",
    "view_ontology",
    "walk_assertions",
    "walk_nodes",
    "write_archive",
]
