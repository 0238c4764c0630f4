"""GraphML as other programs read it."""

from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from kg.data import Graph
from kg.export.graphml import token, write_graphml, write_graphml_strict, write_tinkerpop
from tests.export import expected
from tests.export.graphml_schema import complaints
from tests.export.hostile import GRAPHS, ONTOLOGY

FLAVOURS = {"gephi": write_graphml, "strict": write_graphml_strict, "tinkerpop": write_tinkerpop}


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    return GRAPHS[request.param]


@pytest.fixture(params=FLAVOURS)
def file(request: pytest.FixtureRequest, graph: Graph, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.graphml"
    FLAVOURS[request.param](graph, ONTOLOGY, path)
    return path


def _id(file: Path, value: str) -> str:
    return token(value) if file.stem == "strict" else value


def _read(file: Path, attributes: dict) -> dict:
    found = {key: value for key, value in attributes.items() if key not in {"labelV", "labelE"}}
    return expected.unguarded(found) if file.stem == "gephi" else found


def test_networkx_reads_every_attribute_of_every_node(graph: Graph, file: Path) -> None:
    net = nx.read_graphml(file, force_multigraph=True)
    assert {key: _read(file, data) for key, data in net.nodes(data=True)} == {
        _id(file, key): values for key, values in expected.nodes(graph).items()
    }


def test_networkx_reads_every_attribute_of_every_edge(graph: Graph, file: Path) -> None:
    net = nx.read_graphml(file, force_multigraph=True)
    found = {
        (source, data["predicate"], target): {"id": key} | _read(file, data)
        for source, target, key, data in net.edges(keys=True, data=True)
    }
    wanted = {(_id(file, s), p, _id(file, t)): values for (s, p, t), values in expected.edges(graph).items()}
    if not net.is_directed():
        found = {(min(s, t), p, max(s, t)): values for (s, p, t), values in found.items()}
    assert found == wanted
    assert net.number_of_edges() == len(graph.assertions)


def test_igraph_reads_every_attribute(graph: Graph, file: Path) -> None:
    net = igraph.Graph.Read_GraphML(str(file))
    found = {node["id"]: expected.present(_read(file, node.attributes())) for node in net.vs}
    assert found == {_id(file, key): {"id": _id(file, key)} | values for key, values in expected.nodes(graph).items()}
    names = net.vs["id"] if len(net.vs) else []
    edges = [(names[one.source], names[one.target], _read(file, one.attributes())) for one in net.es]
    assert {
        (source, data["predicate"], target): expected.present({k: v for k, v in data.items() if k != "id"})
        for source, target, data in edges
    } == {
        (_id(file, s), p, _id(file, t)): {k: v for k, v in values.items() if k != "id"}
        for (s, p, t), values in expected.edges(graph).items()
    }
    assert len(edges) == len(graph.assertions)


def test_the_strict_flavour_is_valid(graph: Graph, tmp_path: Path) -> None:
    write_graphml_strict(graph, ONTOLOGY, tmp_path / "g.graphml")
    assert complaints(tmp_path / "g.graphml") == []


def test_gephi_s_flavour_breaks_the_schema_in_two_ways_only(graph: Graph, tmp_path: Path) -> None:
    write_graphml(graph, ONTOLOGY, tmp_path / "g.graphml")
    known = ("is no name token", "edge may have no attribute label")
    assert [text for text in complaints(tmp_path / "g.graphml") if not text.endswith(known)] == []


def test_only_edges_with_a_parallel_carry_the_attribute_that_keeps_them_apart_in_gephi(tmp_path: Path) -> None:
    write_graphml(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / "g.graphml")
    edges = ElementTree.parse(tmp_path / "g.graphml").iter("{http://graphml.graphdrawing.org/xmlns}edge")
    kinds = {(e.get("source"), e.get("target"), e.get("label")) for e in edges}
    assert ("method/a", "task/c", None) in kinds
    assert {kind for s, t, kind in kinds if (s, t) == ("method/a", "model/b")} == {
        "basedOn", "outperforms", "partOf", "broader",
    }  # fmt: skip


def test_gremlin_finds_labels_of_vertices_and_edges(tmp_path: Path) -> None:
    write_tinkerpop(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / "g.graphml")
    net = nx.read_graphml(tmp_path / "g.graphml")
    assert net.nodes["model/b"]["labelV"] == "Model"
    assert {data["labelE"] for *_, data in net.edges(data=True)} >= {"basedOn", "solves"}


@pytest.mark.parametrize(
    ("one", "other"), [("a/b", "a:b"), ("a b", "a_b"), ("ü", "_xfc_"), ("a/_x3a_", "a/:"), ("a//b", "a/b"), ("_", "__")]
)
def test_different_ids_stay_different_tokens(one: str, other: str) -> None:
    assert token(one) != token(other)
