"""A description of the graph for catalogues and crawlers: VoID and DCAT, in Turtle, beside the graph's files.

The files are named relative to the description, so that the folder can be moved or published as it is.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.data import Graph
from kg.export.rdf import RdfGraph
from kg.export.rdf.terms import integer, iri, text
from kg.files import atomic_text
from kg.ontology import Ontology, standard_prefixes
from kg.ontology.namespaces import DCAT, VOID

_DUMPS = (
    ("graph.nt.gz", "application/n-triples"),
    ("graph.ttl", "text/turtle"),
    ("graph.jsonld", "application/ld+json"),
    ("graph.graphml", "application/graphml+xml"),
)


def write_void(
    graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact", triples: int | None = None
) -> None:
    """Write the description of `graph` to `path`; `triples` is their number, if it is known already."""
    if triples is None:
        triples = sum(len(pairs) for _, pairs in RdfGraph(graph, ontology, provenance).subjects())
    names = dict(sorted((standard_prefixes(ontology) | {"void": VOID, "dcat": DCAT}).items()))
    with atomic_text(path) as stream:
        stream.writelines(f"@prefix {name}: <{uri}> .\n" for name, uri in names.items())
        for subject, pairs in _subjects(graph, ontology, triples):
            body = " ;\n    ".join(f"{predicate} {value}" for predicate, value in pairs)
            stream.write(f"\n{subject} {body} .\n")


def _subjects(graph: Graph, ontology: Ontology, triples: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    types = Counter(node.type for node in graph.nodes)
    predicates = Counter(assertion.predicate for assertion in graph.assertions)
    classes = [type_ for type_ in ontology.types if types[type_.name]]
    slots = [slot for slot in ontology.predicates if predicates[slot.name]]
    data = [("void:triples", _number(triples)), *_dataset(graph, ontology)]
    data += [("void:classes", _number(len(classes))), ("void:properties", _number(len(slots)))]
    data += [("void:classPartition", f"<#class-{type_.name}>") for type_ in classes]
    data += [("void:propertyPartition", f"<#property-{slot.name}>") for slot in slots]
    yield "<#data>", [("a", "void:Dataset, dcat:Dataset"), *data]
    for name, media in _DUMPS:
        yield (
            f"<#{name}>",
            [("a", "dcat:Distribution"), ("dcat:downloadURL", f"<{name}>"), ("dcat:mediaType", text(media))],
        )
    for type_ in classes:
        yield f"<#class-{type_.name}>", [("void:class", iri(type_.uri)), ("void:entities", _number(types[type_.name]))]
    for slot in slots:
        count = _number(predicates[slot.name])
        yield f"<#property-{slot.name}>", [("void:property", iri(slot.uri)), ("void:triples", count)]


def _dataset(graph: Graph, ontology: Ontology) -> list[tuple[str, str]]:
    papers = sum(node.type == "Paper" for node in graph.nodes)
    years = sorted(node.first_year for node in graph.nodes if node.type == "Paper" and node.first_year)
    about = f"What {papers} papers introduce, use, compare with and measure, each claim with its evidence."
    pairs = [
        ("dcterms:title", text("Knowledge graph of research papers")),
        ("dcterms:description", text(about)),
        ("void:uriSpace", text(ontology.base)),
        ("void:entities", _number(len(graph.nodes))),
        ("void:vocabulary", ", ".join(iri(uri) for uri in sorted({uri for _, uri in ontology.prefixes}))),
        ("void:dataDump", "<graph.nt.gz>, <graph.ttl>"),
        ("dcat:distribution", ", ".join(f"<#{name}>" for name, _ in _DUMPS)),
    ]
    if years:
        pairs.append(("dcterms:temporal", text(f"{years[0]}/{years[-1]}")))
    if graph.run.id:
        pairs += [
            ("prov:wasGeneratedBy", iri(ontology.base + graph.run.id)),
            ("dcat:version", text(graph.run.software)),
        ]
    return pairs


def _number(value: int) -> str:
    return integer(value)
