"""A folder with the small graph, written once."""

from pathlib import Path

import pytest

from tests.query import graph


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with `graph.nt.gz`, ``store`` and ``search.sqlite`` of the small graph."""
    return graph.write(tmp_path_factory.mktemp("small"))
