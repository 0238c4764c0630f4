"""The generated files are in step with kg.yaml, and independent readers take them."""

import importlib.util
from pathlib import Path

import pytest

from kg.ontology import load_file, load_ontology, write_owl, write_shacl, write_yaml

rdflib = pytest.importorskip("rdflib")
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "ontologies"


def load_script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_files_are_in_step():
    stale = [
        path.name
        for path, text in load_script("build_ontology").outputs().items()
        if path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run scripts/build_ontology.py"


@pytest.mark.parametrize("extension", ["", "robotics.yaml", "safety.ttl"])
def test_owl_holds_every_class_and_relation(extension):
    ontology = load_ontology([EXAMPLES / extension] if extension else [])
    graph = rdflib.Graph().parse(data=write_owl(ontology), format="turtle")
    owl = rdflib.OWL
    classes = {str(node) for node in graph.subjects(rdflib.RDF.type, owl.Class) if isinstance(node, rdflib.URIRef)}
    assert classes == {type_.uri for type_ in ontology.types}
    assert {str(node) for node in graph.subjects(rdflib.RDF.type, owl.ObjectProperty)} == {
        predicate.uri for predicate in ontology.predicates
    }
    for type_ in ontology.types:
        above = {str(node) for node in graph.objects(rdflib.URIRef(type_.uri), rdflib.RDFS.subClassOf)}
        assert above == ({ontology.type_by_name[type_.parent].uri} if type_.parent else set())


def test_subclass_of_method_is_a_method_by_property_path():
    graph = rdflib.Graph().parse(data=write_owl(load_ontology([EXAMPLES / "safety.ttl"])), format="turtle")
    rows = graph.query(
        "SELECT ?c { ?c rdfs:subClassOf* <https://w3id.org/papergraph/ontology#Method> }",
        initNs={"rdfs": rdflib.RDFS},
    )
    assert {str(row[0]).rpartition("#")[2] for row in rows} == {"Method", "Model", "Safeguard"}


def test_shapes_are_shacl():
    pyshacl = pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(data=write_shacl(load_ontology()), format="turtle")
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def content(ontology):
    types = [(t.name, t.parent, t.uri, t.colour, t.iri, t.roles, t.heads, t.aliases, t.exact) for t in ontology.types]
    slots = [
        (p.name, p.domain, p.range, p.uri, p.role, p.link, tuple(c.pattern for c in p.cues), p.examples)
        for p in ontology.predicates
    ]
    return types, slots, ontology.properties, ontology.prefixes, ontology.base


def test_yaml_round_trip(tmp_path):
    ontology = load_ontology([EXAMPLES / "robotics.yaml", EXAMPLES / "safety.ttl"])
    file = tmp_path / "merged.yaml"
    file.write_text(write_yaml(ontology), encoding="utf-8")
    assert content(load_file(file)) == content(ontology)


def test_owl_round_trip(tmp_path):
    ontology = load_ontology([EXAMPLES / "robotics.yaml"])
    file = tmp_path / "merged.ttl"
    file.write_text(write_owl(ontology), encoding="utf-8")
    again = load_ontology([file])
    for one in ("Robot", "RobotArm", "Gripper"):
        old, new = ontology.type_by_name[one], again.type_by_name[one]
        assert (old.parent, old.uri, old.colour, old.iri, set(old.heads), old.roles) == (
            new.parent, new.uri, new.colour, new.iri, set(new.heads), new.roles,
        )  # fmt: skip
    assert again.predicate_by_name["deploysOn"].role == "deploysOn"
    assert {c.pattern for c in again.predicate_by_name["controls"].cues} == {
        c.pattern for c in ontology.predicate_by_name["controls"].cues
    }
