"""The archive gives back the graph, whole, or says what is wrong."""

import gzip
from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest

from kg.data import Graph
from kg.errors import StoreError
from kg.export import View, archive, read_graph, view, walk_assertions, walk_nodes, write_archive
from kg.export.archive import ARCHIVE
from kg.export.positions import places
from kg.shelf import Room, Shelf
from tests.export.hostile import GRAPHS, ONTOLOGY, edge, paper, said


@pytest.mark.parametrize("name", [name for name in GRAPHS if name != "numbers"])
def test_the_graph_comes_back(name: str, tmp_path: Path) -> None:
    write_archive(GRAPHS[name], ONTOLOGY, tmp_path / ARCHIVE)
    assert read_graph(tmp_path) == GRAPHS[name]


def test_numbers_come_back_even_those_that_equal_nothing(tmp_path: Path) -> None:
    write_archive(GRAPHS["numbers"], ONTOLOGY, tmp_path / ARCHIVE)
    assert repr(read_graph(tmp_path)) == repr(GRAPHS["numbers"])


def test_a_graph_of_several_blocks_comes_back_and_shares_its_strings(tmp_path: Path) -> None:
    papers = tuple(paper(f"{number:05}") for number in range(11_000))
    first = papers[0].id
    edges = tuple(edge(one.id, "basedOn", first, said("Words.", first)) for one in papers)
    graph = Graph(papers, edges)
    write_archive(graph, ONTOLOGY, tmp_path / ARCHIVE)
    found = read_graph(tmp_path)
    assert found == graph
    assert found.assertions[0].object is found.assertions[-1].object is found.nodes[0].id


def test_the_layout_comes_back_with_the_graph(tmp_path: Path) -> None:
    graph = GRAPHS["parallel edges"]
    write_archive(graph, ONTOLOGY, tmp_path / ARCHIVE)
    before = places(graph)
    assert places(read_graph(tmp_path)) is not before
    assert places(read_graph(tmp_path)) == before


def test_the_same_graph_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_archive(replace(GRAPHS["parallel edges"]), ONTOLOGY, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_missing_archive_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build INPUT"):
        read_graph(tmp_path)


def _packed(*blocks: bytes) -> bytes:
    return gzip.compress(b"".join(len(block).to_bytes(4, "big") + block for block in blocks))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"not gzip",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:60] + bytes([data[60] ^ 255]) + data[61:],
        lambda data: gzip.compress(gzip.decompress(data)[:-5]),
        lambda data: gzip.compress(gzip.decompress(data)[:40]),
        lambda data: _packed(b"\xc0"),
        lambda data: _packed(b"\x90"),
        lambda data: _packed(b"\x91\xa1x"),
        lambda data: _packed(b"\x94\xaakg graph 1\x01\x01\x01"),
    ],
)
def test_a_damaged_archive_is_said_to_be_damaged(damage: object, tmp_path: Path) -> None:
    write_archive(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / ARCHIVE)
    path = tmp_path / ARCHIVE
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(StoreError, match="build again"):
        read_graph(tmp_path)
    with pytest.raises(StoreError, match="build again"):
        deque(walk_assertions(tmp_path))


@pytest.mark.parametrize("block", [1, 2, 5_000])
@pytest.mark.parametrize("name", GRAPHS)
def test_records_can_be_walked_without_holding_the_graph(
    name: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_BLOCK", block)
    write_archive(GRAPHS[name], ONTOLOGY, tmp_path / ARCHIVE)
    monkeypatch.undo()
    assert repr(tuple(walk_nodes(tmp_path))) == repr(GRAPHS[name].nodes)
    assert repr(tuple(walk_assertions(tmp_path))) == repr(GRAPHS[name].assertions)


@pytest.mark.parametrize("name", [name for name in GRAPHS if name not in ("numbers", "names")])
def test_what_memory_does_not_hold_comes_back_from_disk(name: str, tmp_path: Path) -> None:
    write_archive(GRAPHS[name], ONTOLOGY, tmp_path / ARCHIVE)
    found = read_graph(tmp_path, Room(1, tmp_path))
    assert (tuple(found.nodes), tuple(found.assertions), found.run) == (
        GRAPHS[name].nodes,
        GRAPHS[name].assertions,
        GRAPHS[name].run,
    )
    assert len(found.nodes) < 2 or isinstance(found.nodes, Shelf)
    assert list(places(found)) == list(places(read_graph(tmp_path)))


def test_a_part_of_a_graph_on_disk_is_that_of_one_in_memory(tmp_path: Path) -> None:
    write_archive(GRAPHS["parallel edges"], ONTOLOGY, tmp_path / ARCHIVE)
    whole = read_graph(tmp_path)
    for asked in (View(kind, top=2) for kind in ("full", "entities", "bipartite", "papers", "cooccurrence")):
        assert view(read_graph(tmp_path, Room(1, tmp_path)), ONTOLOGY, asked) == view(whole, ONTOLOGY, asked)
    for asked in (View(years=(2020, 2020)), View(types=("Method",)), View(min_degree=2), View(min_weight=1)):
        part = view(read_graph(tmp_path, Room(1, tmp_path)), ONTOLOGY, asked)
        assert (tuple(part.nodes), part.assertions) == (
            tuple(view(whole, ONTOLOGY, asked).nodes),
            view(whole, ONTOLOGY, asked).assertions,
        )
