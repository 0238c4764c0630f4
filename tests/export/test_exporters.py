"""What every format promises: all graphs written, equal ones as equal bytes, the old file whole after a failure."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cli.export import command
from kg.data import Assertion, Graph
from kg.errors import ExportError
from kg.export import EXPORTERS
from tests.export.hostile import GRAPHS, ONTOLOGY

DATA = {name: exporter for name, exporter in EXPORTERS.items() if name != "html"}  # the page has its own tests
SINGLE = [name for name, exporter in DATA.items() if not exporter.file.endswith("/")]


class BrokenError(Exception):
    """What goes wrong in the middle of a file."""


class Breaking(tuple[Assertion, ...]):
    """Assertions of which the second half cannot be read, after layout and counts went well."""

    armed = False

    def __iter__(self) -> Iterator[Assertion]:
        for number in range(len(self)):
            yield self[number]

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        if Breaking.armed and (isinstance(key, slice) or key >= len(self) // 2):
            raise BrokenError
        return super().__getitem__(key)


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("name", DATA)
def test_every_graph_is_written_and_twice_the_same(name: str, graph: str, tmp_path: Path) -> None:
    for run in ("one", "two"):
        DATA[name].write(replace(GRAPHS[graph]), ONTOLOGY, tmp_path / run / DATA[name].file)
    assert _contents(tmp_path / "one") == _contents(tmp_path / "two")
    assert graph == "empty" or _contents(tmp_path / "one")


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", SINGLE)
def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / DATA[name].file
    whole = GRAPHS["parallel edges"]
    DATA[name].write(whole, ONTOLOGY, path)
    before = _contents(tmp_path)
    broken = Graph(whole.nodes, Breaking(whole.assertions), whole.rejections, whole.run)
    _lay_out(broken)
    monkeypatch.setattr(Breaking, "armed", True)
    with pytest.raises(BrokenError):
        DATA[name].write(broken, ONTOLOGY, path)
    assert _contents(tmp_path) == before


def _lay_out(graph: Graph) -> None:
    from kg.export.positions import places

    places(graph)


@pytest.mark.parametrize("name", DATA)
def test_a_folder_that_cannot_be_written_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportError, match="file"):
        DATA[name].write(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / "file" / DATA[name].file)


def test_a_build_writes_what_the_contract_names() -> None:
    files = {exporter.file for exporter in EXPORTERS.values() if exporter.default}
    assert files >= {
        "graph.html", "graph.ttl", "graph.nt.gz", "graph.jsonld", "graph.graphml", "graph.gexf", "tables/",
    }  # fmt: skip


def test_no_two_formats_write_one_file() -> None:
    files = [exporter.file for exporter in EXPORTERS.values() if exporter.file != "tables/"]
    assert len(files) == len(set(files))


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_help_of_the_command_names_every_format(name: str) -> None:
    assert name in (command.help or "").replace(",", " ").replace(".", " ").split()
