"""Text search: spelling forgiven, types kept apart, hostile input harmless, and the same words inside a query."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.query import SearchIndex, build_index, table
from kg.query.search import bind_search
from tests.query import graph

BASE = graph.ontology().base


@pytest.fixture
def index(folder: Path) -> Iterator[SearchIndex]:
    with SearchIndex(folder / "search.sqlite", BASE) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("contrastve lerning", "task/contrastive-learning"),
        ("Contrastive Learning", "task/contrastive-learning"),
        ("imagnet", "dataset/imagenet"),
        ("ILSVRC", "dataset/imagenet"),
        ("ilsvrc", "dataset/imagenet"),
        ("thingCLR", "method/thingclr"),
        ("Im", "dataset/imagenet"),
        ("RL", "task/contrastive-learning"),
        ("ILSVC", "dataset/imagenet"),
        ("codes for thing", graph.CODES),
        ("  ImageNet\n", "dataset/imagenet"),
    ],
)
def test_names_are_found_in_spite_of_typing_errors(index: SearchIndex, text: str, id_: str) -> None:
    assert index.names(text)[0].id == id_


def test_names_that_nodes_share_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ("method/ram", "Method", "RAM", ("recurrent attention method", "RAM network of ours"), 1),
        ("method/ram-2", "Method", "RAM", ("our random access", "random access memory"), 12),
        ("method/ramx", "Method", "RAMX", ("ram extended",), 3),
    ]
    build_index(rows, [], tmp_path / "search.sqlite")
    with SearchIndex(tmp_path / "search.sqlite", BASE) as index:
        found = [(hit.id, hit.papers, hit.meaning) for hit in index.names("RAM")]
    assert found == [
        ("method/ram-2", 12, "random access memory"),
        ("method/ram", 1, "recurrent attention method"),
        ("method/ramx", 3, ""),
    ]


def test_types_keep_hits_apart(index: SearchIndex) -> None:
    assert index.names("contrastive learning", types=("Paper",))[0].id == graph.LEARNING
    assert index.names("ImageNet", types=("Metric",)) == []


def test_sentences_are_found_by_stemmed_words(index: SearchIndex) -> None:
    hit = index.texts("proposing methods")[0]
    assert (hit.id, hit.matched) == (graph.LEARNING, graph.SENTENCE)


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""" OR *', "a OR b NOT (c", "\x00\x00\x00", "name:*", "NEAR(a b)", "%_\\", "'; DROP TABLE node;--",
     "\ud800\ud800\ud800", "語" * 3, "x" * 100_000, "ab\x00cd", "- - -", "*" * 500],
)  # fmt: skip
def test_no_text_breaks_the_search(index: SearchIndex, text: str) -> None:
    start = time.process_time()
    index.names(text)
    index.texts(text)
    assert time.process_time() - start < 1


def test_an_index_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build first: kg build"):
        SearchIndex(tmp_path / "search.sqlite", BASE)


def test_a_damaged_index_says_build_again(tmp_path: Path) -> None:
    (tmp_path / "search.sqlite").write_bytes(b"nonsense" * 1000)
    with pytest.raises(StoreError, match="build again"), SearchIndex(tmp_path / "search.sqlite", BASE) as opened:
        opened.names("anything")


def test_an_index_replaces_the_old_one_whole(tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite"
    build_index([("a/b", "Method", "Old", (), 1)], [], file)
    build_index([("a/c", "Method", "New", (), 1)], [("a/c", "New words.")], file)
    with SearchIndex(file, BASE) as opened:
        assert [hit.id for hit in opened.names("New")] == ["a/c"]
        assert not [hit for hit in opened.names("Old") if hit.id == "a/b"]
    assert [path.name for path in tmp_path.iterdir()] == ["search.sqlite"]


def test_an_index_that_finds_no_room_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "search.sqlite"
    build_index([("a/b", "Method", "Old", (), 1)], [], file)
    before, genuine = file.read_bytes(), sqlite3.connect

    def small(path: Path) -> sqlite3.Connection:
        connection = genuine(path)
        connection.execute("PRAGMA max_page_count = 12")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(StoreError, match=r"search\.sqlite: .*cannot be written \(database or disk is full"):
        build_index([("a/b", "Method", "New", (), 1)], [("a/b", "word " * 100_000)], file)
    monkeypatch.setattr(sqlite3, "connect", lambda _: genuine(tmp_path / "not" / "there"))
    with pytest.raises(StoreError, match="unable to open"):
        build_index([], [], file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["search.sqlite"]


def test_what_is_found_is_alike_and_texts_come_only_where_no_type_is_asked_for(index: SearchIndex) -> None:
    names, texts = index.find("contrastive learning")
    assert names
    assert texts
    assert min(hit.score for hit in names) >= 0.5
    assert index.find("contrastive learning", types=("Task",))[1] == []
    assert index.find("zzqqxx") == ([], [])


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?name { ?x kg:search "imagnet" . ?x a kg:Dataset ; skos:prefLabel ?name }',
        'SELECT ?name { ?x kg:search "imagnet" ; a kg:Dataset ; skos:prefLabel ?name }',
        "SELECT ?name { ?x a kg:Dataset . $x  kg:search\n'imagnet'. ?x skos:prefLabel ?name }",
        'SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name { ?x kg:search "imagnet" } }',
    ],
)
def test_a_query_can_search(folder: Path, query: str) -> None:
    questions = graph.questions(folder)
    assert table(questions.ask(query), questions, 0).rows == (("ImageNet",),)


def test_a_search_in_a_string_comment_or_iri_is_left_alone(index: SearchIndex) -> None:
    query = 'SELECT * { ?x ?y \'?x kg:search "a"\' } # ?x kg:search "a"\n'
    assert bind_search(query, index) == query
    query = 'SELECT * { ?x ?y """a quote " ?x kg:search "a" """ }'
    assert bind_search(query, index) == query


@pytest.mark.parametrize(
    "query", ["SELECT * { ?x kg:search ?words }", 'SELECT * { ?x a kg:Task ; kg:search "a" }', "ASK { [] kg:search 3 }"]
)
def test_a_search_that_cannot_be_bound_says_how_to_write_it(index: SearchIndex, query: str) -> None:
    with pytest.raises(QueryError, match=r'\?x kg:search "words"'):
        bind_search(query, index)


def test_a_search_without_an_index_is_refused() -> None:
    with pytest.raises(QueryError, match="needs the search index"):
        bind_search('ASK { ?x kg:search "a" }', None)
