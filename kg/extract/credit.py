"""By which metric a figure was measured and which method it belongs to, by trees that learned it from annotated papers.

What may be meant are the names of the figure's sentence, those that the paper named last before it, its own method, and
nothing at all; the trees say of each how likely it is. Rules answer where there are no trees. `scripts/train/credit.py`
grows them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.data import Mention
from kg.extract.measures import MEASURES, measure
from kg.extract.model.trees import Trees
from kg.extract.nearness import BETWEEN, FAR, LEADS, between, brackets, lead, run_of, touch
from kg.extract.offers import Option, Setting
from kg.extract.surroundings import SURROUNDINGS, surroundings
from kg.normalize import normalize

_NEAR = 60
_KINDS = ("none", "here", "own", "earlier")
_ROLES = ("introduces", "uses", "compares", "mentions", "evaluates", "reports")
_VERB = re.compile(r"\s*(?:\([^)]{1,20}\)\s*)?(?:\w+ly\s+)?(?P<verb>[a-z]+)")
_ACTS = re.compile(
    r"(?:achiev|reach|attain|obtain|scor|yield|improv|outperform|surpass|reduc|increas|boost|deliver|set)"
)
_BEATEN = re.compile(
    r"(?:\b(?:outperform|surpass|exceed|beat)\w*|\b(?:over|than|against|vs\.?|versus|to|with|from))\s+"
    r"(?:(?:the|its|even|both|all|strongest|best|previous|prior|baselines?|state-of-the-art|SOTA|larger)\s+)*$"
)
_LOOKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"accura|score\b|rate\b|f1|recall|precision|success|pass@|iou|map\b|auc|win",
        r"latency|time|speed|throughput|fps|cost|memory|flops|tokens?\b|parameters",
        r"error|loss|perplexity|distance|fid|wer|mae|mse",
        r"psnr|ssim|lpips|bleu|rouge|correlation|elo",
    )
)

FEATURES = (
    *_KINDS, *BETWEEN, *(f"lead-{word}" for word in LEADS), "touches", "bracketed", "before-bracket", "acts", "verb",
    "beaten",
    *(f"role-{role}" for role in _ROLES), "score", "words", "capital", *(f"looks-{i}" for i in range(len(_LOOKS))),
    "place", "names", "figure", "figures", "as-many", "same-place", "nearest", "rank", "named", "ago", "titled",
    "is-own", "others", "run", "run-place", "has-own", "earlier-names", *(f"said-{one}" for one in MEASURES),
    *SURROUNDINGS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credited:
    """What may be the metric, or the method, of the figures of a sentence.

    ``here`` are mentions of the sentence, ``own`` is the paper's own method (empty for metrics), ``earlier`` what was
    named last before the sentence, latest first.
    """

    here: Sequence[Mention]
    own: str = ""
    earlier: Sequence[str] = ()


def of_metrics(setting: Setting) -> Credited:
    """What may be the metric of the figures of a setting."""
    return Credited(setting.sentence.metrics, "", setting.metrics_before)


def of_methods(setting: Setting) -> Credited:
    """Whose the figures of a setting may be."""
    return Credited(setting.sentence.methods, setting.owner, setting.methods_before)


def sort_of(setting: Setting, index: int) -> str:
    """Score, baseline, gain or factor: what a figure of a setting is by the words of its sentence."""
    figure, start = setting.found[index], setting.sentence.start
    quote = setting.text[start : setting.sentence.end]
    return measure(quote, figure.start - start, figure.end - start, figure.value)


def options(credited: Credited) -> list[Option]:
    """What may be meant: nothing first, then each name once for each place where the sentence has it."""
    offered = [Option("none", "")]
    offered += [Option("here", mention.text, mention.start, mention.end, mention) for mention in credited.here]
    known = {normalize(mention.text) for mention in credited.here}
    for kind, text in (("own", credited.own), *(("earlier", text) for text in credited.earlier)):
        if text and normalize(text) not in known:
            known.add(normalize(text))
            offered.append(Option(kind, text))
    return offered


def choose(setting: Setting, credited: Credited, indices: Sequence[int], trees: Trees) -> list[str]:
    """The likeliest option for each figure of a setting, by its index."""
    offered = options(credited)
    if not indices or len(offered) == 1:
        return [""] * len(indices)
    table = [row for index in indices for row in rows(setting, credited, index, offered)]
    right = np.round(trees.probabilities(np.array(table, dtype=np.float32))[:, 1], 6)
    return [offered[int(part.argmax())].text for part in right.reshape(len(indices), len(offered))]


def rows(setting: Setting, credited: Credited, index: int, offered: Sequence[Option]) -> list[list[float]]:
    """`FEATURES` of the options for a figure."""
    figure, text, sentence = setting.found[index], setting.text, setting.sentence
    sure = [other for other in setting.found if other.sure]
    number = sum(other.start < figure.start for other in sure)
    said = sort_of(setting, index)
    shared = [
        *run_of(text, sure, figure),
        float(bool(credited.own)),
        float(len(credited.earlier)),
        *(float(said == one) for one in MEASURES),
        *surroundings(text, sentence, figure, setting.share),
    ]
    distances = [_distance(option, figure.start, figure.end) for option in offered]
    ranked = sorted(range(len(offered)), key=lambda place: distances[place])
    told = []
    for place, option in enumerate(offered):
        at = place - 1 if option.kind == "here" else -1
        own = [*_relation(setting, credited, index, option), float(at), float(len(credited.here)), float(number)]
        own += [float(len(sure)), float(len(credited.here) == len(sure)), float(at == number)]
        own += [float(ranked[0] == place), float(ranked.index(place)), *_thing(setting, credited, option)]
        told.append([*own, *shared])
    return told


def _relation(setting: Setting, credited: Credited, index: int, option: Option) -> list[float]:
    figure = setting.found[index]
    mention = option.mention
    return [
        *(float(option.kind == kind) for kind in _KINDS),
        *between(setting, figure, option, credited.here),
        *lead(setting, option),
        *touch(setting.text, figure, option),
        *brackets(setting.text, figure, option),
        *_acting(setting, option),
        *(float(mention is not None and mention.role == role) for role in _ROLES),
        mention.score if mention else -1.0,
        float(len(option.text.split())),
        float(option.text[:1].isupper()),
        *(float(look.search(option.text) is not None) for look in _LOOKS),
    ]


def _distance(option: Option, start: int, end: int) -> float:
    if option.start < 0:
        return FAR
    return float(option.start - end if option.start >= end else start - option.end)


def _acting(setting: Setting, option: Option) -> list[float]:
    """Whether the word after the name is a verb of achieving, or a word at all; whether the name is of a rival."""
    if option.start < 0:
        return [0.0, 0.0, 0.0]
    after = _VERB.match(setting.text, option.end, min(setting.sentence.end, option.end + _NEAR))
    before = setting.text[max(setting.sentence.start, option.start - _NEAR) : option.start]
    acts = after is not None and _ACTS.match(after["verb"]) is not None
    return [float(acts), float(after is not None), float(_BEATEN.search(before) is not None)]


def _thing(setting: Setting, credited: Credited, option: Option) -> list[float]:
    """How often and where the paper names the option, whether it is its own, and how many others it has."""
    thing = setting.things.get(normalize(option.text)) if option.text else None
    numbers = thing.sentences if thing else ()
    own = setting.things.get(normalize(credited.own)) if credited.own else None
    return [
        float(len(numbers)),
        min((float(setting.number - number) for number in numbers if number <= setting.number), default=-1.0),
        float(0 in numbers),
        float(thing is not None and thing is own),
        float(len({normalize(mention.text) for mention in credited.here})),
    ]
