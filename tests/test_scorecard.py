from collections import Counter

from kg.scorecard import Ratio, count_paper, figures, intervals, surface_key

GOLD = {
    "entities": [
        {"type": "Method", "name": "PS-KD", "aliases": ["progressive distillation"], "role": "introduces"},
        {"type": "Dataset", "name": "ImageNet", "aliases": [], "role": "evaluates"},
    ],
    "links": [{"url": "https://github.com/A/B", "kind": "repository"}],
    "results": [{"value": "71.2%", "metric": None, "on": "ImageNet", "by": None}],
}


def card(entities: list[dict[str, object]], **other: object) -> dict[str, Ratio | float]:
    predicted = {"entities": entities, "links": [], "results": [], **other}
    return figures(count_paper(predicted, GOLD)[0])


def ratio(value: Ratio | float) -> tuple[float, float]:
    assert isinstance(value, Ratio)
    return value.precision, value.recall


def test_an_alias_finds_its_entity() -> None:
    found = card([{"type": "Method", "name": "Progressive Distillations", "aliases": [], "role": "introduces"}])
    assert ratio(found["entities"]) == (1.0, 0.5)
    assert found["introduced with role"] == 1.0
    assert found["surface form recall"] == 0.5


def test_the_same_thing_twice_is_one_hit_and_one_error() -> None:
    one = {"type": "Dataset", "name": "ImageNet", "aliases": [], "role": "evaluates"}
    assert ratio(card([one, one])["entities"]) == (0.5, 0.5)


def test_a_wrong_type_counts_only_untyped() -> None:
    found = card([{"type": "Benchmark", "name": "ImageNet", "aliases": [], "role": "trains"}])
    assert ratio(found["entities"]) == (0.0, 0.0)
    assert ratio(found["untyped"]) == (1.0, 0.5)


def test_links_ignore_case_and_git_but_not_kind() -> None:
    right = card([], links=[{"url": "http://www.github.com/a/b.git/", "kind": "repository"}])
    wrong = card([], links=[{"url": "https://github.com/a/b", "kind": "page"}])
    assert ratio(right["links"]) == (1.0, 1.0)
    assert ratio(wrong["links"]) == (0.0, 0.0)


def test_a_result_needs_its_value_and_where_it_was_measured() -> None:
    right = card([], results=[{"value": "71.2 %", "metric": None, "on": "imagenet", "by": "x"}])
    wrong = card([], results=[{"value": "71.2%", "metric": None, "on": None, "by": None}])
    assert ratio(right["results"]) == (1.0, 1.0)
    assert ratio(wrong["results"]) == (0.0, 0.0)


def test_surface_key_keeps_what_tells_versions_apart() -> None:
    assert surface_key("C++") != surface_key("C#")
    assert surface_key("GPT-4") != surface_key("GPT-4o")
    assert surface_key("LLMs") == surface_key("llm")


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    counts = [
        Counter(hit=3, predicted=4, gold=5),
        Counter(hit=1, predicted=4, gold=5),
        Counter(hit=5, gold=5, predicted=5),
    ]
    first, second = intervals(counts, samples=200), intervals(counts, samples=200)
    total: Counter[str] = sum(counts, Counter())
    value = figures(total)["entities"]
    assert isinstance(value, Ratio)
    low, high = first["entities"]
    assert first == second
    assert low <= value.f1 <= high


def test_types_of_ones_own_have_rows_and_intervals() -> None:
    own = {"type": "Anode", "name": "α-Fe₂O₃", "aliases": [], "role": "mentions"}
    gold = {"entities": [own], "links": [], "results": []}
    counts = [count_paper({**gold, "entities": [own | {"name": "γ-Fe₂O₃"}]}, gold)[0], count_paper(GOLD, GOLD)[0]]
    found = figures(counts[0])
    assert list(found)[:8] == ["entities", "Method", "Task", "Dataset", "Benchmark", "Metric", "Anode", "untyped"]
    assert ratio(found["Anode"]) == (0.0, 0.0)
    assert ratio(figures(count_paper(gold, gold)[0])["Anode"]) == (1.0, 1.0)
    assert "Anode" in intervals(counts, samples=20)
