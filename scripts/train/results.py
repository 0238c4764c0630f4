"""Grow the trees that say which numbers are figures and what they were measured on (`kg.extract.placer`)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.extract.model.words import phrase_key
from kg.extract.offers import Setting, options
from kg.extract.placer import FEATURES, LEAST, rows
from scripts.train.gold import GoldPaper, GoldResult

_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of many numbers as rows; ``figures`` and ``papers`` number them, ``right``: gold has this result.

    ``gold`` is how many results gold has in all.
    """

    features: np.ndarray
    right: np.ndarray
    figures: np.ndarray
    papers: np.ndarray
    gold: int


def choices(gold: Sequence[GoldPaper], settings: Sequence[Sequence[Setting]]) -> Choices:
    """Rows of all numbers that may be figures; gold's results are matched to them by value, the surest first."""
    features: list[list[float]] = []
    right: list[bool] = []
    figures: list[int] = []
    papers: list[int] = []
    for number, (paper, of_paper) in enumerate(zip(gold, settings, strict=True)):
        answers = matched(paper, of_paper)
        for place, setting in enumerate(of_paper):
            offered = [options(setting, index) for index in range(len(setting.found))]
            features += rows(setting, offered)
            for index, part in enumerate(offered):
                result = answers.get((place, index))
                on = phrase_key(result.on) if result else None
                right += [phrase_key(option.text) == on for option in part]
                figures += [figures[-1] + 1 if figures else 0] * len(part)
                papers += [number] * len(part)
    count = sum(len(paper.results) for paper in gold)
    return Choices(np.array(features, np.float32), np.array(right), np.array(figures), np.array(papers), count)


def matched(paper: GoldPaper, settings: Sequence[Setting]) -> dict[tuple[int, int], GoldResult]:
    """Gold's results by number of setting and of figure, matched by value, the surest figures first."""
    waiting: dict[str, list[GoldResult]] = {}
    for result in paper.results:
        waiting.setdefault(value_key(result.value), []).append(result)
    places = [(place, index) for place, setting in enumerate(settings) for index in range(len(setting.found))]
    places.sort(key=lambda at: not settings[at[0]].found[at[1]].sure)
    answers = {}
    for place, index in places:
        if left := waiting.get(value_key(settings[place].found[index].value)):
            answers[place, index] = left.pop(0)
    return answers


def value_key(value: str) -> str:
    """Digits and point of a value, as the scorer compares them."""
    return re.sub(r"[^\d.]", "", value) or value.lower()


def grow(features: np.ndarray, right: np.ndarray) -> HistGradientBoostingClassifier:
    """Trees for the probability that an option is right; deeper than elsewhere, since much is asked at once."""
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.06,
        max_depth=6,
        max_leaf_nodes=24,
        min_samples_leaf=15,
        l2_regularization=5.0,
        max_features=0.25,
        early_stopping=False,
        random_state=0,
    )
    return trees.fit(features, right.astype(int))


def cross_accuracy(table: Choices) -> float:
    """F1 of the results, by trees that did not see the paper."""
    return f1(table, held_out(table.features, table.right, table.papers), LEAST)


def held_out(features: np.ndarray, right: np.ndarray, papers: np.ndarray) -> np.ndarray:
    """Probability of each row, by trees that did not see its paper; ``papers`` has the number of each row's."""
    likely = np.zeros(len(right))
    for fold in range(_FOLDS):
        inside = papers % _FOLDS == fold
        likely[inside] = grow(features[~inside], right[~inside]).predict_proba(features[inside])[:, 1]
    return likely


def rule_accuracy(table: Choices, rule_column: int) -> float:
    """The same for the answers of the rules to the numbers that they take for figures."""
    sure = table.features[:, FEATURES.index("sure")] > 0
    return f1(table, table.features[:, rule_column] * sure, 1.0)


def f1(table: Choices, likely: np.ndarray, least: float) -> float:
    """F1 where the likeliest option of each number is a result if its probability is at least ``least``."""
    counts: Counter[str] = Counter(gold=table.gold)
    starts = np.flatnonzero(np.diff(table.figures, prepend=-1))
    for members in np.split(np.arange(len(likely)), starts[1:]):
        best = members[likely[members].argmax()]
        if likely[best] >= least:
            counts["found"] += 1
            counts["right"] += bool(table.right[best])
    return 2 * counts["right"] / max(1, counts["found"] + counts["gold"])
