"""The sentence that tells a claim is the first in every format, whatever stands first in the paper."""

import csv
import sqlite3
from pathlib import Path
from typing import cast

import networkx as nx
import numpy as np
import pytest

from kg.data import Graph
from kg.export.archive import ARCHIVE, read_graph, write_archive
from kg.export.graphml import write_graphml
from kg.export.html.evidence import evidence_columns
from kg.export.html.tables import order
from kg.export.obsidian import write_obsidian
from kg.export.pyvis_view import to_pyvis
from kg.export.sqlite import write_sqlite
from kg.export.tables import write_tables
from kg.graph import assemble
from kg.ontology import load_ontology
from kg.query import Browser, open_store
from tests.graph import papers
from tests.query.graph import write

ONTOLOGY = load_ontology(())
SAID = "We propose TinyTeach."


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(papers.resolution(papers.annotated()), ONTOLOGY)


def test_in_tables(graph: Graph, tmp_path: Path) -> None:
    write_tables(graph, ONTOLOGY, tmp_path)
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["sentence"] for row in csv.DictReader(stream) if row["predicate"] == "introduces"] == [SAID]


def test_in_graphml(graph: Graph, tmp_path: Path) -> None:
    write_graphml(graph, ONTOLOGY, tmp_path / "graph.graphml")
    edges = nx.read_graphml(tmp_path / "graph.graphml").edges(data=True)
    assert [known["sentence"] for _, _, known in edges if known["predicate"] == "introduces"] == [SAID]


def test_in_sqlite(graph: Graph, tmp_path: Path) -> None:
    write_sqlite(graph, ONTOLOGY, tmp_path / "graph.sqlite")
    base = sqlite3.connect(tmp_path / "graph.sqlite")
    asked = "SELECT evidence.sentence FROM evidence JOIN edges ON edges.id = edge WHERE predicate = 'introduces'"
    assert base.execute(f"{asked} ORDER BY evidence.rowid").fetchall() == [(SAID,), (papers.TITLE,)]
    base.close()


def test_in_notes_and_notebooks(graph: Graph, tmp_path: Path) -> None:
    write_obsidian(graph, ONTOLOGY, tmp_path)
    (note,) = (tmp_path / "paper").glob("*.md")
    assert "|TinyTeach]]\n  > We propose TinyTeach." in note.read_text(encoding="utf-8")
    titles = [edge["title"] for edge in to_pyvis(graph, ONTOLOGY).edges]
    assert [title.split("\n")[1] for title in titles if title.startswith("introduces")] == [SAID]


def test_on_the_page(graph: Graph) -> None:
    ordered = order(graph, graph)
    _, columns = evidence_columns(ordered, graph)
    edge = next(place for place, one in enumerate(ordered.edges) if one.predicate == "introduces")
    first = int(cast(np.ndarray, columns["offset"])[edge])
    starts, lengths = (cast(np.ndarray, columns[name]) for name in ("start", "length"))
    text = papers.TEXT.replace("\n", " ")
    assert text[starts[first] : starts[first] + lengths[first]] == SAID


def test_in_the_archive_and_in_the_store(graph: Graph, tmp_path: Path) -> None:
    write_archive(graph, ONTOLOGY, tmp_path / ARCHIVE)
    again = read_graph(tmp_path)
    assert [one.evidence for one in again.assertions] == [one.evidence for one in graph.assertions]
    told = Browser(open_store(write(tmp_path, again) / "store"), ONTOLOGY).evidence(
        "", "introduces", "method/tinyteach"
    )["statements"]
    assert [one["sentence"] for one in told] == [SAID, papers.TITLE]
