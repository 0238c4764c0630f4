"""Figures of a quantity that is no metric of the paper: "26% fewer tokens", "cuts latency by 40%".

Where such a quantity stands right beside a figure and nothing marks it as a metric, the metric of a neighbour would be
taken for the figure's: "+4.1% accuracy and -3.3% tokens". The same goes for what is kept: "2.3x while maintaining
accuracy".
"""

import re
from collections.abc import Sequence

from kg.data import Mention
from kg.extract.figures import Figure
from kg.extract.places import Sentence

_FARTHEST = 90
"""Characters before a figure that are looked at."""
_NEAR = 25
_QUANTITY = (
    r"(?P<quantity>tokens?|parameters?|params|memory|G?FLOPs|MACs|compute|computations?|latency|communication|costs?|storage|"
    r"energy|bandwidth|throughput|speed-?ups?|acceleration|compression|time|hours|steps|iterations|samples|data|labels|calls|"
    r"runtime|VRAM|cache|bits|size|queries|annotations?|overhead|footprint|usage|consumption|budget|length|speed|weights|"
    r"frames|epochs|evaluations|rollouts|episodes|interactions|turns|experts|layers)"
)
_HEDGES = (
    r"(?:(?:up to|over|about|around|more than|nearly|approximately|an?|average of|as much as|only|roughly|at least|"
    r"additional|almost|just)\s)*[~$]?$"
)
_AFTER = re.compile(
    r"\s(?:(?!(?:on|in|for|of|by|than|when|while|over|across|and|to|with|without|compared|under|from|at|after|against|using)\s)"
    rf"[A-Za-z][a-z-]*\s){{0,4}}?{_QUANTITY}\b"
)
_BEFORE = re.compile(
    rf"\b{_QUANTITY}\s(?:(?:reduction|saving|increase|decrease|improvement|overhead|usage|consumption|footprint|complexity)s?"
    rf"\s)?(?:by|of|from)\s{_HEDGES}"
)
_CUT = re.compile(
    r"\b(?:reduc|cut|lower|sav|decreas|accelerat|speed|shrink|compress)\w*\s(?:the\s|its\s)?(?:[\w-]+\s){0,4}?"
    rf"{_QUANTITY}(?:\s(?:usage|overhead|consumption|footprint|requirements?|complexity|size|costs?))?\sby\s{_HEDGES}"
)
_OF_A_METRIC = re.compile(r"\s(?:in|of|for)\s(?:the\s|total\s)?")
_KEPT = re.compile(
    r"\b(?:while|without|with|at)\s(?:\w+\s){0,2}?(?:maintain|preserv|retain|loss|losing|sacrific|compromis|degrad|match|"
    r"comparable|no\b|minimal|negligible|improv|keep|similar|on par|better|higher)"
)


def is_of_another_quantity(text: str, sentence: Sentence, figure: Figure, metric: str) -> bool:
    """Whether the words beside a figure name a quantity other than the metric that was chosen for it.

    >>> from kg.extract.figures import Figure
    >>> said = "It gains 4.1% accuracy with 26% fewer tokens."
    >>> metrics = (Mention(14, 22, "accuracy", "Metric", "reports", 1.0, ("lexicon",)),)
    >>> here = Sentence(0, len(said), (), (), metrics, ())
    >>> [is_of_another_quantity(said, here, Figure(start, end, ""), "accuracy") for start, end in ((9, 13), (28, 31))]
    [False, True]
    """
    if not metric or metric in figure.value:
        return False
    return (
        _is_followed(text, sentence, figure)
        or _is_preceded(text, sentence, figure)
        or _is_kept(text, sentence.metrics, figure, metric)
    )


def _is_followed(text: str, sentence: Sentence, figure: Figure) -> bool:
    after = _AFTER.match(text, figure.end, sentence.end)
    if not after or _has_metric(sentence.metrics, figure.end, after.end()):
        return False
    more = _OF_A_METRIC.match(text, after.end(), sentence.end)
    return not (more and _has_metric(sentence.metrics, more.end(), more.end() + _NEAR))


def _is_preceded(text: str, sentence: Sentence, figure: Figure) -> bool:
    start = max(sentence.start, figure.start - _FARTHEST)
    before = text[start : figure.start]
    found = [one for one in (_BEFORE.search(before), _CUT.search(before)) if one]
    return bool(found) and not any(
        _has_metric(sentence.metrics, start + one.start("quantity"), figure.start) for one in found
    )


def _is_kept(text: str, metrics: Sequence[Mention], figure: Figure, metric: str) -> bool:
    named = [mention for mention in metrics if mention.text == metric]
    return bool(named) and all(
        mention.start >= figure.end and _KEPT.search(text, figure.end, mention.start) for mention in named
    )


def _has_metric(metrics: Sequence[Mention], start: int, end: int) -> bool:
    return any(mention.start < end and start < mention.end for mention in metrics)
