"""RDF: N-Triples, Turtle and JSON-LD, each assertion with its evidence."""

from kg.export.rdf.doubts import doubtful
from kg.export.rdf.kept import Kept
from kg.export.rdf.triples import PROVENANCE, RdfGraph, statement_id
from kg.export.rdf.write import write_jsonld, write_ntriples, write_rdf, write_turtle

__all__ = [
    "PROVENANCE",
    "Kept",
    "RdfGraph",
    "doubtful",
    "statement_id",
    "write_jsonld",
    "write_ntriples",
    "write_rdf",
    "write_turtle",
]
