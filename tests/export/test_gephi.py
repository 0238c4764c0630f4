"""Every value lands in the column where the user of Gephi looks for it."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml, write_graphml_strict
from kg.export.network import to_networkx
from tests.export import expected, gephi
from tests.export.hostile import GRAPHS, ONTOLOGY

FORMATS: dict[str, tuple[Callable, Callable]] = {
    "graphml": (write_graphml, gephi.read_graphml),
    "gexf": (write_gexf, gephi.read_gexf),
}
NODE_COLUMNS = (
    "type", "types", "aliases", "papers", "degree", "community", "first_year", "last_year", "confidence", "date",
    "arxiv", "doi", "value", "measure", "url", "iri",
)  # fmt: skip
EDGE_COLUMNS = ("predicate", "papers", "confidence", "first_year", "last_year", "evidence", "sentence", "paper")


def _load(format_name: str, graph_name: str, folder: Path) -> gephi.Import:
    write, read = FORMATS[format_name]
    write(GRAPHS[graph_name], ONTOLOGY, folder / "g")
    return read(folder / "g")


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_is_lost_merged_or_dropped(format_name: str, graph: str, tmp_path: Path) -> None:
    found = _load(format_name, graph, tmp_path)
    assert found.issues == []
    assert len(found.nodes) == len(GRAPHS[graph].nodes)
    assert len(found.edges) == len(GRAPHS[graph].assertions)


@pytest.mark.parametrize("graph", [name for name in GRAPHS if name != "empty"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_nodes_are_drawn_with_label_colour_size_and_position(format_name: str, graph: str, tmp_path: Path) -> None:
    found = _load(format_name, graph, tmp_path)
    for key, values in expected.nodes(GRAPHS[graph]).items():
        drawn = found.nodes[key].drawn
        assert drawn["label"] == values["label"]
        assert (drawn["colour"], drawn["size"]) == (values["color"], values["size"])
        assert (drawn["x"], drawn["y"]) == (values["x"], values["y"])
    assert any((item.drawn["x"], item.drawn["y"]) != (0, 0) for item in found.nodes.values())


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_the_columns_hold_what_their_names_say(format_name: str, graph: str, tmp_path: Path) -> None:
    found = _load(format_name, graph, tmp_path)
    assert tuple(found.node_columns) == NODE_COLUMNS
    assert tuple(found.edge_columns) == EDGE_COLUMNS
    for key, values in expected.nodes(GRAPHS[graph]).items():
        wanted = {name: value for name, value in values.items() if name in NODE_COLUMNS}
        assert expected.unguarded(found.nodes[key].columns) == wanted
    by_claim = {(s, str(item.columns["predicate"]), t): item for (s, t, _), item in found.edges.items()}
    for claim, values in expected.edges(GRAPHS[graph]).items():
        item = by_claim[claim]
        wanted = {name: value for name, value in values.items() if name in EDGE_COLUMNS}
        assert expected.unguarded(item.columns) == wanted
        assert (item.drawn["label"], item.drawn["weight"]) == (claim[1], values["weight"])


@pytest.mark.parametrize("format_name", FORMATS)
def test_infinity_does_not_creep_into_words(format_name: str, tmp_path: Path) -> None:
    found = _load(format_name, "names", tmp_path)
    sentences = [str(item.columns["sentence"]) for item in found.edges.values()]
    assert "We propose I\u200cNFOCOM with REI\u200cNFORCE and I\u200cNF." in sentences
    assert sum("Infinity" in sentence for sentence in sentences) == 1  # the one that said so itself


def test_strict_files_fall_into_the_traps_that_the_default_avoids(tmp_path: Path) -> None:
    write_graphml_strict(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / "g")
    assert any("merged" in issue for issue in gephi.read_graphml(tmp_path / "g").issues)


def test_the_timeline_starts_each_node_and_edge_in_its_first_year(tmp_path: Path) -> None:
    found = _load("gexf", "parallel edges", tmp_path)
    assert found.timeline
    assert found.nodes["paper/two"].drawn["start"] == 2021.0
    assert "start" not in found.nodes["task/c"].drawn
    assert "start" not in found.edges["method/a", "model/b", "broader"].drawn
    assert found.edges["method/a", "model/b", "basedOn"].drawn["start"] == 2020.0


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"papers" attr.type="int"', '"papers" attr.type="date"', "dropped"),
        ('<data key="edge_weight">2.0<', '<data key="edge_weight">0.0<', "dropped"),
        (">#", ">rgb", "lost"),
        ('<data key="confidence">1.0<', '<data key="confidence">nan<', "lost"),
        ('<edge id="e', '<edge id="e0" was="', "duplicate"),
        ('id="iri"', 'id="TYPE"', "collides"),
    ],
)
def test_the_rules_notice_a_careless_file(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    write_graphml(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / "g")
    text = (tmp_path / "g").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "g").write_text(text.replace(old, new), encoding="utf-8")
    assert any(complaint in issue for issue in gephi.read_graphml(tmp_path / "g").issues)


def test_the_rules_notice_what_networkx_writes_by_itself(tmp_path: Path) -> None:
    nx.write_graphml(to_networkx(GRAPHS["parallel edges"], ONTOLOGY), tmp_path / "g")
    assert any("duplicate id" in issue for issue in gephi.read_graphml(tmp_path / "g").issues)
