"""Every format, read by a parser that is not ours, holds the same nodes, names and edges as the graph."""

from pathlib import Path

import pytest

from fuzz.outputs import compare, shown
from fuzz.readers import READERS
from kg.export import EXPORTERS
from kg.export.graphml import token
from tests.export.hostile import GRAPHS, ONTOLOGY


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("name", EXPORTERS)
def test_a_reader_finds_the_graph_in_a_file(name: str, graph: str, tmp_path: Path) -> None:
    compare(name, GRAPHS[graph], ONTOLOGY, tmp_path / EXPORTERS[name].file)


def test_every_format_has_a_reader() -> None:
    assert {*READERS, "void"} == set(EXPORTERS)  # VoID describes the graph: it holds counts


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("name", [name for name, exporter in EXPORTERS.items() if exporter.strict])
def test_a_reader_finds_the_graph_in_a_strict_file(name: str, graph: str, tmp_path: Path) -> None:
    write, path = EXPORTERS[name].strict, tmp_path / EXPORTERS[name].file
    assert write
    write(GRAPHS[graph], ONTOLOGY, path)
    names, edges = READERS[name](path, ONTOLOGY)
    key = token if name == "graphml" else str
    assert names == {key(node.id): shown(node, name) for node in GRAPHS[graph].nodes}
    claims = GRAPHS[graph].assertions
    assert edges == {(key(one.subject), one.predicate, key(one.object)) for one in claims}
