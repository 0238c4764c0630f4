"""The table of formats."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kg.data import Graph
from kg.export.archive import ARCHIVE, write_archive
from kg.export.gexf import open_gexf, write_gexf, write_gexf_strict
from kg.export.graphml import open_graphml, write_graphml, write_graphml_strict, write_tinkerpop
from kg.export.html import write_html
from kg.export.json_formats import write_cx2, write_cyjs, write_node_link
from kg.export.neo4j import write_cypher, write_neo4j
from kg.export.obsidian import write_obsidian
from kg.export.parquet import write_parquet
from kg.export.rdf import write_jsonld, write_ntriples, write_turtle
from kg.export.rows import Sink
from kg.export.sqlite import write_sqlite
from kg.export.tables import open_tables, write_tables
from kg.export.void import write_void
from kg.ontology import Ontology

Writer = Callable[[Graph, Ontology, Path], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its file below the folder of the build (a folder ends in ``/``), and who writes it.

    ``default``: part of every build. ``strict``: writes the same without concessions to single tools.
    """

    file: str
    write: Writer
    default: bool = False
    strict: Writer | None = None


IN_ONE_PASS: dict[str, Callable[[Graph, Path, str], AbstractContextManager[Sink]]] = {
    "graphml": open_graphml,
    "gexf": open_gexf,
    "csv": open_tables,
}
"""Formats that a build writes together (`kg.export.rows.pour`)."""

DRAWN = ("graphml", "gexf", "html")
"""Formats of which a build writes the strongest part, if the graph is too large to be drawn."""

EXPORTERS: dict[str, Exporter] = {
    "archive": Exporter(ARCHIVE, write_archive, default=True),
    "nt": Exporter("graph.nt.gz", write_ntriples, default=True),
    "ttl": Exporter("graph.ttl", write_turtle, default=True),
    "jsonld": Exporter("graph.jsonld", write_jsonld, default=True),
    "graphml": Exporter("graph.graphml", write_graphml, default=True, strict=write_graphml_strict),
    "gexf": Exporter("graph.gexf", write_gexf, default=True, strict=write_gexf_strict),
    "csv": Exporter("tables/", write_tables, default=True),
    "html": Exporter("graph.html", write_html, default=True),
    "void": Exporter("void.ttl", write_void, default=True),
    "tinkerpop": Exporter("graph.tinkerpop.graphml", write_tinkerpop),
    "parquet": Exporter("tables/", write_parquet),
    "sqlite": Exporter("graph.sqlite", write_sqlite),
    "neo4j": Exporter("neo4j/", write_neo4j),
    "cypher": Exporter("graph.cypher", write_cypher),
    "node-link": Exporter("graph.json", write_node_link),
    "cyjs": Exporter("graph.cyjs", write_cyjs),
    "cx2": Exporter("graph.cx2", write_cx2),
    "obsidian": Exporter("vault/", write_obsidian),
}
