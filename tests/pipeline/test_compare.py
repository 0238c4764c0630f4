from dataclasses import replace
from pathlib import Path

import pytest

from kg.data import Graph
from kg.errors import StoreError
from kg.export import write_archive
from kg.export.archive import ARCHIVE
from kg.graph import assemble
from kg.ontology import load_ontology
from kg.pipeline.compare import compare, compare_graphs
from tests.graph import papers


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(papers.resolution(papers.annotated()), load_ontology())


def test_a_graph_does_not_differ_from_itself(graph: Graph) -> None:
    assert compare_graphs(graph, graph) == ()


def test_what_is_gone_is_dropped_and_what_is_new_is_added(graph: Graph) -> None:
    fewer = replace(
        graph,
        nodes=tuple(n for n in graph.nodes if n.id != "method/bigteach"),
        assertions=tuple(a for a in graph.assertions if "method/bigteach" not in (a.subject, a.object)),
    )
    forward = {(c.what, c.kind, c.id) for c in compare_graphs(fewer, graph)}
    backward = {(c.what, c.kind, c.id) for c in compare_graphs(graph, fewer)}
    assert ("added", "node", "method/bigteach") in forward
    assert ("added", "assertion", "method/tinyteach outperforms method/bigteach") in forward
    assert {c.detail for c in compare_graphs(fewer, graph) if c.kind == "node"} == {"Method"}
    assert backward == {("dropped", kind, id_) for _, kind, id_ in forward}


def test_a_change_names_the_field_with_both_values(graph: Graph) -> None:
    renamed = replace(
        graph, nodes=tuple(replace(n, name="Tiny") if n.id == "method/tinyteach" else n for n in graph.nodes)
    )
    changes = compare_graphs(graph, renamed)
    assert [(c.what, c.id, c.detail) for c in changes] == [("changed", "method/tinyteach", "name: TinyTeach → Tiny")]


def test_folders_compare_as_their_graphs_and_claims_have_the_newer_names(graph: Graph, tmp_path: Path) -> None:
    fewer = tuple(one for one in graph.assertions if one.predicate != "outperforms")
    renamed = tuple(replace(n, name="Tiny") if n.id == "method/tinyteach" else n for n in graph.nodes)
    new = replace(graph, nodes=renamed, assertions=fewer)
    for folder, one in ((tmp_path / "old", graph), (tmp_path / "new", new)):
        write_archive(one, load_ontology(), folder / ARCHIVE)
    changes = compare(tmp_path / "old", tmp_path / "new")
    assert changes == compare_graphs(graph, new)
    assert [(one.what, one.name) for one in changes] == [
        ("changed", "Tiny"), ("dropped", "Tiny —outperforms→ BigTeach"),
    ]  # fmt: skip


def test_what_is_in_no_order_is_not_compared(graph: Graph) -> None:
    with pytest.raises(StoreError, match="not in order"):
        compare_graphs(graph, replace(graph, nodes=graph.nodes[::-1]))
