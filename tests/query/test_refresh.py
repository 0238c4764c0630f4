"""A store made from an earlier one holds what a new one would, whatever the two graphs are."""

from dataclasses import replace
from itertools import pairwise

import pytest

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import write_ntriples
from kg.query import build_store, open_store, refresh
from tests.export.hostile import GRAPHS, ONTOLOGY

_SAID = Evidence("paper/a", 0, 5, "PS-KD.", "title", 0.9)
_PAPER, _METHOD = Node("paper/a", "Paper", "A"), Node("method/ps-kd", "Method", "PS-KD")
_CLAIM = Assertion("paper/a", "introduces", "method/ps-kd", (_SAID,), 0.9, 1)
_SMALL = Graph((_METHOD, _PAPER), (_CLAIM,), run=Run("run/1", "0.1", "a", "b"))
_TWICE = replace(_SMALL, assertions=(replace(_CLAIM, evidence=(_SAID, replace(_SAID, score=0.5))),))
_PAIRS = [
    *pairwise([*GRAPHS.values(), next(iter(GRAPHS.values()))]),
    (_SMALL, replace(_SMALL, run=replace(_SMALL.run, id="run/2"))),
    (_SMALL, replace(_SMALL, run=Run())),
    (_TWICE, _SMALL),  # two statements of one id: what they share stands twice in the one file, once in the other
    (_SMALL, _TWICE),
    (_SMALL, replace(_SMALL, nodes=(replace(_METHOD, name="PS-KD 2"), _PAPER))),
    (_SMALL, _SMALL),
]


def _written(graph, folder):
    write_ntriples(graph, ONTOLOGY, folder / "graph.nt.gz")
    return folder / "graph.nt.gz"


def _triples(store):
    return sorted(map(str, open_store(store)))


@pytest.fixture
def folders(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    return tmp_path / "old", tmp_path / "new"


@pytest.mark.parametrize("pair", _PAIRS)
def test_a_refreshed_store_holds_what_a_new_one_does(folders, pair, monkeypatch):
    old, new = folders
    first, second = (_written(graph, folder) for graph, folder in zip(pair, folders, strict=True))
    build_store(first, old / "store")
    build_store(second, new / "anew")
    build_store(second, new / "store", (old / "store", first))
    assert _triples(new / "store") == _triples(new / "anew")
    monkeypatch.setattr(refresh, "PART", 200)  # as if the files were long
    if refresh.refresh(old / "store", first, second, new / "parts"):
        assert _triples(new / "parts") == _triples(new / "anew")


def test_one_refresh_follows_another(folders):
    old, new = folders
    build_store(_written(_SMALL, old), old / "store")
    build_store(_written(_TWICE, new), new / "store", (old / "store", old / "graph.nt.gz"))
    build_store(old / "graph.nt.gz", old / "again", (new / "store", new / "graph.nt.gz"))
    assert _triples(old / "again") == _triples(old / "store")


def test_only_what_is_whole_and_made_from_these_triples_is_used(folders):
    old, new = folders
    first, second = _written(_SMALL, old), _written(_TWICE, new)
    build_store(first, old / "store")
    assert refresh.holds(old / "store", first)
    assert not refresh.holds(old / "store", second)
    assert not refresh.holds(new / "store", first)
    data = next(file for file in (old / "store").glob("*.sst"))
    data.write_bytes(data.read_bytes()[:-1])
    assert not refresh.holds(old / "store", first)


def test_where_much_differs_all_is_loaded(folders, monkeypatch):
    monkeypatch.setattr(refresh, "_MOST", 0)
    old, new = folders
    first, second = _written(_SMALL, old), _written(_TWICE, new)
    build_store(first, old / "store")
    assert not refresh.refresh(old / "store", first, second, new / "fresh")
    build_store(second, new / "store", (old / "store", first))
    assert len(_triples(new / "store")) > 1
