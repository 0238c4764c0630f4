"""Names that say half of what they mean, and what such halves must not be taken for."""

import pytest

from kg.resolve import resolve
from tests.resolve.cases import entity, paper


def shares(ontology, name, whole, *aliases, type_name="Method", role="uses", acronyms=()):
    """Whether a name that a paper uses for `whole` too has the node that another paper's `whole` has."""
    half = entity(name, whole, *aliases, type_name=type_name, role=role)
    papers = [paper(1, half, acronyms=acronyms), paper(2, entity(whole, type_name=type_name))]
    one, other = (given.entity_ids for given in resolve(papers, ontology).papers)
    return one == other


@pytest.mark.parametrize(
    ("name", "whole", "type_name"),
    [
        ("KV", "KV cache", "Method"),
        ("merging", "model merging", "Method"),
        ("forgetting", "catastrophic forgetting", "Task"),
        ("video models", "generative video models", "Method"),
        ("success", "success rate", "Metric"),
    ],
)
def test_half_of_a_name_is_the_whole_that_the_paper_says(ontology, name, whole, type_name):

    assert shares(ontology, name, whole, type_name=type_name)


def test_a_stated_acronym_is_the_whole_in_its_own_paper_only(ontology):
    stated = ("KV", "Key-Value")
    cached = paper(1, entity("KV", "KV cache", "Key-Value"), acronyms=(stated,))
    bare = paper(2, entity("KV", "Key-Value"), acronyms=(stated,))
    whole = paper(3, entity("KV cache"))
    one, other, known = (given.entity_ids for given in resolve([cached, bare, whole], ontology).papers)
    assert one == known != other


@pytest.mark.parametrize(
    ("name", "whole", "type_name"),
    [
        ("refusal", "over-refusal", "Task"),
        ("diversity", "quality-diversity", "Method"),
        ("segmentation", "part segmentation", "Task"),
        ("planning", "task planning", "Task"),
        ("GUI", "GUI automation", "Task"),
    ],
)
def test_the_other_side_and_the_broader_thing_stay_apart(ontology, name, whole, type_name):
    assert not shares(ontology, name, whole, type_name=type_name)


def test_a_paper_that_speaks_of_two_wholes_means_neither(ontology):
    assert not shares(ontology, "merging", "model merging", "token merging")


def test_what_a_paper_introduces_is_no_half(ontology):
    assert not shares(ontology, "merging", "model merging", role="introduces")
