"""All tables of a page, packed."""

from kg.data import Graph
from kg.export.html.container import pack
from kg.export.html.evidence import evidence_columns
from kg.export.html.layout import Placement
from kg.export.html.tables import Ordered, graph_columns, header, text_columns
from kg.ontology import Ontology

TITLE = "Papers, and what they introduce and use"
TABLES = ("graph", "text", "evidence")


def pack_tables(
    ordered: Ordered, whole: Graph, ontology: Ontology, placed: Placement, title: str = TITLE
) -> dict[str, bytes]:
    """Containers by the names in `TABLES`: for the first picture, for panel and search, for the sentences."""
    head = header(ordered, ontology, title)
    extractors, evidence = evidence_columns(ordered, whole)
    return {
        "graph": pack(head, graph_columns(ordered, head, placed)),
        "text": pack({}, text_columns(ordered.nodes)),
        "evidence": pack({"extractors": extractors}, evidence),
    }
