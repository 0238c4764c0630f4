"""Readers that are not ours of every format that kg writes: nodes and edges as they find them."""

from fuzz.readers.found import Found, Names, Reader
from fuzz.readers.json_files import read_cx2, read_cyjs, read_node_link
from fuzz.readers.markup import read_gexf, read_graphml, read_page, read_tinkerpop
from fuzz.readers.notes import read_vault
from fuzz.readers.rdf import described, read_rdf
from fuzz.readers.tables import read_archive, read_csv, read_cypher, read_neo4j, read_parquet, read_sqlite

__all__ = ["READERS", "Found", "Names", "Reader", "described"]

READERS: dict[str, Reader] = {
    "archive": read_archive,
    "nt": read_rdf,
    "ttl": read_rdf,
    "jsonld": read_rdf,
    "graphml": read_graphml,
    "gexf": read_gexf,
    "csv": read_csv,
    "html": read_page,
    "tinkerpop": read_tinkerpop,
    "parquet": read_parquet,
    "sqlite": read_sqlite,
    "neo4j": read_neo4j,
    "cypher": read_cypher,
    "node-link": read_node_link,
    "cyjs": read_cyjs,
    "cx2": read_cx2,
    "obsidian": read_vault,
}
