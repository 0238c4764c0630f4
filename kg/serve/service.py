"""What a service says of itself in RDF: the SPARQL 1.1 Service Description, and VoID for its data."""

from collections.abc import Mapping

import pyoxigraph as ox

from kg import __version__
from kg.ontology import Ontology, standard_prefixes
from kg.ontology.namespaces import DCTERMS, RDF, SD, VOID
from kg.query import GRAPH_FORMATS

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")

Object = ox.NamedNode | ox.Literal
Triples = list[ox.Triple]


def service_description(endpoint: str, ontology: Ontology, format_name: str) -> bytes:
    """RDF that describes the SPARQL service at `endpoint`."""
    dataset, graph = f"{endpoint}#dataset", f"{endpoint}#graph"
    triples: Triples = []
    _say(triples, endpoint, f"{RDF}type", _iri(f"{SD}Service"))
    _say(triples, endpoint, f"{SD}endpoint", _iri(endpoint))
    _say(triples, endpoint, f"{SD}supportedLanguage", _iri(f"{SD}SPARQL11Query"))
    _say(triples, endpoint, f"{SD}resultFormat", *(_iri(_FORMATS + name) for name in _RESULTS + _GRAPHS))
    _say(triples, endpoint, f"{SD}defaultDataset", _iri(dataset))
    _say(triples, dataset, f"{RDF}type", _iri(f"{SD}Dataset"))
    _say(triples, dataset, f"{SD}defaultGraph", _iri(graph))
    _say(triples, graph, f"{RDF}type", _iri(f"{SD}Graph"))
    return _serialize(triples, ontology, format_name)


def void(root: str, ontology: Ontology, classes: Mapping[str, int], properties: Mapping[str, int]) -> Triples:
    """VoID for the data: its size, its classes and properties with their counts. `root` ends in a slash."""
    data = f"{root}.well-known/void#data"
    triples: Triples = []
    _say(triples, data, f"{RDF}type", _iri(f"{VOID}Dataset"))
    _say(triples, data, f"{DCTERMS}title", ox.Literal("Papers, what they introduce, use and measure", language="en"))
    _say(triples, data, f"{DCTERMS}creator", ox.Literal(f"kg {__version__}"))
    _say(triples, data, f"{VOID}sparqlEndpoint", _iri(f"{root}sparql"))
    _say(triples, data, f"{VOID}uriSpace", ox.Literal(ontology.base))
    _say(triples, data, f"{VOID}vocabulary", _iri(ontology.namespace))
    _say(triples, data, f"{VOID}triples", ox.Literal(sum(properties.values())))
    _say(triples, data, f"{VOID}classes", ox.Literal(len(classes)))
    _say(triples, data, f"{VOID}properties", ox.Literal(len(properties)))
    for kind, counted, counts in (("class", "entities", classes), ("property", "triples", properties)):
        for number, (iri, count) in enumerate(sorted(counts.items()), 1):
            part = f"{root}.well-known/void#{kind}-{number}"
            _say(triples, data, f"{VOID}{kind}Partition", _iri(part))
            _say(triples, part, f"{VOID}{kind}", _iri(iri))
            _say(triples, part, f"{VOID}{counted}", ox.Literal(count))
    return triples


def void_document(triples: Triples, ontology: Ontology, format_name: str) -> bytes:
    """The triples of `void` in a format."""
    return _serialize(triples, ontology, format_name)


def _serialize(triples: Triples, ontology: Ontology, format_name: str) -> bytes:
    prefixes = standard_prefixes(ontology) | {"sd": SD, "void": VOID}
    return bytes(ox.serialize(triples, format=GRAPH_FORMATS[format_name], prefixes=prefixes) or b"")


def _say(triples: Triples, subject: str, predicate: str, *objects: Object) -> None:
    triples += [ox.Triple(_iri(subject), _iri(predicate), object_) for object_ in objects]


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)
