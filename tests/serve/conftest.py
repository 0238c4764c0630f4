"""Folders and servers that many tests share."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.query import graph
from tests.serve.running import Running, serving

NAMED = "http://example.org/graph/"


def pytest_configure(config: pytest.Config) -> None:
    """The mark of tests that need a browser."""
    config.addinivalue_line("markers", "browser: needs Chromium")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder of the small graph."""
    return graph.write(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of the small graph, with two named graphs beside it for the tests of the protocol."""
    folder = graph.write(tmp_path_factory.mktemp("served"))
    store = ox.Store(str(folder / "store"))
    for name in ("one", "two"):
        node = ox.NamedNode(f"http://example.org/{name}")
        store.add(ox.Quad(node, ox.NamedNode("http://example.org/in"), ox.Literal(name), ox.NamedNode(NAMED + name)))
    store.flush()
    del store
    (folder / "graph.html").write_text("<!doctype html><title>Explorer</title>", encoding="utf-8")
    with serving(folder, "--timeout", "20") as running:
        yield running
