"""Which numbers may be reported figures: ranges as one, and what looks like a figure and reports nothing."""

import pytest

from kg.extract.figures import figures, may_be_figures
from kg.extract.unreported import reports_nothing


def values(sentence: str) -> list[str]:
    return [figure.value for figure in may_be_figures(sentence, 0, len(sentence))]


RANGES = [
    ("It improves recall by 4% to 7%.", ["4% to 7%"]),
    ("It yields 1.5x to 4x cheaper answers.", ["1.5x to 4x"]),
    ("It is a remarkable 3$\\times$ to 7$\\times$ faster.", ["3$\\times$ to 7$\\times$"]),
    ("Gains of about 2.5 points to 3.5 points are seen.", ["2.5 points to 3.5 points"]),
    ("Models exhibit 32% to 48% degradation.", ["32% to 48%"]),
    ("It gains by 2% to 3% on MMLU and 4% to 6% on ARC.", ["2% to 3%", "4% to 6%"]),
    ("Accuracy improves (+0.5% to +3.5%).", ["+0.5% to +3.5%"]),
    ("It answers with fewer tokens (-3% to -41%).", ["-3% to -41%"]),
    ("It is 7.5x -7.8x faster.", ["7.5x -7.8x"]),
    ("It reaches $2\\times$ to $3\\times$, and is thus between $2\\times$ to $3\\times$ faster.",
     ["2\\times", "3\\times", "2\\times$ to $3\\times"]),
]  # fmt: skip
TWO = [
    ("It rises from 4% to 7%.", ["4%", "7%"]),
    ("It rises from 4% and 5% to 7% and 8%.", ["4%", "5%", "7%", "8%"]),
    ("It lifts accuracy on ARC (94.0% to 95.5%).", ["94.0%", "95.5%"]),
    ("It falls from 76% and 61% to 12%.", ["76%", "61%", "12%"]),
    ("Baselines have 36%, 44%, and 12% to 92%.", ["36%", "44%", "12%", "92%"]),
    ("It cuts the error by 40% to 12%.", ["40%", "12%"]),
    ("It is faster by 3x to 12%.", ["3x", "12%"]),
    ("It loses +4% -3%.", ["+4%", "-3%"]),
]


@pytest.mark.parametrize(("sentence", "expected"), [*RANGES, *TWO])
def test_a_range_is_one_figure_and_a_change_is_two(sentence: str, expected: list[str]) -> None:
    assert values(sentence) == expected


NOTHING = [
    "We compare with Zorb_{0.5}.",
    "It needs $d^{2.5}$ examples.",
    "It runs on a 16GB laptop.",
    "It fits a single 24 GB consumer card.",
    "It runs on a 24GB NVIDIA GPU.",
    "The worst-25% are kept.",
    "There are many, with 40% being questions.",
    "It is fine-tuned with 1% labeled data.",
    "It learns from 0.5% of the pretraining data.",
    "It wins clearly (p < 0.001).",
    "It wins clearly (p-value = 0.02).",
    "It is even (95% CI: 0.5-0.75).",
    "We give 95% confidence intervals.",
    "It surpasses 10x larger models.",
    "It is on par with models up to 10x larger.",
    "It beats a model 10x its size.",
    "It is in version 2.5 now.",
    "It was tried on Quoxbench (2024.08-2025.05).",
    "It is in use (version 2.5).",
    "See https://zorb.example/v-1.5 for all.",
    "It takes audio at 44.1kHz.",
    "It makes a 32 second clip.",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_reports_nothing_is_no_figure_at_all(sentence: str) -> None:
    assert values(sentence) == []


SOMETHING = [
    ("It reaches 81.2_{+0.5} on MMLU.", "+0.5"),
    ("It saves 2.3 GB of GPU memory.", "2.3 GB"),
    ("It needs 10.9 GB at its peak.", "10.9 GB"),
    ("It needs 12GB GPU memory.", "12GB"),
    ("Its top-1 accuracy is 84.5%.", "84.5%"),
    ("It has the best 84.5% accuracy.", "84.5%"),
    ("It ranks in the top 5% of all.", "5%"),
    ("It works at 24.5 Hz control.", "24.5 Hz"),
    ("It controls the arm at 1.5 kHz.", "1.5 kHz"),
    ("It makes a clip in 32 seconds.", "32 seconds"),
    ("It is 10x larger than before.", "10x"),
    ("It trains 10x larger models on one card.", "10x"),
    ("It needs 10% less training data.", "10%"),
    ("It is 15% above its base version (0.25).", "0.25"),
    ("Its 95% recall is high.", "95%"),
]


@pytest.mark.parametrize(("sentence", "value"), SOMETHING)
def test_what_is_like_it_may_be_a_figure(sentence: str, value: str) -> None:
    assert value in values(sentence)


def test_it_is_no_figure_by_rule_either() -> None:
    sentence = "It surpasses 10x larger models by 4% to 7%."
    assert [figure.value for figure in figures(sentence, 0, len(sentence))] == ["4% to 7%"]


def test_a_long_text_around_a_number_does_no_harm() -> None:
    assert not reports_nothing("5%", "with " + "only " * 5_000, " and" * 5_000)
    assert not reports_nothing("5x", "than " + "a-b " * 5_000, " larger" + " a" * 5_000)
    assert len(values("by 1% to 2% and " * 2_000)) <= 2_001
