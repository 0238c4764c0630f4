"""Figures of the best model, of most agents, of humans: credited to nobody."""

import pytest

from kg.data import Mention
from kg.extract.figures import figures
from kg.extract.places import Sentence
from kg.extract.rivals import is_of_nobody_named


def told(text: str, *methods: str) -> list[bool]:
    """What is said of each figure of a sentence in which these methods are named."""
    named = tuple(
        Mention(text.index(form), text.index(form) + len(form), form, "Method", "uses", 0.9, ("lexicon",))
        for form in methods
    )
    sentence = Sentence(0, len(text), (), (), (), named)
    return [is_of_nobody_named(text, sentence, figure) for figure in figures(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Even the strongest model reaches only 41.8% exact match.",
        "On it frontier models achieve over 99% accuracy.",
        "Existing systems only achieve 35.4%.",
        "It is saturated, since recent agents achieve over 90%.",
        "The best agent's accuracy being 25%, it is hard.",
        "Most LLMs such as the smaller ones fall below 40%.",
        "We find that current agents on Zorblax solve 12% of it.",
        "Human experts achieve 93.3%.",
        "This is far below the human score of 79.1%.",
        "The average is low, beside 91.8% for humans.",
    ],
)
def test_figures_of_systems_without_a_name(text: str) -> None:
    assert told(text) == [True]


@pytest.mark.parametrize(
    ("text", "methods"),
    [
        ("Zorblax outperforms existing models by 12%.", ("Zorblax",)),
        ("Our best model reaches 81.9%.", ()),
        ("The specialized model reaches 71.8%.", ()),
        ("Trained with Zorblax, an open-source model can reach 50.9%.", ("Zorblax",)),
        ("It improves most models, which reach 12%.", ()),
        ("The best model, Zorblax, reaches 45.9%.", ("Zorblax",)),
        ("Zorblax is the best model with 71.8%.", ("Zorblax",)),
        ("Compared to most agents, we reach 45.9%.", ()),
        ("Other methods fail where it reaches 45.9%.", ()),
        ("It wins 72% of comparisons in human evaluation.", ()),
        ("It is trained on videos of humans and reaches 72%.", ()),
        ("Video data of other robots or humans yield 42% more.", ()),
    ],
)
def test_figures_that_may_be_of_what_is_named(text: str, methods: tuple[str, ...]) -> None:
    assert told(text, *methods) == [False]


def test_each_clause_has_its_own_subject() -> None:
    text = "Zorblax reaches 60.2%, while most models drop to 45.1%."
    assert told(text, "Zorblax") == [False, True]
