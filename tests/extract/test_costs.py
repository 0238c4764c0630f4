"""Figures of tokens, memory and time do not take the metric of a neighbour."""

import pytest

from kg.data import Mention
from kg.extract.costs import is_of_another_quantity
from kg.extract.figures import may_be_figures
from kg.extract.places import Sentence


def told(text: str, metric: str) -> list[bool]:
    """What is said of each figure of a sentence that has one metric."""
    start = text.index(metric)
    named = (Mention(start, start + len(metric), metric, "Metric", "reports", 0.9, ("lexicon",)),)
    sentence = Sentence(0, len(text), (), (), named, ())
    return [is_of_another_quantity(text, sentence, figure, metric) for figure in may_be_figures(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "metric", "expected"),
    [
        ("It gains 4.1% accuracy and saves 3.3% tokens.", "accuracy", [False, True]),
        ("It improves FID by 57% with 70% fewer trainable parameters.", "FID", [False, True]),
        ("It gains 3.0% accuracy while reducing token usage by 46.9%.", "accuracy", [False, True]),
        ("It needs a memory overhead of 12% and reaches 81.5% recall.", "recall", [True, False]),
        ("It is 2.34x as quick while maintaining accuracy.", "accuracy", [True]),
    ],
)
def test_a_quantity_beside_a_figure_is_its_own(text: str, metric: str, expected: list[bool]) -> None:
    assert told(text, metric) == expected


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("It reduces latency by 40%.", "latency"),
        ("It brings a 2.1x speedup in latency.", "latency"),
        ("It cuts costs to 6.9% of FLOPs.", "FLOPs"),
        ("Their speedup decreases with model size to only 1.1x.", "speedup"),
        ("It reaches 79.2% success rate in 8 evaluations.", "success rate"),
        ("It gains 3.1% on tasks at the same accuracy.", "accuracy"),
        ("It reaches an accuracy of 81.5% after three epochs.", "accuracy"),
    ],
)
def test_a_metric_keeps_its_figure(text: str, metric: str) -> None:
    assert told(text, metric) == [False]


def test_no_metric_is_no_neighbours() -> None:
    text = "It saves 3.3% tokens."
    sentence = Sentence(0, len(text), (), (), (), ())
    assert not is_of_another_quantity(text, sentence, may_be_figures(text, 0, len(text))[0], "")
