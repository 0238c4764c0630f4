"""The description of the graph, and how much evidence the RDF files hold."""

import gzip

import pytest

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import write_jsonld, write_ntriples, write_turtle
from kg.export.void import write_void
from kg.ontology import load_ontology

rdflib = pytest.importorskip("rdflib")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
TITLE, ABSTRACT = "Über PS-KD", "We propose PS-KD. 😀 It wins."


@pytest.fixture(scope="module")
def graph():
    at = len(TITLE) + 1 + ABSTRACT.index("PS-KD")
    nodes = (
        Node("method/ps-kd", "Method", "PS-KD", papers=1),
        Node("paper/tiny", "Paper", TITLE, abstract=ABSTRACT, first_year=2020, last_year=2020),
    )
    evidence = (Evidence("paper/tiny", at, at + 5, "We propose PS-KD.", "cue", 0.9),)
    return Graph(nodes, (Assertion("paper/tiny", "introduces", "method/ps-kd", evidence, 0.9, 1),), (), Run("run/1"))


def ntriples(graph, path, provenance):
    write_ntriples(graph, load_ontology(), path, provenance)
    return rdflib.Graph().parse(data=gzip.decompress(path.read_bytes()), format="nt")


def test_full_provenance_selects_the_words_by_position_and_quotation(graph, tmp_path):
    rdf = ntriples(graph, tmp_path / "graph.nt.gz", "full")
    (position,) = rdf.subjects(rdflib.RDF.type, OA.TextPositionSelector)
    (quote,) = rdf.subjects(rdflib.RDF.type, OA.TextQuoteSelector)
    start, end = (int(rdf.value(position, part)) for part in (OA.start, OA.end))
    text = f"{TITLE}\n{ABSTRACT}"
    assert text[start:end] == str(rdf.value(quote, OA.exact)) == "PS-KD"
    assert text[:start].endswith(str(rdf.value(quote, OA.prefix)))
    assert text[end:].startswith(str(rdf.value(quote, OA.suffix)))
    (annotation,) = rdf.subjects(rdflib.RDF.type, OA.Annotation)
    assert (annotation, rdflib.RDF.type, rdflib.RDF.Statement) in rdf


def test_no_provenance_leaves_the_plain_triples(graph, tmp_path):
    bare = ntriples(graph, tmp_path / "graph.nt.gz", "none")
    compact = ntriples(graph, tmp_path / "graph.nt.gz", "compact")
    full = ntriples(graph, tmp_path / "graph.nt.gz", "full")
    assert not list(bare.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
    assert len(bare) < len(compact) < len(full)
    assert all(triple in compact for triple in bare)
    assert all(triple in full for triple in compact)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("provenance", ["none", "compact", "full"])
def test_all_formats_say_the_same(graph, tmp_path, provenance):
    wanted = ntriples(graph, tmp_path / "graph.nt.gz", provenance)
    write_turtle(graph, load_ontology(), tmp_path / "graph.ttl", provenance)
    write_jsonld(graph, load_ontology(), tmp_path / "graph.jsonld", provenance)
    for name in ("graph.ttl", "graph.jsonld"):
        assert set(rdflib.Graph().parse(tmp_path / name)) == set(wanted)


@pytest.mark.parametrize("provenance", ["none", "compact", "full"])
def test_description_counts_what_is_there(graph, tmp_path, provenance):
    write_void(graph, load_ontology(), tmp_path / "void.ttl", provenance)
    rdf = rdflib.Graph().parse(tmp_path / "void.ttl")
    (data,) = rdf.subjects(rdflib.RDF.type, VOID.Dataset)
    triples = ntriples(graph, tmp_path / "graph.nt.gz", provenance)
    assert int(rdf.value(data, VOID.triples)) == len(triples)
    parts = {
        str(rdf.value(part, VOID["class"])).rpartition("#")[2]: int(rdf.value(part, VOID.entities))
        for part in rdf.objects(data, VOID.classPartition)
    }
    assert parts == {"Method": 1, "Paper": 1}
    assert rdf.value(data, VOID.dataDump) is not None
