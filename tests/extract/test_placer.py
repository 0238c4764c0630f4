"""What a figure was measured on: the options, and the choice by trees made by hand."""

from kg.data import Mention
from kg.extract.figures import figures
from kg.extract.placer import FEATURES, Setting, choose, describe, options
from kg.extract.places import Sentence, places
from tests.extract.test_judge import stump

TEXT = "Zorblax reaches 91.2% on MMLU and 40.5% on GSM8K."


def mention(form: str, kind: str) -> Mention:
    start = TEXT.index(form)
    return Mention(start, start + len(form), form, kind, "evaluates", 0.9, ("lexicon",))


def setting() -> Setting:
    data = (mention("MMLU", "Benchmark"), mention("GSM8K", "Benchmark"))
    sentence = Sentence(0, len(TEXT), data, (), (), ())
    found = figures(TEXT, 0, len(TEXT))
    ruled = places(TEXT, sentence, found)
    return Setting(TEXT, sentence, found, ruled, frozenset(("MMLU", "GSM8K")), "OwnBench", "CIFAR-10")


def test_options_are_nothing_each_name_once_and_what_the_paper_offers() -> None:
    offered = options(setting(), 0)
    assert [(option.kind, option.text) for option in offered] == [
        ("none", ""),
        ("benchmark", "MMLU"),
        ("benchmark", "GSM8K"),
        ("own", "OwnBench"),
        ("previous", "CIFAR-10"),
    ]


def test_features_say_where_an_option_stands() -> None:
    here = setting()
    rows = [dict(zip(FEATURES, describe(here, 0, option), strict=True)) for option in options(here, 0)]
    assert all(len(describe(here, 1, option)) == len(FEATURES) for option in options(here, 1))
    assert [row["rule"] for row in rows] == [0, 1, 0, 0, 0]
    assert rows[1]["lead-on"] == rows[1]["touches"] == rows[1]["after"] == 1
    assert rows[2]["figures-between"] == rows[2]["data-between"] == 1
    assert rows[0]["percent"] == 1


def test_the_likeliest_option_is_chosen() -> None:
    by_rule = stump(2, FEATURES.index("rule"), 0.5, 0, 1)
    assert choose(setting(), by_rule) == ["MMLU", "GSM8K"]
    never = stump(2, FEATURES.index("none"), 0.5, 0, 1)
    assert choose(setting(), never) == ["", ""]
