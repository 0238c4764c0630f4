"""GEXF as other programs read it."""

from pathlib import Path

import networkx as nx
import pytest

from kg.data import Graph
from kg.export.gexf import write_gexf, write_gexf_strict
from tests.export import expected
from tests.export.gexf_schema import complaints
from tests.export.hostile import GRAPHS, ONTOLOGY

FLAVOURS = {"gephi": write_gexf, "strict": write_gexf_strict}
DRAWN = ("color", "size", "x", "y", "weight")


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    return GRAPHS[request.param]


@pytest.fixture(params=FLAVOURS)
def file(request: pytest.FixtureRequest, graph: Graph, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.gexf"
    FLAVOURS[request.param](graph, ONTOLOGY, path)
    return path


def _plain(attributes: dict) -> dict:
    return {key: value for key, value in attributes.items() if key not in DRAWN}


def test_it_is_valid(file: Path) -> None:
    assert complaints(file) == []


def test_networkx_reads_every_attribute_of_every_node(graph: Graph, file: Path) -> None:
    net = nx.read_gexf(file)
    wanted = expected.nodes(graph)
    assert set(net.nodes) == set(wanted)
    for key, data in net.nodes(data=True):
        viz = data.pop("viz")
        found = {name: value for name, value in data.items() if name not in {"start", "end"}}
        assert expected.unguarded(found) == _plain(wanted[key])
        assert {channel: viz["color"][channel] for channel in "rgb"} == dict(
            zip("rgb", bytes.fromhex(wanted[key]["color"][1:]), strict=True)
        )
        assert (viz["size"], viz["position"]["x"]) == (wanted[key]["size"], wanted[key]["x"])


def test_networkx_reads_every_attribute_of_every_edge(graph: Graph, file: Path) -> None:
    net = nx.read_gexf(file)
    edges = list(net.edges(data=True))
    assert len(edges) == len(graph.assertions)
    wanted = expected.edges(graph)
    for one, other, data in edges:
        key = (one, data["predicate"], other)
        claim = key if key in wanted else (other, data["predicate"], one)
        skipped = {"start", "end", "kind", "networkx_key", "type", "weight"}
        found = {name: value for name, value in data.items() if name not in skipped}
        assert expected.unguarded(found) == _plain(wanted[claim])
        assert data["weight"] == wanted[claim]["weight"]
