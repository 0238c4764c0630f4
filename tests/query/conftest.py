"""Folders with graphs to ask, written once."""

from pathlib import Path

import pytest

from kg.pipeline import BuildOptions, build
from tests.query import graph

EXAMPLES = Path(__file__).parents[2] / "examples" / "papers.jsonl"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with `graph.nt.gz`, ``store`` and ``search.sqlite`` of the small graph."""
    return graph.write(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the example papers."""
    folder = tmp_path_factory.mktemp("examples")
    build([str(EXAMPLES)], folder, BuildOptions(jobs=1), lambda *_: None)
    return folder
