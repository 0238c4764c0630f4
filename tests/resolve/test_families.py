"""Hierarchy: what stands under what, and what does not."""

import pytest

from kg.resolve import resolve
from tests.resolve.cases import entity, paper


def steps(ontology, *names, type_name="Method"):
    resolution = resolve([paper(n, entity(name, type_name=type_name)) for n, name in enumerate(names)], ontology)
    shown = {node.id: node.name for node in resolution.entities}
    return {(shown[step.narrower], shown[step.broader]) for step in resolution.broader}


def test_releases_stand_under_their_family(ontology):
    found = steps(ontology, "Zebra-3-8B-Instruct", "Zebra-3-8B", "Zebra 3", "Zebra")
    assert found == {("Zebra-3-8B-Instruct", "Zebra-3-8B"), ("Zebra-3-8B", "Zebra 3"), ("Zebra 3", "Zebra")}


def test_missing_step_is_climbed_over(ontology):
    assert steps(ontology, "Zebra-3-8B-Instruct", "Zebra") == {("Zebra-3-8B-Instruct", "Zebra")}


@pytest.mark.parametrize(
    ("narrower", "broader", "expected"),
    [
        ("zebra question answering", "question answering", True),
        ("image and zebra generation", "zebra generation", False),
        ("beyond zebra generation", "zebra generation", False),
        ("zebra classification", "classification", False),
    ],
)
def test_tasks_stand_under_their_head(ontology, narrower, broader, expected):
    found = {below for below, _ in steps(ontology, narrower, broader, type_name="Task")}
    assert (narrower in found) is expected


def test_metrics_have_no_family_by_name(ontology):
    assert not steps(ontology, "zebra precision rate", "precision rate", type_name="Metric")


def test_nothing_stands_above_itself(ontology):
    found = resolve([paper(1, *(entity(term.name, type_name=term.type) for term in ontology.terms))], ontology)
    above = {step.narrower: step.broader for step in found.broader}
    for start, here in above.items():
        seen = {start}
        while here in above:
            assert here not in seen
            seen.add(here)
            here = above[here]  # noqa: PLW2901  (climbing)


def test_absent_family_is_added_only_for_two_members(ontology):
    by_parent: dict[str, list[str]] = {}
    for term in ontology.terms:
        if term.broader and term.type == "Model" and not term.ambiguous:
            by_parent.setdefault(term.broader, []).append(term.name)
    parent, members = next((name, names) for name, names in by_parent.items() if len(names) > 1)
    one = resolve([paper(1, entity(members[0], type_name="Model"))], ontology)
    two = resolve([paper(1, *(entity(name, type_name="Model") for name in members[:2]))], ontology)
    assert parent not in {node.name for node in one.entities}
    assert parent in {node.name for node in two.entities}
