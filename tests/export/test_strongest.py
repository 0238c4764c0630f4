"""Of a graph that is too large to be drawn the strongest part is, and every file says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest

from kg.data import Assertion, Graph, Node
from kg.export.gexf import open_gexf, write_gexf
from kg.export.graphml import open_graphml, write_graphml
from kg.export.html.select import select
from kg.export.positions import places, seat_around
from kg.export.rows import pour
from kg.export.strongest import strongest, told
from kg.shelf import Shelf
from tests.export import gephi, gexf_schema, graphml_schema
from tests.export.hostile import GRAPHS, ONTOLOGY, edge, paper, said

READERS = {"graphml": (open_graphml, write_graphml), "gexf": (open_gexf, write_gexf)}


def field(methods: int) -> Graph:
    """Papers that use methods, the first method most, and one method that stands alone."""
    papers = [paper(f"p{number:02}", 2000 + number) for number in range(methods)]
    nodes = [Node(f"method/m{number:02}", "Method", f"M{number}", papers=methods - number) for number in range(methods)]
    alone = Node("method/zz-alone", "Method", "Alone")
    edges = [
        edge(one.id, "uses", node.id, said(f"We use {node.name}.", one.id))
        for place, one in enumerate(papers)
        for node in nodes[: place + 1]
    ]
    return Graph((*nodes, alone, *papers), tuple(sorted(edges, key=lambda one: (one.subject, one.object))))


def shelved(graph: Graph, folder: Path) -> Graph:
    """The same graph on disk."""
    nodes, edges = Shelf(graph.nodes, Node, folder), Shelf(graph.assertions, Assertion, folder)
    return replace(graph, nodes=nodes, assertions=edges)


def test_a_small_graph_is_its_own_strongest_part(tmp_path: Path) -> None:
    graph = field(4)
    assert strongest(graph, 9) is graph
    assert strongest(shelved(graph, tmp_path), 9) == graph


@pytest.mark.parametrize("name", ["parallel edges", "every type", "undirected", "lone node"])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_the_part_is_what_a_page_of_so_many_nodes_shows(name: str, most: int, tmp_path: Path) -> None:
    graph = GRAPHS[name]
    wanted = select(graph, top=most, focus="", hops=0)
    for whole in (graph, shelved(graph, tmp_path)):
        part = strongest(whole, most)
        assert (part.nodes, part.assertions, part.rejections) == (wanted.nodes, wanted.assertions, wanted.rejections)


@pytest.mark.parametrize("format_name", READERS)
def test_a_file_says_how_much_it_shows_and_is_read_as_ever(format_name: str, tmp_path: Path) -> None:
    graph = field(5)
    part = strongest(graph, 6)
    opened, write = READERS[format_name]
    file, plain = tmp_path / f"part.{format_name}", tmp_path / f"plain.{format_name}"
    with opened(part, file, told(part, graph)) as sink:
        pour(part, ONTOLOGY, (sink,))
    write(part, ONTOLOGY, plain)
    text = f"The strongest 6 of 11 nodes, and the {len(part.assertions)} of 15 edges between them"
    assert text in file.read_text(encoding="utf-8")
    read = nx.read_graphml if format_name == "graphml" else nx.read_gexf
    assert nx.utils.graphs_equal(read(file), read(plain))
    if format_name == "graphml":
        assert igraph.Graph.Read_GraphML(str(file)).vs["id"] == [node.id for node in part.nodes]
        assert graphml_schema.complaints(file) == graphml_schema.complaints(plain)
        assert gephi.read_graphml(file) == gephi.read_graphml(plain)
    else:
        assert gexf_schema.complaints(file) == []
        assert gephi.read_gexf(file) == gephi.read_gexf(plain)


def test_graphology_reads_it_as_ever(graphology: Callable[..., list[dict[str, Any]]], tmp_path: Path) -> None:
    graph = field(3)
    for file, about in ((tmp_path / "a.graphml", "The strongest 3 of 9"), (tmp_path / "b.graphml", "")):
        with open_graphml(graph, file, about) as sink:
            pour(graph, ONTOLOGY, (sink,))
    one, other = graphology(tmp_path / "a.graphml", tmp_path / "b.graphml")
    assert (one["nodes"], one["edges"]) == (other["nodes"], other["edges"])


def test_every_node_has_a_place_of_its_own_and_the_part_s_are_those_of_the_whole(tmp_path: Path) -> None:
    graph = shelved(field(8), tmp_path)
    part = strongest(graph, 5)
    alone = places(replace(part))
    seat_around(graph, part)
    whole = dict(zip((node.id for node in graph.nodes), places(graph), strict=True))
    assert [whole[node.id] for node in part.nodes] == list(places(part)) == list(alone)
    assert len({(place.x, place.y) for place in whole.values()}) == len(graph.nodes)
    assert list(places(graph)[2:4]) == list(places(graph))[2:4]
    communities = {place.community for place in alone}
    assert whole["paper/p07"].community in communities
    assert whole["method/zz-alone"].community == max(communities) + 1
