"""Files of the graph for other tools. A format is a row of `EXPORTERS`."""

from kg.export.archive import read_graph, write_archive
from kg.export.exporters import EXPORTERS, Exporter, Writer

__all__ = ["EXPORTERS", "Exporter", "Writer", "read_graph", "write_archive"]
