"""Numbers of a sentence that may be reported figures, and which surely are: no sizes, counts, years, versions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kg.extract.unreported import reports_nothing

_UNIT = (
    r"\s?\\?%(?:p\b|\s?(?:points?|pp)\b)?|"
    r"[\s-]?(?:percent(?:age[\s-]points?)?\b|points?\b|pts?\b|pp\b|fold\b|"
    r"(?:absolute|average|accuracy|BLEU|mAP|mIoU|FID|PSNR|F1)[\s-]points?\b|"
    r"(?:[xX×]|\$\\times\$|\\times|times)(?![A-Za-z0-9]|\s?\d)|(?:FPS|fps|dB|ms|GB|MB|KB)\b)"
)
_SPENDING = (
    r"\s?(?:s|sec|seconds?|min|minutes?|hours?|days?|[km]?Hz|[nm]s|[num]J|(?:nano|micro|milli)seconds|tokens?/s)\b"
)
_VALUE = re.compile(
    r"(?:(?<![\w.])|(?<=\d[xX])(?=[–~-])|(?<=sim|geq|leq))"
    r"(?P<value>(?P<sign>[+−~–-]|\\sim\s?)?(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
    rf"(?:(?P<unit>{_UNIT})|(?P<spent>{_SPENDING}))?)(?!\w|\.\d|-[A-Za-z])"
)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DASH = re.compile(r"\s?(?:--?|[–—~]|\\sim)\s?")
_TO = re.compile(r"\$? to \$?")
_AMOUNT_OF = re.compile(
    r"\b(?:by|of|up|with|between|in|is|are|being|an?|additional|remarkable|impressive|(?:deliver|achiev|show|yield|provid|"
    r"offer|gain|add|sav|bring|exhibit|span|suffer|incur|experienc|observ)\w*)(?:\s+(?:an?|about|around|roughly|approximately|average|additional|up\s+to)|\s+~)*\s+\$?$"
)
_AND = re.compile(r"(?:,|\s+and|,\s+and|\()\s*\$?$")
_SHARE = re.compile(r"/| out of ")
_COUNTED = re.compile(
    r"\s*-?(?:(?:billion|million|thousand|[BMKk]|hours?|days?|minutes?|seconds?|years?|tokens?|parameters?|images?|videos?|samples?|"
    r"examples?|questions?|tasks?|datasets?|benchmarks?|models?|languages?|steps?|layers?|frames?|GPUs?|shots?|bits?|"
    r"classes|categories|domains|papers?|pairs?|instances?|problems?|annotat\w+|participants?|people|users?|epochs?|"
    r"iterations?|dimensions?|types?|stages?|turns?|rounds?|LLMs?|experts?|scenes?|objects?|subjects?|cameras?|views?|"
    r"human|real|different|diverse|distinct|popular|widely|state|open|unique|test|training)\b|"
    r"[a-z]+-[a-z]+ed\b|(?!loss|less|gains|improvements|increases|points|times|boosts|drops|reductions)[a-z]{3,}(?<!s)s\b)",
)  # fmt: skip
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
_POWER_OF_TEN = re.compile(r"\s?(?:[×x·]|\$?\\times\$?)\s?\$?10\$?(?:[⁺⁻]?[⁰¹²³⁴-⁹]{1,3}|\^\{?\s?[-−+]?\d{1,3}\}?)\$?")
_ONE = r"(?:[numµμk]?(?:Ah?|V|Wh?|S|m|g|L|mol|J|F|Pa|cal|s)|[mkMG]?eV|[MG]Pa|k?Da|[nµμm]M|cm|dL|h|K)[¹²³]?"
_ALONE = (
    r"[mk]?Ah|[mkMG]?Wh|[mkMG]?eV|[mk]?V|°\s?C|Å|[kMG]?Pa|k?Da|[nµμm]M|[nµμmkc]m[²³]?|[nµμmk]g|[µμmd]L|mmHg|k?cal|[mn]A"
)
_MEASURED_IN = re.compile(
    rf"\s?(?:{_ONE}(?:[/·]{_ONE}){{1,3}}|{_ONE}(?:[ ·]{_ONE}[⁻−-][¹²³123]){{1,3}}|{_ALONE})(?![\w/])"
)
_NEAR = 60
_LONG = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may be reported: its span in the text, and the number as written, without a hedge before it.

    ``sure``: the rules take it for one. ``counted``: what follows is a thing that one counts.
    """

    start: int
    end: int
    value: str
    sure: bool = True
    counted: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: str
    sign: str
    unit: str
    spent: str
    share: bool = False


def figures(text: str, start: int, end: int, measured: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Figures of one sentence, in reading order; ``measured`` are the spans of its metrics.

    >>> [figure.value for figure in figures("It gains 5.2% on 3 sets of 10K items with a 7B model, up to 2.5x.", 0, 65)]
    ['5.2%', '2.5x']
    >>> [figure.value for figure in figures("It achieves 7.8×10⁻⁴ S/cm and an error of 9.1 mAh/g on it.", 0, 58)]
    ['7.8×10⁻⁴ S/cm', '9.1 mAh/g']
    """
    return [figure for figure in may_be_figures(text, start, end, measured) if figure.sure]


def may_be_figures(text: str, start: int, end: int, measured: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The same with the numbers that are doubtful: all but bare counts."""
    numbers = _numbers(text, start, end)
    numbers = [number for number in numbers if not _reports_nothing(text, start, end, number)]
    telling = bool(numbers) and _CHANGE.search(text, start, end) is not None
    ends, begins = {span[1] for span in measured}, {span[0] for span in measured}
    found, sure = [], []
    for number in numbers:
        beside = number.start - 1 in ends or number.end + 1 in begins
        before, after = text[max(start, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
        after = after[: max(0, end - number.end)]
        certain = _is_figure(number, before, after, telling=telling, beside=beside)
        counted = _COUNTED.match(after) is not None
        sure.append(certain)
        found.append(Figure(number.start, number.end, number.value, certain, counted))
    _spread(text, numbers, found, sure)
    found = [_whole(text, end, figure, number) for figure, number in zip(found, numbers, strict=True)]
    reached = [start, *accumulate((figure.end for figure in found), max)]
    return [
        replace(figure, sure=certain)
        for figure, number, certain, before in zip(found, numbers, sure, reached[:-1], strict=True)
        if (certain or number.unit or number.spent or number.sign or number.share or "." in number.value)
        and figure.start >= before  # no exponent of the one before
    ]


def _whole(text: str, end: int, figure: Figure, number: _Number) -> Figure:
    """The figure with its power of ten and its physical unit: "7.8×10⁻⁴ S/cm" is not 7.8.

    They are no part of what is asked of a number, which is about scores.
    """
    last = figure.end
    for pattern in () if number.unit or number.spent or number.share else (_POWER_OF_TEN, _MEASURED_IN):
        if more := pattern.match(text, last, end):
            last = more.end()
    return replace(figure, end=last, value=figure.value + text[figure.end : last])


def _numbers(text: str, start: int, end: int) -> list[_Number]:
    """Numbers with their units; the two of a range ("5%-18%", "by 0.1 to 0.3 points") and of a share are one."""
    joined: list[_Number] = []
    for match in _VALUE.finditer(text, start, end):
        first, last = match.span("value")
        here = _Number(first, last, match["value"], match["sign"] or "", match["unit"] or "", match["spent"] or "")
        again = len(joined) > 1 and " to " in joined[-2].value
        if joined and (whole := _joined(text, joined[-1], here, again=again)):
            joined[-1] = whole
        else:
            joined.append(here)
    return [replace(number, value=number.value.strip(), end=number.end) for number in joined]


def _joined(text: str, left: _Number, right: _Number, *, again: bool) -> _Number | None:
    """Two numbers as one; ``again``: the number before them is a range with "to"."""
    between = text[left.end : right.start]
    if len(between) > 8 or left.share:
        return None
    dash = _DASH.fullmatch(between) is not None or (not between and right.sign not in ("", "+"))
    until = between == " to " and not left.unit and bool(right.unit) and text[left.start - 5 : left.start] != "from "
    plain = left.value.isdigit() and right.value.isdigit() and max(len(left.value), len(right.value)) <= _LONG
    share = plain and _SHARE.fullmatch(between) is not None and int(left.value) <= int(right.value)
    if not (dash or until or share or _is_range(text, left, right, again=again)) or (
        dash and left.unit and not right.unit
    ):
        return None
    value = text[left.start : right.end]
    return _Number(left.start, right.end, value, left.sign, right.unit, right.spent, share)


def _is_range(text: str, left: _Number, right: _Number, *, again: bool) -> bool:
    """ "by 4% to 7%"; "from 4% to 7%" is a change, "(94% to 95%)" may be one."""
    if not left.unit or _plain(left.unit) != _plain(right.unit) or _amount(left) >= _amount(right):
        return False
    between = text[left.end : right.start]
    if between.isspace():  # "7.4x -7.8x"
        return not left.sign and right.sign not in ("", "+")
    if not _TO.fullmatch(between):
        return False
    before = text[max(0, left.start - _NEAR) : left.start]
    return _AMOUNT_OF.search(before) is not None or (_AND.search(before) is not None and (again or left.sign != ""))


def _plain(unit: str) -> str:
    return unit.strip(" \\-$").removesuffix("s")


def _amount(number: _Number) -> float:
    digits = _DIGITS.search(number.value)
    return float(digits.group().replace(",", "")) if digits else 0.0


def _reports_nothing(text: str, start: int, end: int, number: _Number) -> bool:
    before, after = text[max(start, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
    return reports_nothing(number.value, before, after[: max(0, end - number.end)])


def _is_figure(number: _Number, before: str, after: str, *, telling: bool, beside: bool) -> bool:
    """Whether a number is a figure; ``telling``: its sentence speaks of a change, ``beside``: a metric touches it."""
    if number.unit:
        return not (_OF_DATA.match(after) and _SPENT.search(before)) and not _COUNTED.match(after)
    if number.spent or _COUNTED.match(after):
        return False
    if beside:
        return True
    if number.share or _NAMED.search(before):
        return False
    if number.sign == "+" and not after.startswith("+"):
        return True
    known = _METRIC_OF.search(before) is not None or _METRIC_AFTER.match(after) is not None
    bare = number.value.lstrip("+-−~–")
    return (known or telling) if "." in bare else known and len(bare) <= 3


def _spread(text: str, numbers: Sequence[_Number], found: Sequence[Figure], sure: list[bool]) -> None:
    """A bare decimal listed beside a figure is one too ("by 14.2, 13.0 and 18.1 mIoU"), and so is "from … to"."""
    pairs = [(index, index + 1) for index in range(len(numbers) - 1)]
    for here, beside in [*reversed(pairs), *((b, a) for a, b in pairs)]:
        if sure[here] or not sure[beside] or found[here].counted or numbers[here].spent:
            continue
        left, right = min(here, beside), max(here, beside)
        between = text[numbers[left].end : numbers[right].start]
        if _LIST.fullmatch(between) and ("." in numbers[here].value or " to " in between):
            sure[here] = True
