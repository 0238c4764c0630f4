"""Whether a figure is a score, a baseline, a gain or a factor."""

from collections.abc import Callable

import pytest

from kg.data import AnnotatedPaper
from kg.extract.measures import measure

Annotate = Callable[..., AnnotatedPaper]

CASES = [
    ("Zorblax reaches 83.2% on MMLU.", "83.2%", "score"),
    ("Only 12.1 of BLEU are left.", "12.1", "score"),
    ("All systems achieve less than 15% accuracy.", "15%", "score"),
    ("It lifts MMLU from 40.1% to 50.2%.", "50.2%", "score"),
    ("It lifts MMLU from 40.1% to 50.2%.", "40.1%", "baseline"),
    ("It reaches an FID of 1.9 (vs. 2.4).", "2.4", "baseline"),
    ("It reaches 1.9 compared with 2.4 before.", "2.4", "baseline"),
    ("It outperforms all others (71.3%).", "71.3%", "baseline"),
    ("It improves MMLU by up to an average of 4.5% and GSM8K by 3.1%.", "4.5%", "gain"),
    ("It improves MMLU by up to an average of 4.5% and 3.1%.", "3.1%", "gain"),
    ("Gains on MMLU of about 7.5 are usual.", "7.5", "gain"),
    ("The gains are 5.5% and more.", "5.5%", "gain"),
    ("It has a 12% relative improvement over the others.", "12%", "gain"),
    ("Memory is 30% lower than before.", "30%", "gain"),
    ("It stays within 2.5% of the upper bound.", "2.5%", "gain"),
    ("On MMLU (+1.1%) it is ahead.", "+1.1%", "gain"),
    ("MMLU rises 4.2 points.", "4.2 points", "gain"),
    ("It scores 64.2 points.", "64.2 points", "score"),
    ("It reaches 81.9% on ARC, 82.2% on DROP and 84.5% on MMLU.", "84.5%", "score"),
    ("It is 2.5x faster.", "2.5x", "factor"),
    ("It trains 40-fold faster.", "40-fold", "factor"),
    ("93%", "93%", "score"),
]


@pytest.mark.parametrize(("sentence", "value", "expected"), CASES)
def test_the_words_around_a_figure_tell_its_sort(sentence: str, value: str, expected: str) -> None:
    start = sentence.index(value)
    assert measure(sentence, start, start + len(value), value) == expected


def test_a_rival_that_is_named_has_a_score_and_one_that_is_not_has_no_method(annotate: Annotate) -> None:
    text = "We present Zorblax, a method. It beats GPT-4 (13.9%). It improves MMLU from 40.1% to 50.2%."
    results = annotate("Title", text).results
    assert [(r.value, r.by, r.measure) for r in results] == [
        ("13.9%", "GPT-4", "score"),
        ("40.1%", "", "baseline"),
        ("50.2%", "Zorblax", "score"),
    ]


def test_a_resolution_is_no_factor(annotate: Annotate) -> None:
    results = annotate("Title", "We present Zorblax. It reaches 1.45 FID on ImageNet 256 times 256.").results
    assert [r.value for r in results] == ["1.45"]
