"""Turtle, N-Triples and JSON-LD, read by Oxigraph."""

import gzip
from pathlib import Path

import pyoxigraph as ox

from fuzz.readers.found import Found
from kg.data import Graph
from kg.ontology import Ontology
from kg.ontology.namespaces import RDFS, VOID

_SYNTAXES = {".gz": ox.RdfFormat.N_TRIPLES, ".ttl": ox.RdfFormat.TURTLE, ".jsonld": ox.RdfFormat.JSON_LD}


def read_rdf(path: Path, ontology: Ontology) -> Found:
    """Labels and plain claims, from any of the three syntaxes."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    predicates = {predicate.uri: predicate.name for predicate in ontology.predicates}
    names, edges = {}, set()
    for quad in ox.parse(content, _SYNTAXES[path.suffix]):
        subject = str(quad.subject.value).removeprefix(ontology.base)
        value = str(getattr(quad.object, "value", ""))
        if quad.predicate.value == f"{RDFS}label":
            assert subject not in names, "two labels"
            names[subject] = value
        elif quad.predicate.value in predicates and isinstance(quad.object, ox.NamedNode):
            edges.add((subject, predicates[quad.predicate.value], value.removeprefix(ontology.base)))
    return names, edges


def described(path: Path, graph: Graph, ontology: Ontology) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes of each type and claims of each predicate a description of the graph tells, by IRI."""
    counts: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri="https://x.org/"):
        told = counts.setdefault(str(quad.subject.value), {})
        told[quad.predicate.value.removeprefix(VOID)] = str(getattr(quad.object, "value", ""))
    assert counts["https://x.org/#data"]["entities"] == str(len(graph.nodes))
    assert counts["https://x.org/#data"]["uriSpace"] == ontology.base
    types = {one["class"]: int(one["entities"]) for one in counts.values() if "class" in one}
    return types, {one["property"]: int(one["triples"]) for one in counts.values() if "property" in one}
