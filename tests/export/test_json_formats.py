"""JSON of nodes and edges, read as the programs that ask for it read it."""

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.data import Graph
from kg.export.json_formats import write_cx2, write_cyjs, write_node_link
from tests.export import expected
from tests.export.hostile import GRAPHS, ONTOLOGY


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    return GRAPHS[request.param]


def test_networkx_reads_node_link(graph: Graph, tmp_path: Path) -> None:
    write_node_link(graph, ONTOLOGY, tmp_path / "g.json")
    net = nx.node_link_graph(json.loads((tmp_path / "g.json").read_text(encoding="utf-8")), edges="edges")
    assert dict(net.nodes(data=True)) == expected.nodes(graph)
    found = {
        (source, key, target) if net.is_directed() else (min(source, target), key, max(source, target)): data
        for source, target, key, data in net.edges(keys=True, data=True)
    }
    assert found == expected.edges(graph)


def test_cytoscape_finds_names_positions_and_interactions(graph: Graph, tmp_path: Path) -> None:
    write_cyjs(graph, ONTOLOGY, tmp_path / "g.cyjs")
    elements = json.loads((tmp_path / "g.cyjs").read_text(encoding="utf-8"))["elements"]
    wanted = expected.nodes(graph)
    assert [node["data"]["id"] for node in elements["nodes"]] == list(wanted)
    for node in elements["nodes"]:
        values = wanted[node["data"]["id"]]
        assert node["data"]["name"] == values["label"]
        assert node["position"] == {"x": values["x"], "y": -values["y"]}
    claims = [(e["data"]["source"], e["data"]["interaction"], e["data"]["target"]) for e in elements["edges"]]
    assert claims == list(expected.edges(graph))


def test_cx2_declares_what_it_holds(graph: Graph, tmp_path: Path) -> None:
    write_cx2(graph, ONTOLOGY, tmp_path / "g.cx2")
    fragments = json.loads((tmp_path / "g.cx2").read_text(encoding="utf-8"))
    assert fragments[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert fragments[-1] == {"status": [{"success": True}]}
    by_name = {name: items for fragment in fragments[1:-1] for name, items in fragment.items()}
    counts = {entry["name"]: entry["elementCount"] for entry in by_name["metaData"]}
    assert counts == {name: len(items) for name, items in by_name.items() if name != "metaData"}
    declared = by_name["attributeDeclarations"][0]
    kinds = {"string": str, "integer": int, "double": float}
    for owner in ("nodes", "edges"):
        for item in by_name[owner]:
            for name, value in item["v"].items():
                assert isinstance(value, kinds[declared[owner][name]["d"]])
    numbers = {node["id"] for node in by_name["nodes"]}
    assert all({edge["s"], edge["t"]} <= numbers for edge in by_name["edges"])
    assert [edge["v"]["id"] for edge in by_name["edges"]] == [one["id"] for one in expected.edges(graph).values()]


@pytest.mark.parametrize("write", [write_node_link, write_cyjs, write_cx2])
def test_no_number_is_outside_json(write: object, tmp_path: Path) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    write(GRAPHS["numbers"], ONTOLOGY, tmp_path / "g")  # type: ignore[operator]
    json.loads((tmp_path / "g").read_text(encoding="utf-8"), parse_constant=refuse)
