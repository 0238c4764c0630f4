"""Whether a number is a reported figure and what it was measured on, by trees that learned it from annotated papers.

`kg.extract.offers` lists what each number may be on; the trees say how likely a result each of these would be, with the
number, at that place. `kg.extract.places` answers by rule; its answer is one of the options. `scripts/train/results.py`
grows the trees.
"""

import re
from collections.abc import Sequence

import numpy as np

from kg.extract.model.trees import Trees
from kg.extract.nearness import BETWEEN, FAR, LEADS, between, brackets, lead, run_of, touch
from kg.extract.offers import Option, Setting, options
from kg.extract.surroundings import SURROUNDINGS, surroundings
from kg.normalize import normalize

_KINDS = (
    "none",
    "data",
    "benchmark",
    "task",
    "method",
    "name",
    "phrase",
    "ruled",
    "own",
    "previous",
    "earlier",
    "title",
)
RELATIVE = re.compile(r"(?:[xX×]|times|fold|FPS|fps|ms|GB|MB|dB|\$)\s*$")
"""The end of a figure that is a ratio or a size: not what benchmarks measure."""
_AVERAGE = re.compile(r"\b(?:average|averaged|overall|mean|respectively|relative)\b")
_HEAD = re.compile(r"(?:tasks?|benchmarks?|datasets?|settings?|scenarios?)$")
_DOING = re.compile(r"(?:tion|sion|ment|sis|ing|QA|recall)$")
_NEAR = 40
_LISTED = 24
LEAST = 0.3
"""Probability from which a result is reported: about half the F1 that is reached, where it is highest."""

FEATURES = (
    *_KINDS, "rule", "rule-empty", *BETWEEN, *(f"lead-{word}" for word in LEADS), "touches", "figure", "figures",
    "place", "data", "tasks", "as-many", "same-place", "bracketed", "before-bracket", "relative", "average", "has-own",
    "has-previous",
    "introduced", "words", "score", "capital", "head", "doing", "offered", "data-after", "data-before", "run",
    "run-place", "aligned", "named", "ago", "until", "titled", "evaluated", "trained", "new", "used", "data-things",
    "evaluated-things", "others-earlier",
    *SURROUNDINGS,
)  # fmt: skip


def describe(setting: Setting, index: int, option: Option) -> list[float]:
    """`FEATURES` of an option for a figure."""
    number = setting.found[index]
    return [*_relation(setting, index, option), *surroundings(setting.text, setting.sentence, number, setting.share)]


def choose(setting: Setting, trees: Trees) -> list[str | None]:
    """The likeliest option for each number, or None where it is no figure or too little says what it is on."""
    if not setting.found:
        return []
    offered = [options(setting, index) for index in range(len(setting.found))]
    right = trees.probabilities(np.array(rows(setting, offered), dtype=np.float32))[:, 1]
    chosen: list[str | None] = []
    start = 0
    for part in offered:
        likely = np.round(right[start : start + len(part)], 6)
        best = int(likely.argmax())
        chosen.append(part[best].text if likely[best] >= LEAST else None)
        start += len(part)
    return chosen


def rows(setting: Setting, offered: Sequence[Sequence[Option]]) -> list[list[float]]:
    """`FEATURES` of the options of all numbers of a sentence."""
    around = [surroundings(setting.text, setting.sentence, number, setting.share) for number in setting.found]
    return [
        [*_relation(setting, index, option), *around[index]] for index, part in enumerate(offered) for option in part
    ]


def _relation(setting: Setting, index: int, option: Option) -> list[float]:
    figure, data = setting.found[index], setting.sentence.data
    place = data.index(option.mention) if option.mention in data else -1
    ruled, sure = setting.ruled[index], [other for other in setting.found if other.sure]
    number = sum(other.start < figure.start for other in sure)
    around = setting.text[max(setting.sentence.start, figure.start - _NEAR) : figure.end + _NEAR]
    return [
        *(float(option.kind == kind) for kind in _KINDS),
        float(normalize(ruled) == normalize(option.text)),
        float(not ruled),
        *between(setting, figure, option, data),
        *lead(setting, option),
        *touch(setting.text, figure, option),
        float(number),
        float(len(sure)),
        float(place),
        float(len(data)),
        float(len(setting.sentence.tasks)),
        float(len(data) == len(sure)),
        float(place == number),
        *brackets(setting.text, figure, option),
        float(RELATIVE.search(figure.value) is not None),
        float(_AVERAGE.search(around) is not None),
        float(bool(setting.own)),
        float(bool(setting.previous)),
        float(option.mention is not None and option.mention.role == "introduces"),
        *_looks(option),
        float(len(setting.earlier)),
        min((float(m.start - figure.end) for m in data if m.start >= figure.end), default=FAR),
        min((float(figure.start - m.end) for m in data if m.end <= figure.start), default=FAR),
        *(run := run_of(setting.text, sure, figure)),
        _aligned(setting, option, place, *run),
        *_thing(setting, option),
    ]


def _looks(option: Option) -> list[float]:
    """Words, score where it was found by the extractors, capital, and what its last word ends like."""
    return [
        float(len(option.text.split())),
        option.mention.score if option.mention else -1.0,
        float(option.text[:1].isupper()),
        float(_HEAD.search(option.text) is not None),
        float(_DOING.search(option.text) is not None),
    ]


def _aligned(setting: Setting, option: Option, place: int, run: float, at: float) -> float:
    """1 where as many data are listed as figures and the option has the figure's place, -1 where it has another."""
    data, first, last = setting.sentence.data, place, place
    if place < 0 or run < 2:
        return 0.0
    while first > 0 and data[first].start - data[first - 1].end <= _LISTED:
        first -= 1
    while last + 1 < len(data) and data[last + 1].start - data[last].end <= _LISTED:
        last += 1
    return 0.0 if last - first + 1 != run else 1.0 if place - first == at else -1.0


def _thing(setting: Setting, option: Option) -> list[float]:
    """How often and where the paper names the option, in which role, and beside how many others."""
    thing = setting.things.get(normalize(option.text)) if option.text else None
    data = {one.name: one for one in setting.things.values() if one.is_data}
    evaluated = [one for one in data.values() if one.role in ("evaluates", "introduces")]
    here, role = setting.number, thing.role if thing else ""
    numbers = thing.sentences if thing else ()
    return [
        float(len(numbers)),
        min((float(here - number) for number in numbers if number <= here), default=-1.0),
        min((float(number - here) for number in numbers if number > here), default=-1.0),
        float(0 in numbers),
        *(float(role == one) for one in ("evaluates", "trains", "introduces", "uses")),
        float(len(data)),
        float(len(evaluated)),
        float(sum(one.sentences[:1] <= (here,) for one in evaluated)),
    ]
