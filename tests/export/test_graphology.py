"""GraphML and GEXF as Gephi Lite and other programs on graphology read them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from tests.export import expected
from tests.export.hostile import GRAPHS, ONTOLOGY

WRITERS = {"graphml": write_graphml, "gexf": write_gexf}


def _colour(value: str) -> str:
    channels = re.fullmatch(r"rgb\((\d+),(\d+),(\d+)\)", value)
    return "#" + bytes(int(channel) for channel in channels.groups()).hex() if channels else value


@pytest.mark.parametrize("format_name", WRITERS)
def test_graphology_reads_every_attribute(
    format_name: str, graphology: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    files = []
    for number, graph in enumerate(GRAPHS.values()):
        files.append(tmp_path / f"{number}.{format_name}")
        WRITERS[format_name](graph, ONTOLOGY, files[-1])
    for graph, read in zip(GRAPHS.values(), graphology(*files), strict=True):
        nodes = {node["key"]: node["attributes"] for node in read["nodes"]}
        for data in nodes.values():
            data["color"] = _colour(data["color"])
            data.pop("z", None)
        assert {key: expected.unguarded(data) for key, data in nodes.items()} == expected.nodes(graph)
        edges = {
            (edge["source"], edge["attributes"]["predicate"], edge["target"]): {"id": edge["key"]} | edge["attributes"]
            for edge in read["edges"]
        }
        for data in edges.values():
            data.pop("kind", None)
        assert {key: expected.unguarded(data) for key, data in edges.items()} == expected.edges(graph)
        assert len(read["edges"]) == len(graph.assertions)


@pytest.mark.parametrize("format_name", WRITERS)
def test_graphology_knows_which_edges_have_a_direction(
    format_name: str, graphology: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    for name in ("undirected", "parallel edges"):
        WRITERS[format_name](GRAPHS[name], ONTOLOGY, tmp_path / f"g.{format_name}")
        (read,) = graphology(tmp_path / f"g.{format_name}")
        assert {edge["undirected"] for edge in read["edges"]} == {name == "undirected"}
