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
    ("It cuts memory by a factor of 2.5.", "2.5", "factor"),
    ("It cuts memory by a factor of about 2.5.", "2.5", "factor"),
    ("It has a correlation factor of 56.5%.", "56.5%", "score"),
    ("It is as good with only 10% of its training data.", "10%", "factor"),
    ("It needs fewer than 10% of the training budget.", "10%", "factor"),
    ("It is as good at 26% of the cost.", "26%", "factor"),
    ("It preserves 99.4% performance on MMLU.", "99.4%", "factor"),
    ("It keeps 98% of the teacher's accuracy at half the size and 97% at a third.", "98%", "factor"),
    ("It keeps 98% of the teacher's accuracy at half the size and 97% at a third.", "97%", "factor"),
    ("It reaches 92.2% of human performance.", "92.2%", "factor"),
    ("It retains 95% accuracy.", "95%", "score"),
    ("It has 87.8% of accuracy.", "87.8%", "score"),
    ("It gains 12.8 % of Top-1 accuracy.", "12.8 %", "gain"),
    ("It requires only 6.5% training time.", "6.5%", "factor"),
    ("It consumes only 45% of the time.", "45%", "factor"),
    ("It cuts the model to under 10% of its original size.", "10%", "factor"),
    ("It is good, reducing costs to 6.5% of FLOPs.", "6.5%", "factor"),
    ("It lifts the share to 65% of all tokens.", "65%", "score"),
    ("It brings a 35% relative Word Error Rate (WER) reduction.", "35%", "gain"),
    ("It adds less than 0.5% additional parameters.", "0.5%", "factor"),
    ("It is right only 40.5% of the time.", "40.5%", "score"),
    ("It explains only 37% of the variance.", "37%", "score"),
    ("It reduces 90% of parameters.", "90%", "gain"),
    ("It saves up to 39% of prompt tokens.", "39%", "gain"),
    ("It comes with 30% memory reduction.", "30%", "gain"),
    ("It answers at -10% tokens.", "-10%", "gain"),
    ("It trails people by 27 points, 59.5 vs. 86.5.", "59.5", "score"),
    ("It beats the other one (54.5% vs. 50.5%).", "54.5%", "score"),
    ("It beats the other one (54.5 FID vs. 80.5).", "54.5", "score"),
    ("It is ahead (+3.5% vs. the last one).", "+3.5%", "gain"),
    ("It is ahead by 3.5% vs. 1.5%.", "3.5%", "gain"),
    ("It reduces tokens by 98% versus the last one.", "98%", "gain"),
    ("It reduces tokens by -98% versus 97%.", "-98%", "gain"),
    ("It improves much, to give 56.5% (+40.0%) on AIME.", "56.5%", "score"),
    ("It improves much, with 56.5% (+40.0%) on AIME.", "+40.0%", "gain"),
    ("It improves by 5.5% (+3.0 points).", "5.5%", "gain"),
    ("It achieves 6.5%, 7.5%, and 5.5% higher accuracy.", "6.5%", "gain"),
    ("It achieves 6.5%, 7.5%, and 5.5% higher accuracy.", "7.5%", "gain"),
    ("This yields 8\\% and 2\\% gains on ARC.", "8\\%", "gain"),
    ("It runs at 31 FPS, 17.5x faster than before.", "31 FPS", "score"),
    ("They reach 42%, and 45% accuracy respectively-gaps are large.", "42%", "score"),
    ("It delivers a 92% faster rate on KernelBench.", "92%", "score"),
    ("It reaches 28.5 BLEU against 17.5 after training.", "17.5", "baseline"),
    ("It reaches 28.5 BLEU against 17.5 after training and 21.5 before.", "21.5", "baseline"),
    ("It raises the rate from below 9% to over 62%.", "9%", "baseline"),
    ("It raises the rate from below 9% to over 62%.", "62%", "score"),
    ("The best within the 10B class is this one (40.5%).", "40.5%", "score"),
    ("It is within 0.5 points of the best.", "0.5 points", "gain"),
    ("It ends within 30 seconds.", "30 seconds", "score"),
    ("All are within 12% of one another.", "12%", "gain"),
    ("They come within 2.5% and 3.5% of people.", "3.5%", "gain"),
    ("They have rates above 76% but precision below 45%.", "76%", "score"),
    ("They are 12 points below the others.", "12 points", "gain"),
    ("They are 12% above the others.", "12%", "gain"),
    ("It outperforms BM25 (9.5%).", "9.5%", "baseline"),
    ("It scores 0.75, above the previous best of 0.72.", "0.72", "baseline"),
    ("It solves all, while previous work only solved 68-71%.", "68-71%", "baseline"),
    ("It raises the previous best to 5.5%.", "5.5%", "score"),
    ("It exceeds the previous best by 5.5%.", "5.5%", "gain"),
    ("Surpassing previous work with 85.5%, it is new.", "85.5%", "score"),
    ("It is comparable to GPT-4o (51.5).", "51.5", "baseline"),
    ("It reaches 59.5%, outperforming the strongest agent at 48.5%.", "48.5%", "baseline"),
    ("It reaches 59.5%, outperforming Zorb_{0.5} at 48.5%.", "48.5%", "baseline"),
    ("Outperforming all, it is best at 48.5%.", "48.5%", "score"),
    ("It is faster, and preferred by 80% of users.", "80%", "score"),
    ("It is used by over 80% of users.", "80%", "score"),
    ("Usage falls by 80% at once.", "80%", "gain"),
    ("Quality drops (ΔAUC = 0.05).", "0.05", "gain"),
    ("It removes more than 90% of tokens.", "90%", "gain"),
    ("It brings 30% or greater improvement.", "30%", "gain"),
    ("It brings 20.5 and 17.5 percentage-point gains.", "20.5", "gain"),
    ("That is a mere 0.5% of the training cost.", "0.5%", "factor"),
    ("It improves on 36 tasks (3.1%-8.5%).", "3.1%-8.5%", "gain"),
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
