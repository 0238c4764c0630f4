"""The graph as RDF triples: nodes, plain assertions, and one ``rdf:Statement`` for each piece of evidence.

See ``docs/decisions`` for the shape. Every subject is an IRI below the ontology's base; there are no blank nodes.
"""

import hashlib
from collections.abc import Iterator

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf.selectors import annotation, selectors
from kg.export.rdf.terms import Pair, Subject, date, decimal, integer, iri, text
from kg.ontology import Ontology
from kg.ontology.namespaces import DCTERMS, FABIO, PROV, RDF, RDFS, SCHEMA, SKOS

_RESOLVERS = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}

PROVENANCE = ("none", "compact", "full")
"""How much is said of where assertions come from: nothing, a statement a piece of evidence, or with selectors too."""


class RdfGraph:
    """Turns records into RDF, subject by subject, in a fixed order."""

    def __init__(self, graph: Graph, ontology: Ontology, provenance: str = "compact") -> None:
        self._graph = graph
        self._provenance = provenance
        self._papers = {node.id: node for node in graph.nodes if node.type == "Paper"} if provenance == "full" else {}
        self._ontology = ontology
        self._kg = ontology.namespace
        self._types = {type_.name: self._type_iris(type_.name) for type_ in ontology.types}

    def subjects(self) -> Iterator[Subject]:
        """The run, then nodes with their outgoing assertions, then statements; each sorted by id."""
        if self._graph.run.id and self._provenance != "none":
            yield self._run(self._graph.run)
        position = 0
        assertions = self._graph.assertions
        for node in self._graph.nodes:
            start = position
            while position < len(assertions) and assertions[position].subject == node.id:
                position += 1
            claims = tuple(self._claim(assertion) for assertion in assertions[start:position])
            yield iri(self._ontology.base + node.id), (*self._describe(node), *claims)
        for assertion in assertions if self._provenance != "none" else ():
            for evidence in assertion.evidence:
                yield self._statement(assertion, evidence)
                if evidence.paper in self._papers and evidence.end > evidence.start:
                    yield from selectors(self._ontology.base, statement_id(assertion, evidence),
                                         evidence, self._papers[evidence.paper])  # fmt: skip

    def _type_iris(self, name: str) -> tuple[str, ...]:
        types = [self._ontology.type_by_name[one] for one in self._ontology.ancestors(name)]
        return tuple(dict.fromkeys(iri(uri) for one in types if not one.abstract for uri in (one.uri, *one.exact)))

    def _claim(self, assertion: Assertion) -> Pair:
        predicate = self._ontology.predicate_by_name[assertion.predicate].uri
        return iri(predicate), iri(self._ontology.base + assertion.object)

    def _describe(self, node: Node) -> Iterator[Pair]:
        for type_ in self._types[node.type]:
            yield iri(RDF + "type"), type_
        yield iri(RDFS + "label"), text(node.name)
        if node.type == "Paper":
            yield from self._paper(node)
        else:
            yield iri(SKOS + "prefLabel"), text(node.name)
        for alias in node.aliases:
            yield iri(SKOS + "altLabel"), text(alias)
        yield from self._addresses(node)
        if node.value:
            yield iri(self._kg + "value"), text(node.value)
        yield iri(self._kg + "confidence"), decimal(node.confidence)
        if node.papers and node.type != "Paper":
            yield iri(self._kg + "paperCount"), integer(node.papers)
        if node.first_year:
            yield iri(self._kg + "firstYear"), integer(node.first_year)
            yield iri(self._kg + "lastYear"), integer(node.last_year)

    def _paper(self, node: Node) -> Iterator[Pair]:
        yield iri(DCTERMS + "title"), text(node.name)
        if node.abstract:
            yield iri(DCTERMS + "abstract"), text(node.abstract)
        if node.date:
            yield iri(DCTERMS + "issued"), date(node.date)
        if node.arxiv:
            yield iri(FABIO + "hasArXivId"), text(node.arxiv)
            yield iri(DCTERMS + "identifier"), text(f"arxiv:{node.arxiv}")
            yield iri(SCHEMA + "sameAs"), iri(_RESOLVERS["arxiv"] + node.arxiv)
        if node.doi:
            yield iri(DCTERMS + "identifier"), text(f"doi:{node.doi}")
            yield iri(SCHEMA + "sameAs"), iri(_RESOLVERS["doi"] + node.doi)

    def _addresses(self, node: Node) -> Iterator[Pair]:
        if node.url:
            property_ = "codeRepository" if node.type == "Repository" else "url"
            yield iri(SCHEMA + property_), iri(node.url)
        for identifier in node.identifiers:
            scheme, _, rest = identifier.partition(":")
            yield iri(RDFS + "seeAlso"), iri(_RESOLVERS[scheme] + rest if scheme in _RESOLVERS else identifier)

    def _run(self, run: Run) -> Subject:
        pairs = [
            (iri(RDF + "type"), iri(PROV + "Activity")),
            (iri(self._kg + "softwareVersion"), text(run.software)),
            (iri(self._kg + "ontologyDigest"), text(run.ontology)),
            (iri(self._kg + "extractorDigest"), text(run.extractor)),
        ]
        pairs += [(iri(self._kg + "inputDigest"), text(f"{name} sha256:{digest}")) for name, digest in run.inputs]
        return iri(self._ontology.base + run.id), tuple(pairs)

    def _statement(self, assertion: Assertion, evidence: Evidence) -> Subject:
        base, kg = self._ontology.base, self._kg
        predicate, object_ = self._claim(assertion)
        pairs = [
            (iri(RDF + "type"), iri(RDF + "Statement")),
            (iri(RDF + "type"), iri(PROV + "Entity")),
            (iri(RDF + "subject"), iri(base + assertion.subject)),
            (iri(RDF + "predicate"), predicate),
            (iri(RDF + "object"), object_),
            (iri(kg + "score"), decimal(evidence.score)),
            (iri(kg + "confidence"), decimal(assertion.confidence)),
            (iri(kg + "extractor"), text(evidence.extractor)),
        ]
        if evidence.paper:
            pairs.append((iri(PROV + "wasDerivedFrom"), iri(base + evidence.paper)))
        if evidence.sentence:
            pairs.append((iri(kg + "sentence"), text(evidence.sentence)))
        if evidence.end > evidence.start:
            if evidence.paper in self._papers:
                pairs += annotation(base, statement_id(assertion, evidence))
            pairs += [(iri(kg + "start"), integer(evidence.start)), (iri(kg + "end"), integer(evidence.end))]
        if self._graph.run.id:
            pairs.append((iri(PROV + "wasGeneratedBy"), iri(base + self._graph.run.id)))
        return iri(f"{base}statement/{statement_id(assertion, evidence)}"), tuple(pairs)


def statement_id(assertion: Assertion, evidence: Evidence) -> str:
    """Sixteen hex digits from what is claimed and where it is said, so that a re-run mints the same ids."""
    parts = (
        assertion.subject, assertion.predicate, assertion.object,
        evidence.paper, str(evidence.start), str(evidence.end), evidence.extractor, evidence.sentence,
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
