"""A paper's own thing under the name, or beside the name, of a known one."""

import pytest

from kg.resolve import resolve
from tests.resolve.cases import entity, paper


def shares(ontology, known, type_name, own, title=""):
    """Whether a paper's own thing has the node of a known one."""
    papers = [paper(1, entity(known, type_name=type_name)), paper(2, own, title=title)]
    one, other = (given.entity_ids for given in resolve(papers, ontology).papers)
    return one == other


@pytest.mark.parametrize(
    ("known", "type_name", "short", "long"),
    [
        ("MoGe", "Model", "MoGE", "Mixing of Gated Elephants"),
        ("verl", "Method", "VERL", "Vivid Elephant Route Lookup"),
        ("rotary position embedding", "Method", "ROPE", "Random Object Probing Exam"),
    ],
)
def test_what_a_paper_introduces_and_spells_otherwise_is_not_the_known_thing(ontology, known, type_name, short, long):
    assert not shares(ontology, known, type_name, entity(short, long, type_name=type_name, role="introduces"))
    assert shares(ontology, known, type_name, entity(known, type_name=type_name, role="introduces"))


@pytest.mark.parametrize(
    ("known", "type_name", "short", "long"),
    [
        ("KRIS-Bench", "Benchmark", "KRIS-Bench", "Knowing Right Image Skills Benchmark"),
        ("HPSv3", "Metric", "HPSv3", "Human Preference Score v3"),
        ("VSI-Bench", "Benchmark", "VSI-Bench", "visual-spatial insight benchmark"),
    ],
)
def test_a_paper_that_only_expands_the_known_name_keeps_it(ontology, known, type_name, short, long):
    assert shares(ontology, known, type_name, entity(short, long, type_name=type_name, role="introduces"))
