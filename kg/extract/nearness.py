"""How a figure and a name of its sentence stand to each other, as features."""

import re
from collections.abc import Sequence

from kg.data import Mention
from kg.extract.figures import Figure
from kg.extract.offers import Option, Setting

LEADS = ("on", "in", "across", "for", "over", "of", "to", "at", "than", "with", "and", "by")
"""Words before a name that are told apart."""
_ARTICLES = frozenset(("the", "a", "an", "its", "our", "both", "all", "challenging", "popular"))
_WORD = re.compile(r"[A-Za-z]+")
_TURN = re.compile(r"\b(?:while|whereas|but|compared|versus|vs|outperforming|surpassing)\b")
_NEAR = 40
FAR = 200.0

BETWEEN = (
    "after", "distance", "commas", "semicolon", "and", "turn", "figures-between", "names-between",
)  # fmt: skip
"""What `between` says."""


def between(setting: Setting, figure: Figure, option: Option, names: Sequence[Mention]) -> list[float]:
    """What stands between the two; ``names`` are those of the option's kind."""
    if option.start < 0:
        return [0.0, -1.0, *([0.0] * 6)]
    after = option.start >= figure.end
    first, last = (figure.end, option.start) if after else (option.end, figure.start)
    text = setting.text[first:last]
    return [
        float(after),
        min(float(len(text)), FAR),
        float(text.count(",")),
        float(";" in text),
        float(" and " in text),
        float(_TURN.search(text) is not None),
        float(sum(first <= other.start < last and other.sure for other in setting.found)),
        float(sum(first <= other.start < last for other in names)),
    ]


def lead(setting: Setting, option: Option) -> list[float]:
    """The word of `LEADS` before the option, past articles and the like."""
    word = ""
    if option.start >= 0:
        words = _WORD.findall(setting.text[max(setting.sentence.start, option.start - _NEAR) : option.start])
        while words and words[-1].lower() in _ARTICLES:
            words.pop()
        word = words[-1].lower() if words else ""
    return [float(word == one) for one in LEADS]


def touch(text: str, figure: Figure, option: Option) -> list[float]:
    """Whether at most one word stands between the two."""
    if option.start < 0:
        return [0.0]
    first, last = sorted(((figure.start, figure.end), (option.start, option.end)))
    return [float(len(text[first[1] : last[0]].split()) <= 1)]


def brackets(text: str, figure: Figure, option: Option) -> list[float]:
    """Whether the figure stands in brackets, and the option right before them."""
    opening = text.rfind("(", max(0, figure.start - _NEAR), figure.start)
    inside = opening >= 0 and ")" not in text[opening : figure.start]
    before = inside and option.start >= 0 and 0 <= opening - option.end <= 2
    return [float(inside), float(before)]


def run_of(text: str, sure: Sequence[Figure], figure: Figure) -> tuple[float, float]:
    """How many figures stand listed together with this one ("5%, 3% and 2%"), and its place among them."""
    run, place = [figure], 0
    at = next((number for number, other in enumerate(sure) if other is figure), -1)
    while at > 0 and len(text[sure[at - 1].end : run[0].start].split()) <= 2:
        at, place, run = at - 1, place + 1, [sure[at - 1], *run]
    for other in (other for other in sure if other.start >= figure.end):
        if len(text[run[-1].end : other.start].split()) > 2:
            break
        run.append(other)
    return float(len(run)), float(place)
