"""Namespaces of the vocabularies that graphs and ontologies are written in, and the prefixes that stand for them."""

from kg.ontology.model import Ontology

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
FABIO = "http://purl.org/spar/fabio/"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
SD = "http://www.w3.org/ns/sparql-service-description#"

_IN_EVERY_GRAPH = {
    "dcterms": DCTERMS, "fabio": FABIO, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "schema": SCHEMA, "skos": SKOS,
    "xsd": XSD,
}  # fmt: skip


def vocabulary_prefixes(ontology: Ontology) -> dict[str, str]:
    """Prefixes of the vocabularies in use, those that the ontology declares among them; sorted."""
    return dict(sorted((dict(ontology.prefixes) | _IN_EVERY_GRAPH).items()))


def standard_prefixes(ontology: Ontology) -> dict[str, str]:
    """Prefixes of the vocabularies, then one for each type's instances (``method:`` for ``…/method/``)."""
    kinds = {type_.iri for type_ in ontology.types if not type_.abstract} | {"statement", "run"}
    return vocabulary_prefixes(ontology) | {kind: f"{ontology.base}{kind}/" for kind in sorted(kinds)}
