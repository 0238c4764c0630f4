"""By which metric a figure was measured and whose it is: the options, and the choice by trees made by hand."""

from kg.data import Mention
from kg.extract.credit import FEATURES, choose, of_methods, of_metrics, options, rows
from kg.extract.figures import may_be_figures
from kg.extract.offers import Setting, Thing
from kg.extract.places import Sentence
from tests.extract.test_judge import stump

TEXT = "Zorblax reaches 91.2% accuracy, outperforming GPT-4 (40.5% accuracy)."


def mention(form: str, kind: str, role: str) -> Mention:
    start = TEXT.index(form)
    return Mention(start, start + len(form), form, kind, role, 0.9, ("lexicon",))


def setting() -> Setting:
    methods = (mention("Zorblax", "Method", "introduces"), mention("GPT-4", "Method", "compares"))
    sentence = Sentence(0, len(TEXT), (), (), (mention("accuracy", "Metric", "reports"),), methods)
    found = may_be_figures(TEXT, 0, len(TEXT))
    things = {
        "zorblax": Thing("Zorblax", "introduces", False, (0, 1)),
        "gpt 4": Thing("GPT-4", "compares", False, (1,)),
    }
    return Setting(
        TEXT, sentence, found, ["", ""], frozenset(), "", "", number=1, things=things, owner="Zorblax",
        metrics_before=("F1", "accuracy"), methods_before=("BERT",),
    )  # fmt: skip


def column(name: str, index: int) -> list[float]:
    credited = of_methods(setting())
    return [row[FEATURES.index(name)] for row in rows(setting(), credited, index, options(credited))]


def test_options_are_nothing_the_names_of_the_sentence_and_those_named_before() -> None:
    assert [(o.kind, o.text) for o in options(of_methods(setting()))] == [
        ("none", ""),
        ("here", "Zorblax"),
        ("here", "GPT-4"),
        ("earlier", "BERT"),
    ]
    assert [(o.kind, o.text) for o in options(of_metrics(setting()))] == [
        ("none", ""),
        ("here", "accuracy"),
        ("earlier", "F1"),
    ]


def test_features_say_how_a_name_stands_to_the_figure() -> None:
    assert column("acts", 0) == [0, 1, 0, 0]
    assert column("beaten", 0) == [0, 0, 1, 0]
    assert column("before-bracket", 1) == [0, 0, 1, 0]
    assert column("nearest", 0) == [0, 1, 0, 0]
    assert column("role-introduces", 1) == [0, 1, 0, 0]
    assert column("is-own", 0) == [0, 1, 0, 0]
    assert all(
        len(row) == len(FEATURES) for row in rows(setting(), of_metrics(setting()), 1, options(of_metrics(setting())))
    )


def test_the_likeliest_option_is_chosen() -> None:
    bracketed = stump(2, FEATURES.index("before-bracket"), 0.5, 0, 1)
    assert choose(setting(), of_methods(setting()), [0, 1], bracketed) == ["", "GPT-4"]
    nearest = stump(2, FEATURES.index("nearest"), 0.5, 0, 1)
    assert choose(setting(), of_methods(setting()), [0], nearest) == ["Zorblax"]
    assert choose(setting(), of_methods(setting()), [], nearest) == []
