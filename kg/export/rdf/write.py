"""Write the graph as N-Triples, Turtle and JSON-LD, as a stream and with the same bytes each time.

Our own writers rather than rdflib's: they need no second copy of the graph in memory (rdflib: 81 s and 1.2 GB a million
triples), and the literals stay as we write them.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kg.data import Graph
from kg.export.rdf.kept import Differences, Kept, open_sheet
from kg.export.rdf.pieces import pieces
from kg.export.rdf.syntaxes import SYNTAXES
from kg.export.rdf.triples import RdfGraph
from kg.ontology import Ontology, standard_prefixes
from kg.ontology.namespaces import OA


@dataclass(frozen=True, slots=True)
class Written:
    """How many triples the files have, and what differs from the N-Triples of the build before, if that is known."""

    triples: int
    differences: Differences | None = None


def write_ntriples(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Gzip-compressed N-Triples, a triple a line."""
    write_rdf(graph, ontology, {"nt": path}, provenance)


def write_turtle(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Turtle with a prefix for each type of node, grouped by subject."""
    write_rdf(graph, ontology, {"ttl": path}, provenance)


def write_jsonld(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """JSON-LD 1.1 in flattened form: a context of prefixes and a node object a subject."""
    write_rdf(graph, ontology, {"jsonld": path}, provenance)


def write_rdf(
    graph: Graph, ontology: Ontology, paths: Mapping[str, Path], provenance: str = "compact", kept: Kept | None = None
) -> Written:
    """Write the `SYNTAXES` that `paths` names, all in one pass over the graph.

    With `kept`, what a build before said in the same words is copied from its files, and this one's are listed there.
    """
    names = _prefixes(ontology, provenance)
    rdf = RdfGraph(graph, ontology, provenance)
    if not graph.run.id or provenance != "compact":
        kept = None
    triples = 0
    with ExitStack() as files:
        sheets = [
            files.enter_context(open_sheet(path, SYNTAXES[name](names), rdf, kept)) for name, path in paths.items()
        ]
        for piece in pieces(graph, rdf, provenance, signed=kept is not None):
            for sheet in sheets:
                size = sheet.put(piece)
            triples += size
    known = (sheet.differences for sheet in sheets if sheet.differences and not sheet.differences.unknown)
    return Written(triples, next(known, None))


def _prefixes(ontology: Ontology, provenance: str = "compact") -> dict[str, str]:
    """The standard prefixes, and those of the selectors where there are any."""
    selectors = {"oa": OA, "selector": f"{ontology.base}selector/"} if provenance == "full" else {}
    return standard_prefixes(ontology) | selectors
