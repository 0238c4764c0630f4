"""What the SPARQL checks find is what pySHACL finds with the shapes."""

import gzip

import pyoxigraph as ox
import pytest

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import write_ntriples
from kg.ontology import load_ontology, write_shacl
from kg.query import violations

KG = "https://w3id.org/papergraph/ontology#"
BASE = "https://w3id.org/papergraph/"
PAPER = f"<{BASE}paper/tiny>"
METHOD = f"<{BASE}method/ps-kd>"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DECIMAL = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"


@pytest.fixture(scope="module")
def triples(tmp_path_factory):
    evidence = (Evidence("paper/tiny", 0, 5, "PS-KD.", "title", 0.9),)
    nodes = (
        Node("dataset/imagenet", "Dataset", "ImageNet", papers=1, first_year=2020, last_year=2020),
        Node("method/ps-kd", "Method", "PS-KD", ("PSKD",), papers=1),
        Node("paper/tiny", "Paper", "PS-KD", abstract="We propose.", arxiv="2006.12000", date="2020-06"),
        Node("repository/a-b", "Repository", "github.com/a/b", url="https://github.com/a/b", papers=1),
    )
    claims = (
        Assertion("paper/tiny", "evaluatesOn", "dataset/imagenet", evidence, 0.9, 1),
        Assertion("paper/tiny", "hasRepository", "repository/a-b", evidence, 1.0, 1),
        Assertion("paper/tiny", "introduces", "method/ps-kd", evidence, 0.9, 1),
    )
    path = tmp_path_factory.mktemp("graph") / "graph.nt.gz"
    write_ntriples(Graph(nodes, claims, run=Run("run/1", "0.1", "a", "b")), load_ontology(), path)
    return gzip.decompress(path.read_bytes()).decode()


def found(text):
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.N_TRIPLES)
    return violations(store, load_ontology())


def shacl(text):
    pyshacl, rdflib = pytest.importorskip("pyshacl"), pytest.importorskip("rdflib")
    data = rdflib.Graph().parse(data=text, format="nt")
    shapes = rdflib.Graph().parse(data=write_shacl(load_ontology()), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    results = report.subjects(rdflib.RDF.type, sh.ValidationResult)
    return {(str(report.value(one, sh.focusNode)), str(report.value(one, sh.resultMessage))) for one in results}


def test_a_sound_graph_has_no_violations(triples):
    assert found(triples) == ()
    assert shacl(triples) == set()


LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
PREF = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
CASES = {
    "second label": (f'{METHOD} {PREF} "Other" .', "", "a Method has one skos:prefLabel"),
    "no label": ("", f'{METHOD} {LABEL} "PS-KD" .', "a Method has one rdfs:label"),
    "confidence above 1": (
        f'{METHOD} <{KG}confidence> "1.5"{DECIMAL} .', f'{METHOD} <{KG}confidence> "1"{DECIMAL} .',
        "confidence is not above 1",
    ),
    "confidence in words": (
        f'{METHOD} <{KG}confidence> "high" .', f'{METHOD} <{KG}confidence> "1"{DECIMAL} .',
        "confidence is an xsd:decimal",
    ),
    "no papers": (f'{METHOD} <{KG}paperCount> "0"{INTEGER} .', f'{METHOD} <{KG}paperCount> "1"{INTEGER} .',
                  "paperCount is not below 1"),
    "range": (f"{PAPER} <{KG}introduces> {PAPER} .", "", "kg:introduces ends at a Entity"),
    "range of a union": (f"{PAPER} <{KG}evaluatesOn> {METHOD} .", "", "kg:evaluatesOn ends at a Dataset or Benchmark"),
    "domain": (f"{METHOD} <{KG}addresses> {METHOD} .", "", "kg:addresses starts at a Paper"),
    "arXiv id": (f'{PAPER} <http://purl.org/spar/fabio/hasArXivId> "arXiv 12" .',
                 f'{PAPER} <http://purl.org/spar/fabio/hasArXivId> "2006.12000" .', "an arXiv id is written"),
    "address": (f'<{BASE}repository/a-b> <https://schema.org/codeRepository> "github.com/a/b" .',
                f"<{BASE}repository/a-b> <https://schema.org/codeRepository> <https://github.com/a/b> .",
                "the address is an IRI"),
    "unknown predicate": (
        f"<{BASE}statement/1> {RDF_TYPE} <http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> .\n"
        f"<{BASE}statement/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <{KG}likes> .",
        "", "the predicate is one of the ontology's",
    ),
    "backward span": (
        f"<{BASE}statement/1> {RDF_TYPE} <http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> .\n"
        f'<{BASE}statement/1> <{KG}start> "9"{INTEGER} .\n<{BASE}statement/1> <{KG}end> "3"{INTEGER} .',
        "", "kg:start lies before kg:end",
    ),
    "evidence from no paper": (
        f"<{BASE}statement/1> <http://www.w3.org/ns/prov#wasDerivedFrom> {METHOD} .", "", "evidence comes from a Paper",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_planted_fault_is_found_by_both(triples, name):
    more, less, message = CASES[name]
    assert not less or less + "\n" in triples
    text = triples.replace(less + "\n", "") if less else triples
    told = found(text + more + "\n")
    assert any(message in item.message for item in told)
    assert {(item.node, item.message) for item in told} == shacl(text + more + "\n")


def test_a_violation_names_shape_node_value_and_paper(triples):
    (item,) = found(triples + f'{METHOD} <{KG}firstYear> "20"{INTEGER} .\n')
    assert (item.shape, item.node, item.value) == ("MethodShape", METHOD.strip("<>"), "20")
    assert item.paper == PAPER.strip("<>")
