"""Write the graph as N-Triples, Turtle and JSON-LD, as a stream and with the same bytes each time.

Our own writers rather than rdflib's: they need no second copy of the graph in memory (rdflib: 81 s and 1.2 GB a million
triples), and the literals stay as we write them.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TextIO

from kg.data import Graph
from kg.export.rdf.statements import Statements
from kg.export.rdf.syntaxes import SYNTAXES, Syntax
from kg.export.rdf.triples import RdfGraph, statement_id
from kg.files import atomic_gzip, atomic_text
from kg.ontology import Ontology, standard_prefixes
from kg.ontology.namespaces import OA


def write_ntriples(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Gzip-compressed N-Triples, a triple a line."""
    write_rdf(graph, ontology, {"nt": path}, provenance)


def write_turtle(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Turtle with a prefix for each type of node, grouped by subject."""
    write_rdf(graph, ontology, {"ttl": path}, provenance)


def write_jsonld(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """JSON-LD 1.1 in flattened form: a context of prefixes and a node object a subject."""
    write_rdf(graph, ontology, {"jsonld": path}, provenance)


def write_rdf(graph: Graph, ontology: Ontology, paths: Mapping[str, Path], provenance: str = "compact") -> int:
    """Write the `SYNTAXES` that `paths` names, all in one pass over the graph; returns the number of triples."""
    names = _prefixes(ontology, provenance)
    rdf = RdfGraph(graph, ontology, provenance)
    triples = 0
    with ExitStack() as files:
        writers = [(SYNTAXES[name](names), files.enter_context(_open(path))) for name, path in paths.items()]
        for syntax, stream in writers:
            stream.write(syntax.head())
        for subject, pairs in rdf.subjects() if provenance == "full" else rdf.described():
            triples += len(pairs)
            for syntax, stream in writers:
                stream.write(syntax.block(subject, (syntax.said(pairs),)))
        if provenance == "compact":
            triples += _write_statements(rdf, graph, writers)
        for syntax, stream in writers:
            stream.write(syntax.foot())
    return triples


def _write_statements(rdf: RdfGraph, graph: Graph, writers: Sequence[tuple[Syntax, TextIO]]) -> int:
    """Three quarters of all triples, by a way of their own: most of what they say is shared by many."""
    statements = [(Statements(rdf, syntax), stream) for syntax, stream in writers]
    for assertion in graph.assertions:
        ids = [statement_id(assertion, evidence) for evidence in assertion.evidence]
        for ways, stream in statements:
            stream.write(ways.of(assertion, ids))
    return sum(map(rdf.statement_size, (item for one in graph.assertions for item in one.evidence)))


def _open(path: Path) -> AbstractContextManager[TextIO]:
    return atomic_gzip(path) if path.suffix == ".gz" else atomic_text(path)


def _prefixes(ontology: Ontology, provenance: str = "compact") -> dict[str, str]:
    """The standard prefixes, and those of the selectors where there are any."""
    selectors = {"oa": OA, "selector": f"{ontology.base}selector/"} if provenance == "full" else {}
    return standard_prefixes(ontology) | selectors
