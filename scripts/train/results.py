"""Grow the trees that say what a figure was measured on (`kg.extract.placer`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.extract.model.words import phrase_key
from kg.extract.placer import Setting, describe, options
from scripts.train.forest import forest
from scripts.train.gold import GoldPaper

_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of many figures as rows; ``figures`` and ``papers`` number them, ``right`` says that gold agrees."""

    features: np.ndarray
    right: np.ndarray
    figures: np.ndarray
    papers: np.ndarray


def choices(gold: Sequence[GoldPaper], settings: Sequence[Sequence[Setting]]) -> Choices:
    """Rows of the figures that gold knows by value."""
    features, right, figures, papers = [], [], [], []
    count = 0
    for number, (paper, of_paper) in enumerate(zip(gold, settings, strict=True)):
        answers: dict[str, list[str]] = {}
        for value, on in paper.results:
            answers.setdefault(value_key(value), []).append(phrase_key(on))
        for setting in of_paper:
            for index, figure in enumerate(setting.found):
                waiting = answers.get(value_key(figure.value))
                if not waiting:
                    continue
                on = waiting.pop(0)
                for option in options(setting, index):
                    features.append(describe(setting, index, option))
                    right.append(phrase_key(option.text) == on)
                    figures.append(count)
                    papers.append(number)
                count += 1
    return Choices(np.array(features, dtype=np.float32), np.array(right), np.array(figures), np.array(papers))


def value_key(value: str) -> str:
    """Digits and point of a value, as the scorer compares them."""
    return re.sub(r"[^\d.]", "", value) or value.lower()


def grow_placing(rows: Choices) -> HistGradientBoostingClassifier:
    return forest(rounds=150).fit(rows.features, rows.right.astype(int))


def cross_accuracy(rows: Choices) -> float:
    """Share of figures whose likeliest option is right, by trees that did not see the paper."""
    likely = np.zeros(len(rows.right))
    for fold in range(_FOLDS):
        inside = rows.papers % _FOLDS == fold
        outside = Choices(rows.features[~inside], rows.right[~inside], rows.figures[~inside], rows.papers[~inside])
        likely[inside] = grow_placing(outside).predict_proba(rows.features[inside])[:, 1]
    hits = 0
    for figure in range(int(rows.figures[-1]) + 1):
        members = np.flatnonzero(rows.figures == figure)
        hits += bool(rows.right[members[likely[members].argmax()]])
    return hits / (int(rows.figures[-1]) + 1)


def rule_accuracy(rows: Choices, rule_column: int) -> float:
    """The same for the answers of the rules alone."""
    return float((rows.right & (rows.features[:, rule_column] > 0)).sum()) / (int(rows.figures[-1]) + 1)
