"""The graph as RDF triples: nodes, plain assertions, and one ``rdf:Statement`` for each piece of evidence.

See ``docs/decisions`` for the shape. Every subject is an IRI below the ontology's base; there are no blank nodes.
"""

from collections.abc import Iterator, Sequence

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf.selectors import annotation, selectors
from kg.export.rdf.terms import Pair, Subject, date, decimal, integer, iri, text
from kg.normalize import sha256
from kg.ontology import Ontology
from kg.ontology.namespaces import DCTERMS, FABIO, PROV, RDF, RDFS, SCHEMA, SKOS

_TYPE, _LABEL, _SEE_ALSO = iri(RDF + "type"), iri(RDFS + "label"), iri(RDFS + "seeAlso")
_NAME, _ALIAS = iri(SKOS + "prefLabel"), iri(SKOS + "altLabel")
_STATEMENT = ((_TYPE, iri(RDF + "Statement")), (_TYPE, iri(PROV + "Entity")))
_SUBJECT, _PREDICATE, _OBJECT = iri(RDF + "subject"), iri(RDF + "predicate"), iri(RDF + "object")
_DERIVED, _GENERATED = iri(PROV + "wasDerivedFrom"), iri(PROV + "wasGeneratedBy")
_ALWAYS = len(_STATEMENT) + 6  # pairs that every statement has
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
        own = ("confidence", "extractor", "score", "sentence", "start", "end", "value", "measure", "paperCount",
               "firstYear", "lastYear", "softwareVersion", "ontologyDigest", "extractorDigest",
               "inputDigest")  # fmt: skip
        self._statement = iri(f"{ontology.base}statement/")[1:-1]
        self._kg = {name: iri(ontology.namespace + name) for name in own}
        self._predicates = {slot.name: iri(slot.uri) for slot in ontology.predicates}
        self.types = {type_.name: self._type_iris(type_.name) for type_ in ontology.types}

    def subjects(self) -> Iterator[Subject]:
        """The run, then nodes with their outgoing assertions, then statements; each sorted by id."""
        yield from self.described()
        for assertion in self._graph.assertions if self._provenance != "none" else ():
            yield from self.statements(assertion)

    def described(self) -> Iterator[Subject]:
        """All subjects but the statements."""
        yield from self.runs()
        for node, claims in self.nodes():
            yield self.term(node.id), (*self.describe(node), *map(self.claim, claims))

    def runs(self) -> Iterator[Subject]:
        """The run, if the graph names one and provenance is asked for."""
        if self._graph.run.id and self._provenance != "none":
            yield self._run(self._graph.run)

    def nodes(self) -> Iterator[tuple[Node, Sequence[Assertion]]]:
        """All nodes, each with the assertions that start there."""
        position = 0
        assertions = self._graph.assertions
        for node in self._graph.nodes:
            start = position
            while position < len(assertions) and assertions[position].subject == node.id:
                position += 1
            yield node, assertions[start:position]

    def term(self, id_: str) -> str:
        """The IRI of a node or a run."""
        return iri(self._ontology.base + id_)

    @property
    def run_id(self) -> str:
        """The id of the run; empty if there is none."""
        return self._graph.run.id

    def _type_iris(self, name: str) -> tuple[str, ...]:
        types = [self._ontology.type_by_name[one] for one in self._ontology.ancestors(name)]
        return tuple(dict.fromkeys(iri(uri) for one in types if not one.abstract for uri in (one.uri, *one.exact)))

    def claim(self, assertion: Assertion) -> Pair:
        """The plain triple of an assertion, without its subject."""
        return self._predicates[assertion.predicate], iri(self._ontology.base + assertion.object)

    def describe(self, node: Node) -> Iterator[Pair]:
        """What a node says of itself."""
        for type_ in self.types[node.type]:
            yield _TYPE, type_
        yield _LABEL, text(node.name)
        if node.type == "Paper":
            yield from self._paper(node)
        else:
            yield _NAME, text(node.name)
        for alias in node.aliases:
            yield _ALIAS, text(alias)
        yield from self._addresses(node)
        if node.value:
            yield self._kg["value"], text(node.value)
        if node.measure:
            yield self._kg["measure"], text(node.measure)
        yield self._kg["confidence"], decimal(node.confidence)
        if node.papers and node.type != "Paper":
            yield self._kg["paperCount"], integer(node.papers)
        if node.first_year:
            yield self._kg["firstYear"], integer(node.first_year)
            yield self._kg["lastYear"], integer(node.last_year)

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
            yield _SEE_ALSO, iri(_RESOLVERS[scheme] + rest if scheme in _RESOLVERS else identifier)

    def _run(self, run: Run) -> Subject:
        pairs = [
            (_TYPE, iri(PROV + "Activity")),
            (self._kg["softwareVersion"], text(run.software)),
            (self._kg["ontologyDigest"], text(run.ontology)),
            (self._kg["extractorDigest"], text(run.extractor)),
        ]
        pairs += [(self._kg["inputDigest"], text(f"{name} sha256:{digest}")) for name, digest in run.inputs]
        return self.term(run.id), tuple(pairs)

    def statements(self, assertion: Assertion) -> Iterator[Subject]:
        """A statement for each piece of evidence, with its place in the text if that is asked."""
        claim = self.stated(assertion)
        for evidence in assertion.evidence:
            id_ = statement_id(assertion, evidence)
            weights = self.weights(evidence.score, assertion.confidence, evidence.extractor)
            yield self.statement(id_), (*claim, *weights, *self._reasons(evidence, id_))
            if evidence.paper in self._papers and evidence.end > evidence.start:
                yield from selectors(self._ontology.base, id_, evidence, self._papers[evidence.paper])

    def statement(self, id_: str) -> str:
        """The IRI of a statement."""
        return f"<{self._statement}{id_}>"

    def stated(self, assertion: Assertion) -> tuple[Pair, ...]:
        """What all statements of an assertion say: that they are statements, and of which claim."""
        predicate, object_ = self.claim(assertion)
        subject = iri(self._ontology.base + assertion.subject)
        return (*_STATEMENT, (_SUBJECT, subject), (_PREDICATE, predicate), (_OBJECT, object_))

    def weights(self, score: float, confidence: float, extractor: str) -> tuple[Pair, ...]:
        """How far a statement can be believed, and who found it."""
        kg = self._kg
        return (
            (kg["score"], decimal(score)),
            (kg["confidence"], decimal(confidence)),
            (kg["extractor"], text(extractor)),
        )

    def derived(self, paper: str) -> Pair:
        """Which paper says so."""
        return _DERIVED, iri(self._ontology.base + paper)

    def sentence(self, sentence: str) -> Pair:
        """What the paper says."""
        return self._kg["sentence"], text(sentence)

    def start(self, start: int) -> Pair:
        """Where the words that say it begin."""
        return self._kg["start"], integer(start)

    def end(self, end: int) -> Pair:
        """Where the words that say it end."""
        return self._kg["end"], integer(end)

    def generated(self, run: str) -> Pair:
        """Which run found it."""
        return _GENERATED, self.term(run)

    def _reasons(self, evidence: Evidence, id_: str) -> Iterator[Pair]:
        if evidence.paper:
            yield self.derived(evidence.paper)
        if evidence.sentence:
            yield self.sentence(evidence.sentence)
        if evidence.end > evidence.start:
            if evidence.paper in self._papers:
                yield from annotation(self._ontology.base, id_)
            yield self.start(evidence.start)
            yield self.end(evidence.end)
        if run := self.run_id:
            yield self.generated(run)

    def statement_size(self, evidence: Evidence) -> int:
        """How many triples the statement of a piece of evidence is, without selectors."""
        several = 2 * (evidence.end > evidence.start)
        return _ALWAYS + bool(evidence.paper) + bool(evidence.sentence) + several + bool(self._graph.run.id)


def statement_id(assertion: Assertion, evidence: Evidence) -> str:
    """Sixteen hex digits from what is claimed and where it is said, so that a re-run mints the same ids."""
    place = evidence.paper, str(evidence.start), str(evidence.end), evidence.extractor, evidence.sentence
    return sha256(assertion.subject, assertion.predicate, assertion.object, *place)[:16]
