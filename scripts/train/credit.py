"""Grow the trees that say by which metric a figure was measured, and whose it is (`kg.extract.credit`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.credit import Credited, options, rows
from kg.extract.model.words import phrase_key
from kg.extract.offers import Setting
from scripts.train.gold import GoldPaper
from scripts.train.results import held_out, matched


@dataclass(frozen=True, slots=True)
class Credits:
    """Options of many figures as rows; ``figures`` and ``papers`` number them, ``right``: gold says so.

    Figures of which gold means nothing that is offered have no right row.
    """

    features: np.ndarray
    right: np.ndarray
    figures: np.ndarray
    papers: np.ndarray


def credits_of(
    gold: Sequence[GoldPaper],
    settings: Sequence[Sequence[Setting]],
    credited: Callable[[Setting], Credited],
    field: str,
) -> Credits:
    """Rows of all figures that gold has; ``field`` is ``metric`` or ``by``."""
    features: list[list[float]] = []
    right: list[bool] = []
    figures: list[int] = []
    papers: list[int] = []
    for number, (paper, of_paper) in enumerate(zip(gold, settings, strict=True)):
        forms = {
            phrase_key(form): frozenset(map(phrase_key, one.forms)) for one in paper.entities for form in one.forms
        }
        for (place, index), result in matched(paper, of_paper).items():
            setting = of_paper[place]
            offered = options(credited(setting))
            meant = phrase_key(getattr(result, field))
            features += rows(setting, credited(setting), index, offered)
            right += [phrase_key(option.text) in forms.get(meant, (meant,)) for option in offered]
            figures += [figures[-1] + 1 if figures else 0] * len(offered)
            papers += [number] * len(offered)
    return Credits(np.array(features, np.float32), np.array(right), np.array(figures), np.array(papers))


def cross_accuracy(table: Credits) -> float:
    """Share of the figures whose likeliest option is right, by trees that did not see the paper."""
    likely = held_out(table.features, table.right, table.papers)
    starts = np.flatnonzero(np.diff(table.figures, prepend=-1))
    parts = np.split(np.arange(len(likely)), starts[1:])
    return float(np.mean([table.right[part[likely[part].argmax()]] for part in parts]))
