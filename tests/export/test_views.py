"""Parts and projections of a small graph, counted by hand."""

import pytest

from kg.data import Graph, Node
from kg.errors import ExportError, OntologyError
from kg.export import View, view
from tests.export.hostile import GRAPHS, ONTOLOGY, edge, paper, said

A, B, C, D = "method/a", "model/b", "task/c", "dataset/d"


def _graph() -> Graph:
    nodes = [
        Node(A, "Method", "A", papers=3), Node(B, "Model", "B", papers=2), Node(C, "Task", "C", papers=1),
        Node(D, "Dataset", "D"), Node("repository/r", "Repository", "r"), paper("one", 2020), paper("two", 2021),
        paper("three", 2023), paper("none", 0),
    ]  # fmt: skip
    one, two, three = (said("Words.", f"paper/{name}") for name in ("one", "two", "three"))
    edges = [
        edge("paper/one", "introduces", A, one, years=(2020, 2020)),
        edge("paper/one", "uses", B, one, years=(2020, 2020)),
        edge("paper/one", "hasRepository", "repository/r", one, years=(2020, 2020)),
        edge("paper/two", "uses", A, two, years=(2021, 2021)),
        edge("paper/two", "uses", B, two, years=(2021, 2021)),
        edge("paper/three", "uses", A, three, years=(2023, 2023)),
        edge("paper/three", "addresses", C, three, years=(2023, 2023)),
        edge(A, "basedOn", B, one, three, years=(2020, 2023)),
        edge(B, "broader", A, said("hierarchy", ""), years=(0, 0)),
    ]
    return Graph(
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(edges, key=lambda one: (one.subject, one.predicate, one.object))),
    )


GRAPH = _graph()


def _ids(graph: Graph) -> set[str]:
    return {node.id for node in graph.nodes}


def _claims(graph: Graph) -> set[tuple[str, str, str]]:
    return {(one.subject, one.predicate, one.object) for one in graph.assertions}


def test_everything_is_the_graph_itself() -> None:
    assert view(GRAPH, ONTOLOGY, View()) is GRAPH


def test_entities_are_entities_and_what_is_said_between_them() -> None:
    found = view(GRAPH, ONTOLOGY, View("entities"))
    assert _ids(found) == {A, B, C, D}
    assert _claims(found) == {(A, "basedOn", B), (B, "broader", A)}


def test_bipartite_joins_papers_and_entities_only() -> None:
    found = view(GRAPH, ONTOLOGY, View("bipartite"))
    assert len(found.assertions) == 6
    assert all(
        one.subject.startswith("paper/") and not one.object.startswith("repository/") for one in found.assertions
    )


def test_entities_meet_in_papers() -> None:
    found = view(GRAPH, ONTOLOGY, View("cooccurrence"))
    assert _ids(found) == {A, B, C}
    met = {(one.subject, one.object): one for one in found.assertions}
    assert set(met) == {(A, B), (A, C)}
    assert (met[A, B].papers, met[A, B].first_year, met[A, B].last_year) == (2, 2020, 2021)
    assert met[A, B].confidence == pytest.approx(2 / 6**0.5)
    assert [item.paper for item in met[A, B].evidence] == ["paper/one", "paper/two"]


def test_papers_share_entities_rare_ones_first() -> None:
    found = view(GRAPH, ONTOLOGY, View("papers"))
    pairs = {(one.subject, one.object): one for one in found.assertions}
    assert set(pairs) == {("paper/one", "paper/two"), ("paper/one", "paper/three"), ("paper/three", "paper/two")}
    assert pairs["paper/one", "paper/two"].papers == 2
    assert pairs["paper/one", "paper/two"].evidence[0].sentence == "Both speak of B, A."
    assert pairs["paper/one", "paper/two"].confidence > pairs["paper/one", "paper/three"].confidence


def test_an_entity_of_very_many_papers_joins_none_of_them() -> None:
    papers = [paper(f"{number:03}") for number in range(101)]
    edges = [edge(one.id, "uses", A, said("Words.", one.id)) for one in papers]
    crowd = Graph((Node(A, "Method", "A"), *papers), tuple(edges))
    assert view(crowd, ONTOLOGY, View("papers")).assertions == ()
    less = Graph((Node(A, "Method", "A"), *papers[:100]), tuple(edges[:100]))
    assert view(less, ONTOLOGY, View("papers")).assertions


def test_a_type_includes_the_types_under_it() -> None:
    assert _ids(view(GRAPH, ONTOLOGY, View(types=("Method", "Task")))) == {A, B, C}
    assert _ids(view(GRAPH, ONTOLOGY, View(types=("Model",)))) == {B}


def test_years_keep_what_their_papers_say() -> None:
    found = view(GRAPH, ONTOLOGY, View(years=(2021, 2023)))
    assert _ids(found) == {A, B, C, "paper/two", "paper/three"}
    based = next(one for one in found.assertions if one.predicate == "basedOn")
    assert [item.paper for item in based.evidence] == ["paper/three"]
    assert (based.papers, based.first_year, based.last_year) == (1, 2023, 2023)
    assert (B, "broader", A) in _claims(found)
    by_id = {node.id: node for node in found.nodes}
    assert (by_id[A].papers, by_id[A].first_year, by_id[B].papers) == (2, 2021, 2)


def test_years_come_before_the_projection() -> None:
    found = view(GRAPH, ONTOLOGY, View("cooccurrence", years=(2020, 2020)))
    assert [(one.subject, one.object, one.papers) for one in found.assertions] == [(A, B, 1)]


def test_limits_count_after_the_projection() -> None:
    assert _claims(view(GRAPH, ONTOLOGY, View("cooccurrence", min_weight=2))) == {(A, "occursWith", B)}
    assert _ids(view(GRAPH, ONTOLOGY, View("cooccurrence", min_degree=2))) == {A}
    assert _ids(view(GRAPH, ONTOLOGY, View(min_degree=1))) == _ids(GRAPH) - {D, "paper/none"}
    assert _ids(view(GRAPH, ONTOLOGY, View(top=2))) == {A, B}


@pytest.mark.parametrize("name", ["full", "entities", "papers", "cooccurrence", "bipartite"])
@pytest.mark.parametrize("graph", GRAPHS)
def test_a_view_is_a_graph_like_any_other(graph: str, name: str) -> None:
    found = view(GRAPHS[graph], ONTOLOGY, View(name))
    ids = [node.id for node in found.nodes]
    claims = [(one.subject, one.predicate, one.object) for one in found.assertions]
    assert ids == sorted(set(ids))
    assert claims == sorted(set(claims))
    assert all(
        one.subject in ids and one.object in ids and one.predicate in ONTOLOGY.predicate_by_name
        for one in found.assertions
    )


def test_what_is_unknown_is_refused_with_what_is_known() -> None:
    with pytest.raises(ExportError, match="cooccurrence"):
        view(GRAPH, ONTOLOGY, View("nonsense"))
    with pytest.raises(OntologyError, match="Benchmark"):
        view(GRAPH, ONTOLOGY, View(types=("Metod",)))
