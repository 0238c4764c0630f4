"""GraphML as graph-tool reads it: a native reader (C++ with expat) that refuses what stricter programs refuse."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kg.export.graphml import write_graphml
from tests.export import expected
from tests.export.hostile import GRAPHS, ONTOLOGY

READ = Path(__file__).parent / "native" / "read.py"
SYSTEM_PYTHON = "/usr/bin/python3"


def read(*files: Path) -> list[dict[str, Any]]:
    """What graph-tool finds in the files; fails with the way out where it is not installed."""
    has = (
        shutil.which(SYSTEM_PYTHON)
        and not subprocess.run(
            [SYSTEM_PYTHON, "-c", "import graph_tool"], capture_output=True, check=False, timeout=120
        ).returncode
    )
    if not has:
        pytest.fail("graph-tool not found: install Debian's python3-graph-tool to test files with a native reader")
    command = [SYSTEM_PYTHON, str(READ), *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def given(attributes: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The attributes that were expected, and any other that is not merely filled in."""
    shown = {k: v for k, v in attributes.items() if k in wanted or v not in ("", 0, 0.0)}
    return expected.unguarded({k: v for k, v in shown.items() if not k.startswith("_graphml")})


def test_graph_tool_reads_every_attribute_and_every_parallel_edge(tmp_path: Path) -> None:
    files = []
    for number, graph in enumerate(GRAPHS.values()):
        files.append(tmp_path / f"{number}.graphml")
        write_graphml(graph, ONTOLOGY, files[-1])
    for graph, found in zip(GRAPHS.values(), read(*files), strict=True):
        nodes = expected.nodes(graph)
        assert found["nodes"].keys() == nodes.keys()
        for key, attributes in found["nodes"].items():
            assert given(attributes, nodes[key]) == pytest.approx(nodes[key])
        edges = expected.edges(graph)
        assert len(found["edges"]) == len(edges)
        for source, target, attributes in found["edges"]:
            wanted = dict(edges[source, attributes["predicate"], target])
            assert attributes["_graphml_edge_id"] == wanted.pop("id")
            assert given(attributes, wanted) == pytest.approx(wanted)
