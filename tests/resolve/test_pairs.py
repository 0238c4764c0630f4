"""The pair list: names that occur in papers, judged before the rules were tuned on one half of it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kg.resolve import builtin_overrides, same_thing

PAIRS = Path(__file__).with_name("pairs.tsv")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_list_is_large_enough(rows):
    verdicts = Counter(row["verdict"] for row in rows)
    assert min(verdicts["same"], verdicts["different"]) >= 300


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_nearly_all_pairs_are_right(rows, ontology, verdict):
    overrides = builtin_overrides()
    wrong = [
        (row["name"], row["other"])
        for row in rows
        if row["verdict"] == verdict
        and same_thing(row["name"], row["other"], ontology, type_name=row["type"], overrides=overrides)
        != (verdict == "same")
    ]
    total = sum(row["verdict"] == verdict for row in rows)
    assert 1 - len(wrong) / total >= 0.97, wrong
