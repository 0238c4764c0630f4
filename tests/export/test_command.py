"""``kg export`` on a build, without the papers."""

from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli
from kg.errors import ExportError, StoreError
from kg.export import write_archive
from kg.export.archive import ARCHIVE
from tests.export.hostile import GRAPHS, ONTOLOGY


@pytest.fixture
def build(tmp_path: Path) -> Path:
    write_archive(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / ARCHIVE)
    return tmp_path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


def test_the_whole_graph_goes_where_a_build_puts_it(build: Path) -> None:
    result = _run("graphml", "-o", build)
    assert result.exit_code == 0, result.output
    assert "5 nodes" in result.output
    assert nx.read_graphml(build / "graph.graphml").number_of_nodes() == 5


def test_a_part_leaves_the_file_of_the_build_alone(build: Path) -> None:
    _run("gexf", "-o", build)
    before = (build / "graph.gexf").read_bytes()
    assert _run("gexf", "-o", build, "--graph", "entities", "--types", "Method").exit_code == 0
    assert (build / "graph.gexf").read_bytes() == before
    assert set(nx.read_gexf(build / "graph-entities.gexf")) == {"method/a", "model/b"}


def test_strict_and_to(build: Path) -> None:
    assert _run("graphml", "-o", build, "--strict", "--to", build / "x" / "my.graphml").exit_code == 0
    assert set(nx.read_graphml(build / "x" / "my.graphml")) >= {"method:a", "paper:one"}


def test_a_folder_format_and_quiet(build: Path) -> None:
    result = _run("neo4j", "-o", build, "--top", "2", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert (build / "neo4j-part" / "nodes.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gephi"], "graphml"),
        (["csv", "--strict"], "one flavour"),
        (["csv", "--years", "20"], "FIRST-LAST"),
        (["csv", "--years", "2021-2020"], "ends before"),
        (["csv", "--graph", "nonsense"], "cooccurrence"),
    ],
)
def test_a_wrong_option_is_named(build: Path, arguments: list[str], message: str) -> None:
    result = _run(*arguments, "-o", build)
    assert result.exit_code == 2
    assert message in result.output


def test_nothing_left_writes_nothing(build: Path) -> None:
    result = _run("csv", "-o", build, "--years", "1999")
    assert isinstance(result.exception, ExportError)
    assert not list(build.glob("tables*"))


def test_papers_that_are_left_out_of_a_bipartite_graph_are_missed(build: Path) -> None:
    result = _run("gexf", "-o", build, "--graph", "bipartite", "--types", "Method")
    assert "add Paper to --types" in result.output


def test_without_a_build_it_says_so(tmp_path: Path) -> None:
    assert isinstance(_run("csv", "-o", tmp_path).exception, StoreError)
