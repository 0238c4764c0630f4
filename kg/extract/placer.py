"""What a figure was measured on, chosen among all that the words around it offer by trees that learned it from gold.

`kg.extract.places` answers by rule; its answer is one of the options here. `scripts/train/results.py` grows the trees.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.data import Mention
from kg.extract.figures import Figure
from kg.extract.model.trees import Trees
from kg.extract.places import Sentence
from kg.normalize import normalize

_KINDS = ("none", "data", "benchmark", "task", "phrase", "own", "previous")
_LEADS = ("on", "in", "across", "for", "over", "of", "to", "at", "than")
_ARTICLES = frozenset(("the", "a", "an", "its", "our", "both", "all", "challenging", "popular"))
_WORD = re.compile(r"[A-Za-z]+")
_RELATIVE = re.compile(r"(?:[xX×]|times|fold|FPS|fps|ms|GB|MB|dB|\$)\s*$")
_AVERAGE = re.compile(r"\b(?:average|averaged|overall|mean|respectively|relative)\b")
_TURN = re.compile(r"\b(?:while|whereas|but|compared|versus|vs|outperforming|surpassing)\b")
_NEAR = 40

FEATURES = (
    *_KINDS, "rule", "rule-empty", "after", "distance", "commas", "semicolon", "and", "turn", "figures-between",
    "data-between", *(f"lead-{lead}" for lead in _LEADS), "touches", "figure", "figures", "place", "data", "tasks",
    "as-many", "same-place", "bracketed", "before-bracket", "relative", "percent", "signed", "average", "has-own",
    "has-previous", "introduced", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a figure may have been measured on; ``mention`` where it stands in the sentence."""

    kind: str
    text: str
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence with its figures, the answers of the rules, the paper's own benchmark and the data named just before.

    The last two are empty where there is none.
    """

    text: str
    sentence: Sentence
    found: Sequence[Figure]
    ruled: Sequence[str]
    benchmarks: frozenset[str]
    own: str
    previous: str


def options(setting: Setting, index: int) -> list[Option]:
    """What a figure may be on: nothing first, then each name of the sentence once, where it is nearest."""
    figure, offered = setting.found[index], {"": Option("none", "")}
    mentions = sorted((*setting.sentence.data, *setting.sentence.tasks), key=lambda m: (_distance(m, figure), m.start))
    for mention in mentions:
        task = mention in setting.sentence.tasks
        kind = "task" if task else "benchmark" if mention.text in setting.benchmarks else "data"
        offered.setdefault(normalize(mention.text), Option(kind, mention.text, mention))
    for kind, text in (("phrase", setting.ruled[index]), ("own", setting.own), ("previous", setting.previous)):
        offered.setdefault(normalize(text), Option(kind, text))
    return list(offered.values())


def describe(setting: Setting, index: int, option: Option) -> list[float]:
    """`FEATURES` of an option for a figure."""
    figure, data = setting.found[index], setting.sentence.data
    place = data.index(option.mention) if option.mention in data else -1
    ruled = setting.ruled[index]
    around = setting.text[max(setting.sentence.start, figure.start - _NEAR) : figure.end + _NEAR]
    return [
        *(float(option.kind == kind) for kind in _KINDS),
        float(normalize(ruled) == normalize(option.text)),
        float(not ruled),
        *_between(setting, figure, option),
        *_lead(setting, option),
        *_touch(setting.text, figure, option),
        float(index),
        float(len(setting.found)),
        float(place),
        float(len(data)),
        float(len(setting.sentence.tasks)),
        float(len(data) == len(setting.found)),
        float(place == index),
        *_brackets(setting.text, figure, option),
        float(_RELATIVE.search(figure.value) is not None),
        float("%" in figure.value),
        float(figure.value[0] in "+-−~"),
        float(_AVERAGE.search(around) is not None),
        float(bool(setting.own)),
        float(bool(setting.previous)),
        float(option.mention is not None and option.mention.role == "introduces"),
        float(len(option.text.split())),
    ]


def choose(setting: Setting, trees: Trees) -> list[str]:
    """The likeliest option for each figure."""
    if not setting.found:
        return []
    offered = [options(setting, index) for index in range(len(setting.found))]
    rows = [describe(setting, index, option) for index, part in enumerate(offered) for option in part]
    right = trees.probabilities(np.array(rows, dtype=np.float32))[:, 1]
    chosen, start = [], 0
    for part in offered:
        likely = np.round(right[start : start + len(part)], 6)
        chosen.append(part[int(likely.argmax())].text)
        start += len(part)
    return chosen


def _distance(mention: Mention, figure: Figure) -> int:
    return mention.start - figure.end if mention.start >= figure.end else figure.start - mention.end


def _between(setting: Setting, figure: Figure, option: Option) -> list[float]:
    mention = option.mention
    if mention is None:
        return [0.0, -1.0, *([0.0] * 6)]
    after = mention.start >= figure.end
    first, last = (figure.end, mention.start) if after else (mention.end, figure.start)
    between = setting.text[first:last]
    return [
        float(after),
        float(min(len(between), 200)),
        float(between.count(",")),
        float(";" in between),
        float(" and " in between),
        float(_TURN.search(between) is not None),
        float(sum(first <= other.start < last for other in setting.found)),
        float(sum(first <= other.start < last for other in setting.sentence.data)),
    ]


def _lead(setting: Setting, option: Option) -> list[float]:
    """The preposition before the option, past articles and the like."""
    lead = ""
    if option.mention is not None:
        words = _WORD.findall(
            setting.text[max(setting.sentence.start, option.mention.start - _NEAR) : option.mention.start]
        )
        while words and words[-1].lower() in _ARTICLES:
            words.pop()
        lead = words[-1].lower() if words else ""
    return [float(lead == word) for word in _LEADS]


def _touch(text: str, figure: Figure, option: Option) -> list[float]:
    """Whether at most one word stands between the two."""
    if option.mention is None:
        return [0.0]
    first, last = sorted(((figure.start, figure.end), (option.mention.start, option.mention.end)))
    return [float(len(text[first[1] : last[0]].split()) <= 1)]


def _brackets(text: str, figure: Figure, option: Option) -> list[float]:
    opening = text.rfind("(", max(0, figure.start - _NEAR), figure.start)
    inside = opening >= 0 and ")" not in text[opening : figure.start]
    before = inside and option.mention is not None and 0 <= opening - option.mention.end <= 2
    return [float(inside), float(before)]
