"""What figures are on where lists or turns tell for certain."""

import pytest

from kg.data import Mention
from kg.extract.figures import may_be_figures
from kg.extract.lists import in_order, reached_in_order
from kg.extract.places import Sentence


def told(text: str) -> list[str | None]:
    """The data that the order gives each sure figure of a sentence about Aset, Bset and Cset."""
    named = tuple(
        Mention(text.index(form), text.index(form) + len(form), form, "Dataset", "evaluates", 0.9, ("lexicon",))
        for form in ("Aset", "Bset", "Cset")
        if form in text
    )
    data = tuple(sorted(named, key=lambda one: one.start))
    found = may_be_figures(text, 0, len(text))
    answers = in_order(text, Sentence(0, len(text), data, (), (), ()), found)
    return [answers.get(index) for index, figure in enumerate(found) if figure.sure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It gains 5.1%, 3.2% and 2.3% on Aset, Bset and Cset.", ["Aset", "Bset", "Cset"]),
        ("It gains 7.3% and 5.1% recall on Aset and Bset.", ["Aset", "Bset"]),
        ("Its gains are +5.3 / +3.6 points over the usual on Bset / Aset.", ["Bset", "Aset"]),
        ("On Aset and Bset it reaches 5.1% and 3.2%, respectively.", ["Aset", "Bset"]),
        ("It is 2.1x faster and brings 7.3% and 5.1% on Aset and Bset.", [None, "Aset", "Bset"]),
        ("It raises Aset from 5.1% to 7.2% and Bset from 2.3% to 3.4%.", ["Aset", "Aset", "Bset", "Bset"]),
        ("It reaches 5.1% on Aset, 3.2% on Bset and 2.3% on Cset.", ["Aset", "Bset", "Cset"]),
        ("On Aset it gains 5.1%, and Bset (3.2%) is no worse.", ["Aset", "Bset"]),
    ],
)
def test_order_tells_what_figures_are_on(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It reaches 5.1% on Aset.",
        "It gains 5.1% and 3.2% on Aset, Bset and Cset.",
        "On Aset and Bset it reaches 5.1% and 3.2%.",
        "Aset is 6.6% better on Bset while it costs 40% less.",
        "It gains 5.1% on Aset, 3.2% at most and 2.1% on Bset.",
    ],
)
def test_order_may_tell_nothing(text: str) -> None:
    assert set(told(text)) == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It beats agents on Aset and Bset that achieve 27.1% and 29.8%, respectively.", ["Aset", "Bset"]),
        ("On it Aset and Bset collapse to 39.5% and 23.8%, respectively.", ["Aset", "Bset"]),
        ("It outperforms Aset and Bset by 16.1% and 21.2%, respectively.", [None, None]),
        ("It runs on Aset and Bset, achieving speedups up to 2.3x and 2.5x, respectively.", [None, None]),
        ("On it Aset and Bset achieve 27.1% and 29.8% in the end.", [None, None]),
    ],
)
def test_order_tells_whose_figures_are(text: str, expected: list[str | None]) -> None:
    methods = tuple(
        Mention(text.index(form), text.index(form) + len(form), form, "Method", "compares", 0.9, ("lexicon",))
        for form in ("Aset", "Bset")
    )
    found = may_be_figures(text, 0, len(text))
    answers = reached_in_order(text, Sentence(0, len(text), (), (), (), methods), found)
    assert [answers.get(index) for index, figure in enumerate(found) if figure.sure] == expected
