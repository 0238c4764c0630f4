"""Which forms are shown as names of a node, and which of its names is its label."""

import pytest

from kg.resolve import resolve
from tests.resolve.cases import entity, paper


def node(ontology, *papers):
    """The entity of the first entity of the first paper, and the reasons for what was joined to it."""
    resolution = resolve(papers, ontology)
    first = resolution.papers[0].entity_ids[0]
    found = next(one for one in resolution.entities if one.id == first)
    return found, {merge.name: merge.reason for merge in resolution.merges if merge.entity == first}


@pytest.mark.parametrize(
    ("type_name", "name", "aside", "why"),
    [
        ("Method", "Zorblat", "Zorblat dataset", "of another type"),
        ("Task", "zebra counting", "zebra counting model", "of another type"),
        ("Benchmark", "ZebraBench", "ZebraBench score", "of another type"),
        ("Task", "zebra counting", "zebra and lion counting", "names more than it"),
        ("Method", "Zorblat", "Zorblat / Zumpf", "names more than it"),
        ("Method", "Zorblat", "Qwen2.5-VL", "a thing of its own"),
    ],
)
def test_what_lies_near_a_thing_is_none_of_its_names(ontology, type_name, name, aside, why):
    found, reasons = node(ontology, paper(1, entity(name, aside, type_name=type_name)))
    assert aside not in found.aliases
    assert reasons[aside].endswith(why)


@pytest.mark.parametrize(
    ("type_name", "name", "aside"),
    [
        ("Benchmark", "ZebraBench", "ZebraBench dataset"),
        ("Method", "Zorblat", "Zorblat framework"),
        ("Method", "zero and bold quilting", "zero and bolder quilting"),
        ("Method", "ZABQ", "zero and bold quilting"),
        ("Metric", "zebra score", "the zebra score"),
        ("Method", "ReZe", "Read, then zero (ReZe)"),
    ],
)
def test_what_says_the_same_thing_is_one_of_its_names(ontology, type_name, name, aside):
    found, _ = node(ontology, paper(1, entity(name, aside, type_name=type_name)))
    assert aside in found.aliases


def test_a_name_belongs_to_the_node_that_most_papers_name_so(ontology):
    aside = paper(1, entity("Zorblat", "quilted attention"))
    named = [paper(n, entity("quilted attention")) for n in (2, 3)]
    assert "quilted attention" in node(ontology, aside)[0].aliases
    assert "quilted attention" not in node(ontology, aside, *named)[0].aliases
    asides = [paper(n, entity("Zorblat", "quilted attention")) for n in range(4, 8)]
    assert "quilted attention" in node(ontology, aside, *named, *asides)[0].aliases


def test_an_explained_acronym_stays_though_another_thing_has_it_for_a_name(ontology):
    own = paper(1, entity("zero quenching", "ZQ"), acronyms=(("ZQ", "zero quenching"),))
    others = [paper(n, entity("ZQ", "zonal quilting"), acronyms=(("ZQ", "zonal quilting"),)) for n in (2, 3, 4)]
    assert "ZQ" in node(ontology, own, *others)[0].aliases


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (["quilted models", "quilted models", "quilted model"], "quilted model"),
        (["Quilted Painting", "Quilted Painting", "quilted painting"], "quilted painting"),
        (["quilting strategies", "quilting strategy"], "quilting strategy"),
        (["Quilted Painting"] * 5 + ["quilted painting"], "Quilted Painting"),
        (["ZorBlats", "ZorBlats", "zorblats"], "ZorBlats"),
        (["quilted painting", "Quilted Paintings", "Quilted Paintings"], "quilted painting"),
    ],
)
def test_plain_words_are_labelled_as_they_stand_in_a_sentence(ontology, names, label):
    found, _ = node(ontology, *(paper(number, entity(name)) for number, name in enumerate(names)))
    assert found.name == label
    assert {label, *found.aliases} == set(names)
