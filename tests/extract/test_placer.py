"""What a figure was measured on: the options, and the choice by trees made by hand."""

import pytest

from kg.data import Mention
from kg.extract.figures import may_be_figures
from kg.extract.offers import Setting, Thing, options, phrases
from kg.extract.placer import FEATURES, choose, describe
from kg.extract.places import Sentence, places
from tests.extract.test_judge import stump

TEXT = "Zorblax reaches 91.2% on MMLU and 40.5% on GSM8K."


def mention(form: str, kind: str) -> Mention:
    start = TEXT.index(form)
    return Mention(start, start + len(form), form, kind, "evaluates", 0.9, ("lexicon",))


def setting() -> Setting:
    data = (mention("MMLU", "Benchmark"), mention("GSM8K", "Benchmark"))
    sentence = Sentence(0, len(TEXT), data, (), (), ())
    found = may_be_figures(TEXT, 0, len(TEXT))
    things = {"mmlu": Thing("MMLU", "evaluates", True, (0, 1)), "gsm8k": Thing("GSM8K", "evaluates", True, (1,))}
    return Setting(
        TEXT, sentence, found, places(TEXT, sentence, found), frozenset(("MMLU", "GSM8K")), "OwnBench", "CIFAR-10",
        ("SVHN",), ("counting",), number=1, things=things,
    )  # fmt: skip


def test_options_are_nothing_each_name_once_and_what_the_paper_offers() -> None:
    offered = options(setting(), 0)
    assert [(option.kind, option.text) for option in offered] == [
        ("none", ""),
        ("benchmark", "MMLU"),
        ("benchmark", "GSM8K"),
        ("own", "OwnBench"),
        ("previous", "CIFAR-10"),
        ("earlier", "SVHN"),
        ("title", "counting"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We reach 45.8% on EHRQA.", ["EHRQA", "EHRQA"]),
        ("It gains 4.2% in world knowledge.", ["world knowledge"]),
        ("It gains 4.2% on the factual retention tasks.", ["factual retention tasks", "factual retention"]),
        ("It saves 41% in the training phase, and time.", ["training phase"]),
        ("It gains 4.2% on LaSOT_{ext}.", ["LaSOT_{ext}", "LaSOT_"]),
        ("It gains 4.2%.", []),
    ],
)
def test_names_and_plain_phrases_are_options(sentence: str, expected: list[str]) -> None:
    found = list(phrases(sentence, Sentence(0, len(sentence), (), (), (), ())))
    assert [option.text for option in found] == expected
    assert all(sentence[option.start : option.end] == option.text for option in found)


def test_features_say_where_an_option_stands() -> None:
    here = setting()
    rows = [dict(zip(FEATURES, describe(here, 0, option), strict=True)) for option in options(here, 0)]
    assert all(len(describe(here, 1, option)) == len(FEATURES) for option in options(here, 1))
    assert [row["rule"] for row in rows] == [0, 1, 0, 0, 0, 0, 0]
    assert rows[1]["lead-on"] == rows[1]["touches"] == rows[1]["after"] == 1
    assert rows[2]["figures-between"] == rows[2]["names-between"] == 1
    assert rows[0]["unit-%"] == rows[0]["sure"] == 1
    assert [row["named"] for row in rows[:3]] == [0, 2, 1]
    assert rows[1]["titled"] == 1


def test_the_likeliest_option_is_chosen() -> None:
    by_rule = stump(2, FEATURES.index("rule"), 0.5, 0, 1)
    assert choose(setting(), by_rule) == ["MMLU", "GSM8K"]
    never = stump(2, FEATURES.index("none"), 0.5, 0, 1)
    assert choose(setting(), never) == ["", ""]


def test_a_number_that_nothing_makes_likely_is_no_result() -> None:
    nothing = stump(2, FEATURES.index("minus"), 0.5, 0, 1)
    assert choose(setting(), nothing) == [None, None]


def test_listed_data_and_listed_figures_are_aligned() -> None:
    text = "Gains are 5.5% and 2.2% on MMLU and GSM8K."
    spans = [(text.index(name), name) for name in ("MMLU", "GSM8K")]
    data = tuple(Mention(at, at + len(name), name, "Benchmark", "evaluates", 0.9, ("model",)) for at, name in spans)
    sentence = Sentence(0, len(text), data, (), (), ())
    here = Setting(text, sentence, may_be_figures(text, 0, len(text)), ["", ""], frozenset(), "", "")
    at = FEATURES.index("aligned")
    aligned = [[describe(here, index, option)[at] for option in options(here, index)[1:3]] for index in range(2)]
    assert aligned == [[1, -1], [-1, 1]]
