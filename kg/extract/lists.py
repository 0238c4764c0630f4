"""Where the order of a sentence tells for certain what each of its figures is on, or whose it is.

Lists: "73.1% and 58.7% pass@1 on MATH and HumanEval". Turns: "MATH from 70% to 73% and HumanEval from 51% to 58%".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.data import Mention
from kg.extract.figures import Figure
from kg.extract.places import Sentence

_JOINED = re.compile(
    r"(?:\s?\([^()]{1,20}\))?\s?(?:,\s?and\s|,|\band\s|&|/|\bor\s)\s?(?:(?:an?|by|up to|over)\s)?[$~]?"
)
_LISTED = re.compile(r"\s?(?:\([^()]{1,20}\)\s?)?(?:,\s?and|,|and|&|/)\s?(?:the\s)?")
_ON = re.compile(
    r"(?:\s?\([^()]{1,40}\))?(?:\s[\w@%.+/-]+){0,6}?,?\s(?:respectively,?\s)?(?:on|in|for|across|over)\s"
    r"(?:(?:both|the|all)\s)*+(?:[\w-]+\s){0,3}"
)
_RESPECTIVELY = re.compile(r"[^.;]{0,60}\brespectively\b")
_TOGETHER = re.compile(
    r"\s?[$\\]?\s?(?:to|vs\.?|versus|→|->|\\?rightarrow|from|against|compared to)?"
    r"\s?[$~(]?(?:\(|vs\.?|from|to)?\s?[$~+]?"
)
_CLAUSE = re.compile(r"[,;]|\sand\s")
_ACTING = re.compile(
    r"(?:\s(?:in|on)\s[\w -]{1,40})?,?\s(?:(?:which|that|only|still|can|\w+ly)\s)*+"
    r"(?:achiev|reach|attain|obtain|scor|yield|get|record|collaps|drop|fall|solv)(?:e|s|es|d|ed)?\s[^,;:()]{0,60}"
)
_FAR = 90
_LONGEST = 160
_CLOSE = 16


def in_order(text: str, sentence: Sentence, found: Sequence[Figure]) -> dict[int, str]:
    """The data that each figure is on, by the index of the figure, where the order of the sentence tells.

    >>> said = "It gains 5.1% and 3.2% on MATH and HumanEval."
    >>> data = tuple(Mention(at, at + len(name), name, "Benchmark", "evaluates", 1.0, ())
    ...              for name, at in (("MATH", 26), ("HumanEval", 35)))
    >>> in_order(said, Sentence(0, len(said), data, (), (), ()), [Figure(9, 13, "5.1%"), Figure(18, 22, "3.2%")])
    {0: 'MATH', 1: 'HumanEval'}
    """
    if len(sentence.data) < 2 or sum(figure.sure for figure in found) < 2:
        return {}
    return _in_turn(text, sentence.data, found) | _in_lists(text, sentence, found)


def reached_in_order(text: str, sentence: Sentence, found: Sequence[Figure]) -> dict[int, str]:
    """The method of each figure, by its index, where several do what they did: "A and B reach 5% and 3% respectively".

    >>> said = "On it GPT-4o and Gemma achieve 27.1% and 29.8%, respectively."
    >>> methods = tuple(Mention(at, at + len(name), name, "Model", "compares", 1.0, ())
    ...                 for name, at in (("GPT-4o", 6), ("Gemma", 17)))
    >>> figures = [Figure(31, 36, "27.1%"), Figure(41, 46, "29.8%")]
    >>> reached_in_order(said, Sentence(0, len(said), (), (), (), methods), figures)
    {0: 'GPT-4o', 1: 'Gemma'}
    """
    answers: dict[int, str] = {}
    for run in _runs(text, found) if len(sentence.methods) > 1 else ():
        for names in _lists(text, sentence.methods):
            before, after = names[-1].end, found[run[0]].start
            if len(names) != len(run) or not 0 < after - before <= _FAR:
                continue
            if _ACTING.fullmatch(text, before, after) and _RESPECTIVELY.match(text, found[run[-1]].end, sentence.end):
                answers |= {index: mention.text for index, mention in zip(run, names, strict=True)}
    return answers


def _in_lists(text: str, sentence: Sentence, found: Sequence[Figure]) -> dict[int, str]:
    """Figures and as many data, both listed, one list right after the other."""
    answers: dict[int, str] = {}
    for run in _runs(text, found):
        for names in _lists(text, sentence.data):
            if len(names) == len(run) and _belong(text, sentence, found, run, names):
                answers |= {index: mention.text for index, mention in zip(run, names, strict=True)}
    return answers


def _runs(text: str, found: Sequence[Figure]) -> Iterator[list[int]]:
    """The indices of sure figures that stand in a list, two at least."""
    run: list[int] = []
    for index, figure in enumerate(found):
        if figure.sure:
            if run and not _JOINED.fullmatch(text, found[run[-1]].end, figure.start):
                yield from [run] if len(run) > 1 else []
                run = []
            run.append(index)
    yield from [run] if len(run) > 1 else []


def _lists(text: str, data: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Data that stand in a list, two at least."""
    names = [data[0]]
    for left, right in pairwise(data):
        if not _LISTED.fullmatch(text, left.end, right.start):
            yield from [names] if len(names) > 1 else []
            names = []
        names.append(right)
    yield from [names] if len(names) > 1 else []


def _belong(
    text: str, sentence: Sentence, found: Sequence[Figure], run: Sequence[int], names: Sequence[Mention]
) -> bool:
    """Whether data are what a run of figures is on: "…% on A and B", or "on A and B … respectively"."""
    first, last = found[run[0]], found[run[-1]]
    if names[0].start >= last.end:
        return names[0].start - last.end < _LONGEST and _ON.fullmatch(text, last.end, names[0].start) is not None
    starts = [*(figure.start for figure in found), *(mention.start for mention in sentence.data)]
    beside = any(names[-1].end <= start < first.start for start in starts)
    said = _RESPECTIVELY.match(text, last.end, sentence.end) is not None
    return said and not beside and 0 < first.start - names[-1].end <= _FAR


def _in_turn(text: str, data: Sequence[Mention], found: Sequence[Figure]) -> dict[int, str]:
    """Data and figures by turns, figures of one comparison ("from 5% to 7%") for one; none where a turn is unclear."""
    groups = _groups(text, found)
    edges = [-1, *(found[group[0]].start for group in groups), len(text)]
    gaps = [[one for one in data if before < one.start < after] for before, after in pairwise(edges)]
    first, last = gaps[0], gaps[-1]
    if len(groups) < 2 or any(len(gap) != 1 for gap in gaps[1:-1]) or len(first) + len(last) != 1:
        return {}
    if (
        first
        and any(
            not _CLAUSE.search(text, found[group[-1]].end, gap[0].start)  # "3% on A": it may be that after the figure
            for group, gap in zip(groups[:-1], gaps[1:-1], strict=True)
        )
    ):
        return {}
    own = gaps[:-1] if first else gaps[1:]
    return {index: gap[0].text for group, gap in zip(groups, own, strict=True) for index in group}


def _groups(text: str, found: Sequence[Figure]) -> list[list[int]]:
    """The indices of sure figures, those of one comparison together."""
    groups: list[list[int]] = []
    for index, figure in enumerate(found):
        if figure.sure:
            end = found[groups[-1][-1]].end if groups else figure.start
            if groups and figure.start - end < _CLOSE and _TOGETHER.fullmatch(text, end, figure.start):
                groups[-1].append(index)
            else:
                groups.append([index])
    return groups
