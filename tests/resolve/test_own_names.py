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


@pytest.mark.parametrize(
    ("known", "type_name", "head"),
    [
        ("reinforcement learning", "Method", "Zebra-RL"),
        ("SWE-bench", "Benchmark", "SWE-bench-zebra"),
        ("direct preference optimization", "Method", "Zebra-Wise DPO"),
    ],
)
def test_the_head_of_a_title_is_the_name_of_the_own_thing(ontology, known, type_name, head):
    own = entity(known, head, type_name=type_name, role="introduces")
    assert not shares(ontology, known, type_name, own, title=f"{head}: For the Herd")
    assert shares(ontology, known, type_name, own, title=f"The Herd with {head}")
    named = resolve([paper(1, own, title=f"{head}: For the Herd")], ontology).entities
    assert [node.name for node in named] == [head]


@pytest.mark.parametrize(
    ("known", "head"),
    [
        ("mixture of experts", "MoE"),
        ("GUI agent", "GUI Agents"),
        ("chain-of-thought", "CoT"),
        ("reinforcement learning", "Herding"),
    ],
)
def test_a_head_that_is_short_for_the_known_thing_is_it(ontology, known, head):
    own = entity(known, head, role="introduces")
    assert shares(ontology, known, "Method", own, title=f"{head}: A Survey")


def test_a_head_that_shortens_what_means_the_known_thing_is_it(ontology):
    own = entity("RL", "ZTRL", "reinforcement learning", role="introduces")
    assert not shares(ontology, "RL", "Method", own, title="ZTRL: Herds")
    meant = entity("RL", "RLT", "reinforcement learning technique", role="introduces")
    assert shares(ontology, "RL", "Method", meant, title="RLT: Herds")


@pytest.mark.parametrize(
    ("known", "type_name", "short", "long"),
    [
        ("LGM", "Model", "LGM", "Latent Geometry Model"),
        ("TVM", "Method", "TVM", "Terminal Velocity Matching"),
    ],
)
def test_names_that_the_lexicon_spells_out_are_not_those_of_others(ontology, known, type_name, short, long):
    assert not shares(ontology, known, type_name, entity(short, long, type_name=type_name, role="introduces"))
