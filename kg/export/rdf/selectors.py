"""Evidence as Web Annotation (W3C): which words of which paper, by position and by quotation.

Positions are code points into title + newline + abstract, as everywhere in the graph.
"""

from collections.abc import Iterator

from kg.data import Evidence, Node
from kg.export.rdf.terms import Pair, Subject, integer, iri, text
from kg.ontology.namespaces import OA, RDF

_AROUND = 32  # code points of context on either side of a quotation


def annotation(base: str, statement: str) -> list[Pair]:
    """What a statement with a place in a paper says besides: that it annotates the place."""
    return [(iri(RDF + "type"), iri(OA + "Annotation")), (iri(OA + "hasTarget"), iri(f"{base}selector/{statement}"))]


def selectors(base: str, statement: str, evidence: Evidence, paper: Node) -> Iterator[Subject]:
    """The place of one statement: the paper as its source, selected by position and by quotation."""
    said = f"{paper.name}\n{paper.abstract}"
    start, end = evidence.start, evidence.end
    target = f"{base}selector/{statement}"
    kind = iri(RDF + "type")
    yield (
        iri(target),
        (
            (kind, iri(OA + "SpecificResource")),
            (iri(OA + "hasSource"), iri(base + evidence.paper)),
            (iri(OA + "hasSelector"), iri(f"{target}-position")),
            (iri(OA + "hasSelector"), iri(f"{target}-quote")),
        ),
    )
    yield (
        iri(f"{target}-position"),
        (
            (kind, iri(OA + "TextPositionSelector")),
            (iri(OA + "start"), integer(start)),
            (iri(OA + "end"), integer(end)),
        ),
    )
    yield (
        iri(f"{target}-quote"),
        (
            (kind, iri(OA + "TextQuoteSelector")),
            (iri(OA + "exact"), text(said[start:end])),
            (iri(OA + "prefix"), text(said[max(0, start - _AROUND) : start])),
            (iri(OA + "suffix"), text(said[end : end + _AROUND])),
        ),
    )
