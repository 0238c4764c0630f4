"""Numbers in a sentence that are reported figures, and not sizes, counts, years or versions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_STRONG = (
    r"\s?\\?%(?:p\b|\s?(?:points?|pp)\b)?|\s?percent(?:age\s+points?)?\b|"
    r"\s?(?:percentage|absolute|average|accuracy|BLEU|mAP|mIoU|FID|PSNR|F1)\s+points?\b|"
    r"\s?(?:points?|pts?|pp)\b|\s?(?:x|X|×|\$\\times\$|\\times|times)(?![A-Za-z0-9])|-?\s?fold\b|-times\b|"
    r"\s?(?:FPS|fps|dB|ms|GB|MB|KB)\b"
)
_VALUE = re.compile(
    rf"(?<![\w.])(?P<value>(?P<sign>[+−~-]|\\sim\s?)?(?:{_NUMBER})"
    rf"(?:\s?(?:-|–|--|~|to)\s?(?:{_NUMBER})(?=(?:{_STRONG})))?(?P<unit>{_STRONG})?)(?![\w]|\.\d|-[A-Za-z])"
)
_COUNTED = re.compile(
    r"\s*-?(?:billion|million|thousand|[BMKk]\b|hours?|days?|minutes?|seconds?|years?|tokens?|parameters?|images?|videos?|samples?|"
    r"examples?|questions?|tasks?|datasets?|benchmarks?|models?|languages?|steps?|layers?|frames?|GPUs?|shots?|bits?|"
    r"classes|categories|domains|papers?|pairs?|instances?|problems?|annotat\w+|participants?|people|users?|epochs?|"
    r"iterations?|dimensions?|types?|stages?|turns?|rounds?|LLMs?|experts?|scenes?|objects?|subjects?|cameras?|views?|"
    r"human|real|different|diverse|distinct|popular|widely|state|open|unique|test|training|[a-z]+-[a-z]+ed\b|(?!loss|less)[a-z]{3,}(?<!s)s\b)",
)
_OF_DATA = re.compile(
    r"\s*(?:of\s+(?:the\s+)?(?:\w+\s+){0,2}(?:data|dataset|samples?|tokens?|parameters?|weights?|labels?|annotations?|"
    r"layers?|neurons?|training|time|papers?|users?|participants?|cases|people)\b)"
)
_SPENT = re.compile(
    r"(?:using|with|on|only|just|use|uses|trained on|sampling|than|retain\w*|updat\w*)\s+(?:only\s+|just\s+|about\s+)?$"
)
_NAMED = re.compile(
    r"(?:[A-Z][\w.-]*|version|v|Task|Track|Section|Table|Figure|Fig\.|level|stage|phase|Phase|top|Top|step)[ ~-]$"
)
_METRIC_OF = re.compile(
    r"(?:score|scores|accuracy|FID|PSNR|SSIM|F1|BLEU|AUC|AUROC|mAP|mIoU|IoU|perplexity|rate|rates|error|precision|recall|CER|WER|"
    r"rating|performance|correlation|reaches|reaching|scoring|scores|achieves|achieving|attains|attaining|obtains|hits)\s+"
    r"(?:\w+\s+){0,2}?(?:of|to|at|by|is|as|=|:|only|from)?\s*(?:up\s+to\s+|over\s+|about\s+|around\s+|only\s+|just\s+|an?\s+)?$"
)  # fmt: skip
_METRIC_AFTER = re.compile(
    r"\s+(?:\w+[ -]){0,2}(?:accuracy|score|F1|EM|BLEU|PSNR|FID|mAP|AP|mIoU|IoU|AUC|AUROC|WER|CER|Elo|PPL|perplexity|"
    r"success|win|pass|recall|precision|Pass|on\s+[A-Z])"
)
_LIST = re.compile(r"(?:,\s*|\s+and\s+|,\s*and\s+|\s*/\s*|\s+vs\.?\s+|\s+to\s+|\s+compared to\s+)$")
_CHANGE = re.compile(
    r"\b(?:improv|increas|ris|rais|boost|reduc|decreas|drop|lift|outperform|achiev|reach|attain|scor|gain|surpass)\w*"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported number: its span in the text and the number as written, without a hedge before it."""

    start: int
    end: int
    value: str


def figures(text: str, start: int, end: int, measured: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Figures of one sentence, in reading order; ``measured`` are the spans of its metrics.

    >>> [figure.value for figure in figures("It gains 5.2% on 3 sets of 10K items with a 7B model, up to 2.5x.", 0, 65)]
    ['5.2%', '2.5x']
    """
    matches = list(_VALUE.finditer(text, start, end))
    telling = _CHANGE.search(text, start, end) is not None
    ends, begins = {span[1] for span in measured}, {span[0] for span in measured}
    sure = []
    for match in matches:
        first, last = match.span("value")
        beside = first - 1 in ends or last + 1 in begins
        before, after = text[max(start, first - 60) : first], text[last : min(end, last + 60)]
        sure.append(_is_figure(match, before, after, telling=telling, beside=beside))
    _spread(text, matches, sure)
    return [
        Figure(match.start("value"), match.end("value"), match["value"].strip())
        for match, certain in zip(matches, sure, strict=True)
        if certain
    ]


def _is_figure(match: re.Match[str], before: str, after: str, *, telling: bool, beside: bool) -> bool:
    """Whether a number is a figure; ``telling``: its sentence speaks of a change, ``beside``: a metric touches it."""
    if match["unit"] is not None:
        return not (_OF_DATA.match(after) and _SPENT.search(before)) and not _COUNTED.match(after)
    if _COUNTED.match(after):
        return False
    if beside:
        return True
    if _NAMED.search(before):
        return False
    if match["sign"] == "+" and not after.startswith("+"):
        return True
    known = _METRIC_OF.search(before) is not None or _METRIC_AFTER.match(after) is not None
    number = match["value"].lstrip("+-−~")
    return (known or telling) if "." in number else known and len(number) <= 3


def _spread(text: str, matches: Sequence[re.Match[str]], sure: list[bool]) -> None:
    """A bare decimal listed beside a figure is one too ("by 14.2, 13.0 and 18.1 mIoU"), and so is "from … to"."""
    pairs = [(index, index + 1) for index in range(len(matches) - 1)]
    for here, beside in [*reversed(pairs), *((b, a) for a, b in pairs)]:
        if sure[here] or not sure[beside]:
            continue
        left, right = min(here, beside), max(here, beside)
        between = text[matches[left].end("value") : matches[right].start("value")]
        value = matches[here]["value"]
        if _LIST.fullmatch(between) and ("." in value or " to " in between) and not _counted(text, matches[here]):
            sure[here] = True


def _counted(text: str, match: re.Match[str]) -> bool:
    return _COUNTED.match(text, match.end("value"), match.end("value") + 60) is not None
