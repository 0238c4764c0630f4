"""The cue language."""

import time

import pytest

from kg.data import Paper
from kg.errors import OntologyError
from kg.extract.cues import CueMatcher, Slots, compile_cue
from kg.extract.reading import read
from kg.ontology import Cue, Ontology


def hits(pattern: str, text: str, *names: str) -> list[tuple[str, str]]:
    """Texts in X and Y wherever the cue holds; names are single words of the text."""
    reading = read(Paper("p", "", text))
    spans = [(index, index) for index, word in enumerate(reading.words) if word in names]
    found = CueMatcher([Cue("p", pattern)]).find(reading, Slots.of(spans))
    return [
        (reading.words[spans[hit.x][0]] if hit.x >= 0 else "", reading.words[spans[hit.y][0]] if hit.y >= 0 else "")
        for hit in found
    ]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("we propose X", "Here we propose Foo."),
        ("we propose|introduce X", "We INTRODUCE Foo"),
        ("we propose X", "we propose a novel framework Foo"),
        ("we ... propose X", "we then also propose Foo"),
        ("we ... propose X", "we propose Foo"),
        ("we really? propose X", "we propose Foo"),
        ("we really? propose X", "we really propose Foo"),
        ("X , a ... novel", "Foo , a rather new and novel thing"),
        ("called X", 'a thing called "Foo"'),
        ("X ... ... wins", "Foo a b c d e f g h wins"),
    ],
)
def test_holds(pattern: str, text: str) -> None:
    assert hits(pattern, text, "Foo") == [("Foo", "")]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("we propose X", "we propose. Foo is here."),
        ("we propose X", "we propose that cats eat Foo"),
        ("we ... propose X", "we one two three four five propose Foo"),
        ("we propose X", "they propose Foo"),
        ("X , a ... novel", "Foo , a b c d e f novel"),
        ("X wins", "wins Foo"),
    ],
)
def test_does_not_hold(pattern: str, text: str) -> None:
    assert hits(pattern, text, "Foo") == []


def test_fills_both_slots_and_takes_the_nearest() -> None:
    assert hits(
        "X ... outperforms|beats ... Y", "Bar and Foo clearly beats both Baz and Qux", "Foo", "Bar", "Baz", "Qux"
    ) == [("Foo", "Baz")]


@pytest.mark.parametrize("pattern", ["X", "we propose", "X ... Y", "word? X", ""])
def test_refuses_a_cue_that_cannot_be_anchored(pattern: str) -> None:
    with pytest.raises(OntologyError):
        compile_cue(Cue("p", pattern, "kg.yaml"))


def test_all_packaged_cues_compile(ontology: Ontology) -> None:
    assert CueMatcher(cue for predicate in ontology.predicates for cue in predicate.cues)


def test_hostile_text_costs_linear_time() -> None:
    matcher = CueMatcher([Cue("p", "X ... we ... we ... we ... Y")])
    times = []
    for count in (2_000, 8_000):
        reading = read(Paper("p", "", "we " * count))
        slots = Slots.of((index, index) for index in range(0, count, 50))
        start = time.process_time()
        list(matcher.find(reading, slots))
        times.append(time.process_time() - start)
    assert times[1] < 8 * times[0] + 0.2
