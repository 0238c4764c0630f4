"""The graph in a notebook."""

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError, StoreError
from kg.export.archive import ARCHIVE, write_archive
from tests.query import graph


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    return kg.open(graph.write(tmp_path_factory.mktemp("small")))


def test_importing_kg_stays_quick() -> None:
    code = "import sys, kg; print(sys.modules.keys() & {'pyoxigraph', 'rdflib', 'networkx', 'yaml', 'kg.api'})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "set()\n"


def test_a_graph_can_be_closed_and_its_files_replaced(tmp_path: Path) -> None:
    folder = graph.write(tmp_path)
    with kg.open(folder) as papers:
        store = papers._store
        assert papers.named("counts")
    assert sys.getrefcount(store) == 2, "nothing but this test holds it"
    papers.close()
    with pytest.raises(StoreError, match="closed"):
        papers.search("BERT")


def test_rows_are_dictionaries(opened: kg.KnowledgeGraph) -> None:
    rows = opened.query("SELECT ?name ?papers { ?x a kg:Dataset ; skos:prefLabel ?name ; kg:paperCount ?papers }")
    assert rows == [{"name": "ImageNet", "papers": 2}]
    assert opened.query("ASK { ?x skos:prefLabel ?n }", n="ImageNet") == [{"answer": True}]
    assert len(opened.query("DESCRIBE dataset:imagenet")) == 10
    assert "<td>ImageNet</td>" in rows._repr_html_()


def test_rows_become_a_frame(opened: kg.KnowledgeGraph) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = opened.query("SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name }").frame()
    assert frame["name"].tolist() == ["ImageNet"]


def test_named_queries_and_search(opened: kg.KnowledgeGraph) -> None:
    assert opened.named("who-introduced", thing="ThingCLR")[0]["title"] == "Contrastive Learning of Things"
    assert opened.named("new-since", since=2021)[0]["name"].startswith("Thing-7B")  # type: ignore[union-attr]
    assert "who-introduced" in opened.queries
    assert opened.search("imagnet")[0].id == "dataset/imagenet"
    with pytest.raises(QueryError, match="did you mean: ThingCLR"):
        opened.named("who-introduced", thing="ThingCRL")


def test_walking(opened: kg.KnowledgeGraph) -> None:
    assert opened.node("https://w3id.org/papergraph/dataset/imagenet")["name"] == "ImageNet"
    assert len(opened.neighbours("repository/a-b")["nodes"]) == 2
    assert len(opened.path("repository/a-b", "model/thing-7b")["edges"]) == 4
    assert opened.evidence(object_="method/thingclr", predicate="introduces")["statements"]
    with pytest.raises(StoreError, match="no node 'dataset/nothing'"):
        opened.node("dataset/nothing")


def test_records_networks_and_views_of_a_whole_build(tmp_path: Path) -> None:
    made = graph.graph()
    write_archive(made, graph.ontology(), tmp_path / ARCHIVE)
    opened = kg.open(graph.write(tmp_path))
    assert [node.id for node in opened.graph.nodes] == [node.id for node in made.nodes]
    assert opened.to_networkx().number_of_edges() == len(made.assertions)
    assert set(opened.to_pyvis("ThingCLR").get_nodes()) >= {"method/thingclr", "dataset/imagenet"}


def test_other_libraries(opened: kg.KnowledgeGraph) -> None:
    assert len(opened.to_rdflib()) == opened.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    assert "Knowledge graph" in opened._repr_html_()


def test_names_from_papers_are_escaped_in_notebooks(opened: kg.KnowledgeGraph) -> None:
    rows = opened.query("SELECT ?n { model:thing-7b skos:prefLabel ?n }")
    assert "Thing-7B &lt;b&gt;" in rows._repr_html_()


def test_a_folder_without_a_build(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build first"):
        kg.open(tmp_path)


def test_nothing_else_is_in_the_package() -> None:
    with pytest.raises(AttributeError, match="no attribute 'close'"):
        kg.close  # noqa: B018 # type: ignore[attr-defined]
