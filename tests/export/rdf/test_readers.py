"""One graph in three syntaxes, as two independent readers understand it."""

import gzip
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from kg.data import Graph
from kg.export.rdf import write_jsonld, write_ntriples, write_turtle
from tests.export.hostile import GRAPHS, NAMES, ONTOLOGY

KG = rdflib.Namespace(ONTOLOGY.namespace)


# rdflib builds on a class of its own that it has deprecated
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph:DeprecationWarning", "ignore:Dataset:DeprecationWarning"
)


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    return GRAPHS[request.param]


def _lines(graph: Graph, folder: Path) -> set[str]:
    write_ntriples(graph, ONTOLOGY, folder / "g.nt.gz")
    return set(gzip.decompress((folder / "g.nt.gz").read_bytes()).decode("utf-8").split("\n")[:-1])


def _oxigraph(data: bytes, syntax: pyoxigraph.RdfFormat) -> set[str]:
    return {f"{quad.triple} ." for quad in pyoxigraph.parse(data, syntax)}


def test_turtle_is_the_same_graph_for_both_readers(graph: Graph, tmp_path: Path) -> None:
    write_turtle(graph, ONTOLOGY, tmp_path / "g.ttl")
    plain = _oxigraph("\n".join(_lines(graph, tmp_path)).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    assert _oxigraph((tmp_path / "g.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE) == plain
    again = rdflib.Graph().parse(tmp_path / "g.ttl", format="turtle").serialize(format="nt").encode()
    assert _oxigraph(again, pyoxigraph.RdfFormat.N_TRIPLES) == plain


def test_json_ld_is_the_same_graph(graph: Graph, tmp_path: Path) -> None:
    write_jsonld(graph, ONTOLOGY, tmp_path / "g.jsonld")
    write_turtle(graph, ONTOLOGY, tmp_path / "g.ttl")
    one = rdflib.Graph().parse(tmp_path / "g.jsonld", format="json-ld")
    other = rdflib.Graph().parse(tmp_path / "g.ttl", format="turtle")
    assert to_isomorphic(one) == to_isomorphic(other)
    quads = _oxigraph((tmp_path / "g.jsonld").read_bytes(), pyoxigraph.RdfFormat.JSON_LD)
    assert quads == _oxigraph((tmp_path / "g.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE)


def test_each_line_is_written_once_and_has_no_blank_node(graph: Graph, tmp_path: Path) -> None:
    write_ntriples(graph, ONTOLOGY, tmp_path / "g.nt.gz")
    lines = gzip.decompress((tmp_path / "g.nt.gz").read_bytes()).decode("utf-8").split("\n")[:-1]
    assert not [line for line in lines if line.startswith("_:") or not line.endswith(" .")]


def test_names_come_back_as_they_are(tmp_path: Path) -> None:
    write_turtle(GRAPHS["names"], ONTOLOGY, tmp_path / "g.ttl")
    found = rdflib.Graph().parse(tmp_path / "g.ttl", format="turtle")
    labels = {str(label) for label in found.objects(None, rdflib.RDFS.label)}
    plain = {name for name in NAMES if name.isprintable()}
    assert plain <= labels


def test_every_piece_of_evidence_is_a_statement_about_a_plain_triple(graph: Graph, tmp_path: Path) -> None:
    write_turtle(graph, ONTOLOGY, tmp_path / "g.ttl")
    found = rdflib.Graph().parse(tmp_path / "g.ttl", format="turtle")
    statements = set(found.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
    assert len(statements) == sum(len(one.evidence) for one in graph.assertions)
    for statement in statements:
        triple = tuple(
            found.value(statement, part) for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        )
        assert triple in found
    for one in graph.assertions:
        ends = (rdflib.URIRef(ONTOLOGY.base + end) for end in (one.subject, one.object))
        subject, object_ = ends
        assert (subject, rdflib.URIRef(ONTOLOGY.predicate_by_name[one.predicate].uri), object_) in found


def test_a_paper_says_where_its_claims_come_from(tmp_path: Path) -> None:
    write_turtle(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / "g.ttl")
    found = rdflib.Graph().parse(tmp_path / "g.ttl", format="turtle")
    query = """
        SELECT ?sentence ?start ?end ?score WHERE {
            ?statement rdf:subject ?a ; rdf:predicate kg:outperforms ; rdf:object ?b ; kg:sentence ?sentence ;
                kg:start ?start ; kg:end ?end ; kg:score ?score ; prov:wasDerivedFrom ?paper .
            ?paper dcterms:title "Paper two" .
        }"""
    rows = {tuple(map(str, row)) for row in found.query(query)}
    assert rows == {("And B on A.", "0", "10", "0.9")}
