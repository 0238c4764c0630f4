"""The notebook view: small, offline, UTF-8, names as text. That it runs nothing is seen in tests/browser."""

from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.export.pyvis_view import OfflineNetwork, to_pyvis
from kg.ontology import load_ontology
from tests.browser.hostile import SCRIPT, hostile_graph
from tests.browser.synthetic import synthetic_graph

ONTOLOGY = load_ontology(())


def test_a_neighbourhood_is_a_pyvis_network_with_all_its_nodes_and_edges() -> None:
    graph = synthetic_graph(200)
    net = to_pyvis(graph, ONTOLOGY)
    assert isinstance(net, OfflineNetwork)
    assert (len(net.nodes), len(net.edges)) == (len(graph.nodes), len(graph.assertions))


def test_the_strongest_are_taken_and_the_focus_obeyed() -> None:
    graph = synthetic_graph(2000)
    assert len(to_pyvis(graph, ONTOLOGY, top=50).nodes) == 50
    name = graph.nodes[0].name
    assert name in {node["title"].split("\n")[0] for node in to_pyvis(graph, ONTOLOGY, focus=name).nodes}
    with pytest.raises(ExportError):
        to_pyvis(graph, ONTOLOGY, focus="No Such Thing")


def test_the_page_fetches_nothing() -> None:
    page = to_pyvis(synthetic_graph(60), ONTOLOGY).generate_html()
    assert page.startswith("<!doctype html>")
    assert 'src="http' not in page
    assert "bootstrap.min.css" not in page
    assert page.index("default-src 'none'") < page.index("<script")


@pytest.mark.parametrize("menus", [{}, {"select_menu": True, "filter_menu": True}])
def test_hostile_names_are_text(menus: dict[str, bool]) -> None:
    net = OfflineNetwork(heading=SCRIPT, **menus)
    for node in hostile_graph().nodes:
        net.add_node(f"{node.id}{SCRIPT}", label=node.name, title=f"href {node.name}")
    page = net.generate_html()
    assert SCRIPT not in page
    assert "<img src=x" not in page


def test_the_file_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    net = to_pyvis(hostile_graph(), ONTOLOGY)
    net.write_html(str(tmp_path / "net.html"))
    assert (tmp_path / "net.html").read_bytes().decode("utf-8") == net.generate_html()


def test_a_notebook_shows_it_in_a_frame() -> None:
    shown = to_pyvis(synthetic_graph(60), ONTOLOGY)._repr_html_()
    assert shown.startswith("<iframe")
    assert "<script" not in shown
