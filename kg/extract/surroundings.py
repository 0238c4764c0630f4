"""What stands around a number, as features: its unit, the words before and after it, its sentence."""

import re
from math import log10

from kg.extract.figures import Figure
from kg.extract.places import Sentence

_BEFORE = (
    frozenset(("by",)), frozenset(("from",)), frozenset(("to",)), frozenset(("of",)), frozenset(("at",)),
    frozenset(("over", "than", "exceeding", "above")),
    frozenset(("only", "just", "merely", "under", "below", "within", "least", "most", "approximately", "about",
               "nearly")),
    frozenset(("with", "using", "uses", "requires", "requiring", "contains", "containing", "on")),
    frozenset(("and", "or", "vs", "versus")),
    frozenset(("a", "an", "the")),
    frozenset(("is", "are", "was", "be", "as", "than")),
    frozenset(("achieves", "achieving", "achieve", "reaches", "reaching", "scores", "scoring", "attains", "obtains",
               "yields", "delivers", "gains", "gain", "improvement", "improvements", "increase", "reduction", "drop")),
    frozenset(("top", "level", "stage", "version", "table", "figure", "section", "task", "phase", "step", "size")),
)  # fmt: skip
_AFTER = (
    frozenset(("improvement", "improvements", "gain", "gains", "increase", "increases", "boost", "reduction", "drop",
               "speedup", "speedups", "speed-up", "acceleration", "relative", "absolute", "higher", "lower", "better",
               "faster", "more", "less", "fewer", "smaller", "improved", "average", "reductions", "decrease")),
    frozenset(("accuracy", "score", "success", "f1", "map", "miou", "bleu", "psnr", "auc", "auroc", "win", "pass",
               "precision", "recall", "top-1", "rate", "error", "correlation", "agreement", "exact")),
    frozenset(("of",)), frozenset(("on", "across", "over", "in", "for", "at")), frozenset(("to", "and", "or")),
    frozenset(("compared", "when", "while", "whereas", "relative", "versus", "vs")),
    frozenset(("data", "parameters", "tokens", "samples", "training", "images", "videos", "examples", "the", "its",
               "resolution", "compression", "sparsity", "gpu", "gpus", "memory", "context", "cost", "compute")),
)  # fmt: skip
_UNITS = ("%", "point", "x", "fps", "gb", "s")
_UNIT = re.compile(r"(%|p\b|point|pts?\b|fold|times|[xX×]$|FPS|fps|dB|[GMK]B|percent|s\b|seconds?|minutes?|hours?)")
_CLASS = {"p": "%", "percent": "%", "pt": "point", "pts": "point", "fold": "x", "times": "x", "X": "x", "×": "x",
          "FPS": "fps", "dB": "fps", "GB": "gb", "MB": "gb", "KB": "gb", "second": "s", "seconds": "s", "minute": "s",
          "minutes": "s", "hour": "s", "hours": "s"}  # fmt: skip
_WORD = re.compile(r"[A-Za-z][\w-]{0,30}")
_CHANGE = re.compile(r"\b(?:improv|increas|boost|reduc|decreas|drop|outperform|gain|surpass|exceed)\w*")
_REACH = re.compile(r"\b(?:achiev|reach|attain|scor|obtain|yield|report)\w*")
_SHOWN = re.compile(
    r"\b(?:[Ee]xperiment|[Rr]esult|[Ee]valuation|[Ee]mpirical|[Oo]n average|we find|[Nn]otably|[Ss]pecifically)"
)
_NEAR = 40

SURROUNDINGS = (
    "sure", "counted", *(f"unit-{unit}" for unit in _UNITS), "unit-none", "decimal", "plus", "minus", "range", "size",
    "year", *(f"before-{number}" for number in range(len(_BEFORE))),
    *(f"second-{number}" for number in range(len(_BEFORE))),
    *(f"after-{number}" for number in range(len(_AFTER))), *(f"next-{number}" for number in range(len(_AFTER))),
    "change", "reach", "shown", "in-brackets", "metric-after", "metric-before", "share", "ends",
)  # fmt: skip


def surroundings(text: str, sentence: Sentence, figure: Figure, share: float) -> list[float]:
    """`SURROUNDINGS` of a number; ``share``: how much of the text lies before its sentence."""
    before = [word.lower() for word in _WORD.findall(text[max(sentence.start, figure.start - _NEAR) : figure.start])]
    rest = text[figure.end : min(sentence.end, figure.end + _NEAR)]
    after = [word.lower() for word in _WORD.findall(rest)[:3]]
    bracket = text.rfind("(", max(sentence.start, figure.start - _NEAR), figure.start)
    return [
        float(figure.sure),
        float(figure.counted),
        *_amount(figure.value),
        *_among(_BEFORE, before[-1:]),
        *_among(_BEFORE, before[-2:-1]),
        *_among(_AFTER, after[:1]),
        *_among(_AFTER, after[1:]),
        *(float(cue.search(text, sentence.start, sentence.end) is not None) for cue in (_CHANGE, _REACH, _SHOWN)),
        float(bracket >= 0 and ")" not in text[bracket : figure.start]),
        min((float(m.start - figure.end) for m in sentence.metrics if m.start >= figure.end), default=200.0),
        min((float(figure.start - m.end) for m in sentence.metrics if m.end <= figure.start), default=200.0),
        share,
        float(not rest or rest[0] in ".,;"),
    ]


def _amount(value: str) -> list[float]:
    found = _UNIT.search(value)
    unit = _CLASS.get(found.group(), found.group()) if found else ""
    digits = re.sub(r"[^\d.]", "", value).strip(".")[:9]
    amount = float(digits) if digits.count(".") < 2 and digits else 0.0
    return [
        *(float(unit == one) for one in _UNITS),
        float(not unit),
        float("." in value),
        float(value[0] == "+"),
        float(value[0] in "-−–~\\"),
        float(re.search(r"\d\D{0,12}[-–~]\D{0,3}\d| to |/|out", value) is not None),
        round(log10(1.0 + amount), 4),
        float(re.fullmatch(r"(?:19|20)\d\d", value) is not None),
    ]


def _among(sets: tuple[frozenset[str], ...], words: list[str]) -> list[float]:
    return [float(any(word in one for word in words)) for one in sets]
