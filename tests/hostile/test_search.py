"""The search index holds every name of the table and takes every name as a question."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.pipeline.search import search_rows
from kg.query import SearchIndex, build_index
from tests.export.hostile import GRAPHS, NAMES, ONTOLOGY


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    file: Path = tmp_path_factory.mktemp("index") / "search.sqlite"
    build_index(*search_rows(GRAPHS["names"]), file)
    with SearchIndex(file, ONTOLOGY.base) as opened:
        yield opened


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_name_is_found_by_itself_and_nothing_in_it_is_a_command(number: int, index: SearchIndex) -> None:
    name = NAMES[number]
    found = {hit.id for hit in index.names(name, limit=len(NAMES))}
    index.texts(name)
    asked = "".join(char for char in name if char.isprintable()).strip()
    if asked == name and len(asked) > 2:
        assert f"method/name-{number:02}" in found
    assert len(index.names("INFOCOM")) > 0, "the index is still whole"
