from dataclasses import replace

import pytest

from kg.data import Broader, Graph, ResolvedPaper
from kg.graph import assemble, paper_id
from kg.ontology import Ontology, load_ontology
from tests.graph import papers


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def graph(ontology: Ontology) -> Graph:
    return assemble(papers.resolution(papers.annotated()), ontology)


def edges(graph: Graph) -> set[tuple[str, str, str]]:
    return {(a.subject, a.predicate, a.object) for a in graph.assertions}


def test_roles_become_the_predicates_of_the_ontology(graph: Graph) -> None:
    own = paper_id(papers.annotated().paper)
    assert {
        (own, "introduces", "method/tinyteach"),
        (own, "reports", "metric/accuracy"),
        (own, "evaluatesOn", "dataset/imagenet"),
        (own, "comparesWith", "method/bigteach"),
    } <= edges(graph)


def test_every_assertion_quotes_its_sentence_at_its_span(graph: Graph) -> None:
    for assertion in graph.assertions:
        for item in assertion.evidence:
            if item.end > item.start:
                assert papers.TEXT[item.start : item.end] in item.sentence


def test_two_mentions_are_two_pieces_of_evidence_for_one_assertion(graph: Graph) -> None:
    introduced = [a for a in graph.assertions if a.predicate == "introduces"]
    assert [len(a.evidence) for a in introduced] == [2]
    assert introduced[0].papers == 1
    assert (introduced[0].first_year, introduced[0].last_year) == (2024, 2024)


def test_the_sentence_that_tells_the_role_comes_first_and_one_that_only_names_counts_half(graph: Graph) -> None:
    introduced = next(a for a in graph.assertions if a.predicate == "introduces")
    assert [(item.sentence, item.score) for item in introduced.evidence] == [
        ("We propose TinyTeach.", 0.8),
        (papers.TITLE, 0.4),
    ]


def test_what_tells_the_role_is_as_sure_as_the_best_mention_and_so_is_the_assertion(ontology: Ontology) -> None:
    paper = papers.annotated()
    title, said, *others = paper.mentions
    doubtful = replace(paper, mentions=(replace(title, score=0.9), replace(said, score=0.3), *others))
    introduced = next(
        a for a in assemble(papers.resolution(doubtful), ontology).assertions if a.predicate == "introduces"
    )
    assert [item.score for item in introduced.evidence] == [0.9, 0.45]
    alike = replace(doubtful, mentions=tuple(replace(mention, telling=True) for mention in doubtful.mentions))
    same = next(a for a in assemble(papers.resolution(alike), ontology).assertions if a.predicate == "introduces")
    assert introduced.confidence == same.confidence
    assert [item.start for item in same.evidence] == sorted(item.start for item in same.evidence)


def test_a_relation_outside_domain_and_range_is_refused_with_its_reason(graph: Graph) -> None:
    assert ("dataset/imagenet", "outperforms", "method/bigteach") not in edges(graph)
    assert [r.reason for r in graph.rejections] == ["Dataset → Method is outside domain and range of kg:outperforms"]


def test_a_result_is_a_node_with_metric_data_and_method(graph: Graph) -> None:
    result = next(node for node in graph.nodes if node.type == "Result")
    assert result.value == "71.2%"
    assert {(p, o) for s, p, o in edges(graph) if s == result.id} == {
        ("metric", "metric/accuracy"),
        ("onBenchmark", "dataset/imagenet"),
        ("resultOf", "method/tinyteach"),
    }


def test_a_link_is_a_node_under_its_canonical_address(graph: Graph) -> None:
    repository = next(node for node in graph.nodes if node.type == "Repository")
    assert repository.url == "https://github.com/ann/tiny"
    assert repository.id.startswith("repository/ann-tiny-")


def test_a_role_that_the_resolved_type_does_not_admit_becomes_the_nearest_one(ontology: Ontology) -> None:
    plain = papers.resolution(papers.annotated())
    entities = tuple(replace(e, type="Task") if e.id == "method/bigteach" else e for e in plain.entities)
    graph = assemble(replace(plain, entities=entities), ontology)
    assert {p for _, p, o in edges(graph) if o == "method/bigteach"} == {"mentions"}


def test_more_papers_mean_more_confidence(ontology: Ontology) -> None:
    one = papers.annotated()
    other = replace(one, paper=replace(one.paper, id="p2", title="TinyTeach: Teaching Smaller Networks"[:34]))
    assert len(other.paper.title) == len(one.paper.title)
    alone = assemble(papers.resolution(one), ontology)
    both = assemble(papers.resolution(one, other), ontology)

    def confidence(graph: Graph) -> float:
        return next(a.confidence for a in graph.assertions if a.predicate == "outperforms")

    assert confidence(both) > confidence(alone)
    assert next(n.papers for n in both.nodes if n.id == "dataset/imagenet") == 2


def test_authors_and_venue_of_the_listing_are_nodes(ontology: Ontology) -> None:
    graph = assemble(papers.resolution(papers.annotated(authors=("Ann Öst",), venue="ICML")), ontology)
    assert {"author/ann-ost", "venue/icml"} <= {node.id for node in graph.nodes}


def test_hierarchy_is_an_assertion_that_names_its_rule(ontology: Ontology) -> None:
    step = Broader("method/tinyteach", "method/bigteach", "version of a family")
    graph = assemble(replace(papers.resolution(papers.annotated()), broader=(step,)), ontology)
    found = next(a for a in graph.assertions if a.predicate == "broader")
    assert (found.evidence[0].extractor, found.evidence[0].sentence) == ("hierarchy", "version of a family")


def test_order_of_papers_changes_nothing_but_rejections(ontology: Ontology) -> None:
    one = papers.annotated()
    two = replace(one, paper=replace(one.paper, id="p2", title="Another Title With Other Words in It"[:34]))
    forward = assemble(papers.resolution(one, two), ontology)
    backward = assemble(papers.resolution(two, one), ontology)
    assert forward.nodes == backward.nodes
    assert forward.assertions == backward.assertions


def test_every_end_of_an_assertion_is_a_node_and_all_is_sorted(graph: Graph) -> None:
    ids = [node.id for node in graph.nodes]
    assert ids == sorted(set(ids))
    assert edges(graph) == {(s, p, o) for s, p, o in edges(graph) if s in ids and o in ids}
    keys = [(a.subject, a.predicate, a.object) for a in graph.assertions]
    assert keys == sorted(set(keys))


def test_one_entity_id_for_each_entity(ontology: Ontology) -> None:
    plain = papers.resolution(papers.annotated())
    short = replace(plain, papers=(ResolvedPaper(papers.annotated(), papers.IDS[:-1]),))
    with pytest.raises(ValueError, match="shorter"):
        assemble(short, ontology)
