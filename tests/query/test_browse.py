"""Walking the graph."""

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.query import Browser, open_store
from tests.query import graph


@pytest.fixture(scope="module")
def browser(folder: Path) -> Browser:
    return Browser(open_store(folder / "store"), graph.ontology())


def test_a_card_names_the_narrowest_type(browser: Browser) -> None:
    assert browser.card("model/thing-7b")["type"] == "Model"
    assert browser.card(graph.LEARNING)["name"] == "Contrastive Learning of Things"


@pytest.mark.parametrize("id_", ["dataset/nothing", "", "a b", "<>", "dataset/imagenet>"])
def test_what_is_not_there_does_not_exist(browser: Browser, id_: str) -> None:
    assert not browser.exists(id_)


def test_a_node_tells_facts_and_edges(browser: Browser) -> None:
    node = browser.node(graph.LEARNING)
    assert node["facts"]["http://purl.org/dc/terms/issued"] == ["2020-02-03"]
    assert [edge["predicate"] for edge in node["out"]] == ["addresses", "evaluatesOn", "hasRepository", "introduces"]
    assert node["in"] == []


def test_neighbours_grow_by_hops_and_stop_at_the_limit(browser: Browser) -> None:
    sizes = [len(browser.neighbours("repository/a-b", hops)["nodes"]) for hops in (1, 2, 3)]
    assert sizes == [2, 5, 6]
    assert browser.neighbours("repository/a-b", 3, limit=3)["more"]


def test_a_path_runs_both_ways_and_has_an_end(browser: Browser) -> None:
    there = browser.path("repository/a-b", "model/thing-7b")
    back = browser.path("model/thing-7b", "repository/a-b")
    assert [one["id"] for one in there["nodes"]] == [one["id"] for one in reversed(back["nodes"])]
    assert browser.path("repository/a-b", "repository/a-b")["edges"] == []
    assert browser.path("repository/a-b", "model/thing-7b", hops=1) == {"nodes": [], "edges": [], "more": False}


@pytest.mark.parametrize("ends", [("", ""), ("a b", ""), ("", "<>"), (graph.LEARNING, "x>")])
def test_evidence_of_what_is_no_node_is_refused(browser: Browser, ends: tuple[str, str]) -> None:
    with pytest.raises(QueryError, match=r"give a subject|is no id of a node"):
        browser.evidence(ends[0], "introduces", ends[1])


def test_evidence_is_found_by_any_part_of_the_edge(browser: Browser) -> None:
    def sentences(*parts: str) -> list[str]:
        return [one["sentence"] for one in browser.evidence(*parts)["statements"]]

    assert sentences("", "introduces", "method/thingclr") == [graph.SENTENCE]
    assert sentences(graph.LEARNING, "introduces") == [graph.SENTENCE]
    assert len(sentences("", "", "dataset/imagenet")) == 3
    assert sentences(graph.CODES, "introduces", "method/thingclr") == []
    told = browser.evidence("", "introduces", "method/thingclr")["statements"][0]
    assert (told["title"], told["start"], told["end"]) == ("Contrastive Learning of Things", 0, len(graph.SENTENCE))
