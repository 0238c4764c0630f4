"""What a figure was measured on: the data, benchmark or task that the words around it give."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.data import Mention
from kg.extract.figures import Figure
from kg.extract.wordlists import word_list

_ON = re.compile(
    r"\b(?:on|in|across|over|for|under|to)\s+(?:the\s+|its\s+|our\s+|both\s+|more\s+|\w+ing\s+|average\s+|\w+\s+){0,2}$"
)
_TO = re.compile(r"\s*(?:to|vs\.?|→|->)\s*")
_DIRECT = re.compile(
    r"\s*(?:benchmark|dataset|tasks?)?\s*(?:from|by|to|at|of|is|:|with|reaching|\()\s*(?:up to|over|only)?\s*$"
)
_AFTER = re.compile(r"(?:\s+[\w@%-]+){0,5}?\s+(?:on|in|for|across)\s+(?=[a-z])")
_WORD = re.compile(r"[\w-]+")
_HEAD = re.compile(
    r"(?:tasks?|benchmarks?|problems?|datasets?|settings?|scenarios?|environments?|domains?|objects|queries|questions)$"
)
_DOING = re.compile(r"\w{3,}(?:tion|sion|ment|sis|ing|QA|recall|navigation|search|simulation)$")
_NO_PLACE = frozenset(
    ("training", "learning", "reasoning", "setting", "terms", "addition", "comparison", "testing", "inference")
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what its figures may speak of: mentions by kind, in reading order."""

    start: int
    end: int
    data: tuple[Mention, ...]
    tasks: tuple[Mention, ...]
    metrics: tuple[Mention, ...]
    methods: tuple[Mention, ...]


def places(text: str, sentence: Sentence, found: Sequence[Figure]) -> list[str]:
    """What each figure was measured on, or empty."""
    if spread := _in_order(sentence, found):
        return spread
    result = [
        _directly(text, sentence, figure)
        or _bracketed(text, sentence, figure)
        or _following(text, sentence, found, index)
        for index, figure in enumerate(found)
    ]
    for index in range(1, len(found)):  # "on MATH from 46.1% to 51.2%"
        if _TO.fullmatch(text[found[index - 1].end : found[index].start]) and _directly(
            text, sentence, found[index - 1]
        ):
            result[index] = result[index - 1]
    for index in range(len(found) - 2, -1, -1):  # "46.1% to 51.2% on MATH": both are on MATH
        if not result[index] and result[index + 1] and found[index + 1].start - found[index].end <= 16:
            result[index] = result[index + 1]
    used = {place for place in result if place}
    for index, figure in enumerate(found):
        if not result[index]:
            result[index] = _leading(text, sentence, figure, used)
    return result


def _in_order(sentence: Sentence, found: Sequence[Figure]) -> list[str]:
    """ "5.5%, 2.2% and 4.5% on A, B and C": as many figures in a row as data after (or before) them."""
    count = len(found)
    if count < 2 or any(b.start - a.end > 60 for a, b in pairwise(found)):
        return []
    if any(found[0].end <= mention.start <= found[-1].start for mention in sentence.data):
        return []
    after = [mention for mention in sentence.data if mention.start > found[-1].end]
    before = [mention for mention in sentence.data if mention.end < found[0].start]
    for group in (after[:count], before[-count:]):
        if len(group) == count and all(b.start - a.end <= 24 for a, b in pairwise(group)):
            return [mention.text for mention in group]
    return []


def _directly(text: str, sentence: Sentence, figure: Figure) -> str:
    """ "on MATH from 46.1%": data with no more than a preposition between it and the figure."""
    for mention in sentence.data:
        if 0 < figure.start - mention.end <= 24 and _DIRECT.fullmatch(text[mention.end : figure.start]):
            return mention.text
    return ""


def _bracketed(text: str, sentence: Sentence, figure: Figure) -> str:
    """ "ScanNet (+1.1 mAP50)": the data or the task right before the bracket that holds the figure."""
    opening = text.rfind("(", max(sentence.start, figure.start - 40), figure.start)
    if opening < 0 or ")" in text[opening : figure.start]:
        return ""
    for mention in (*sentence.data, *sentence.tasks):
        if 0 <= opening - mention.end <= 12 and "," not in text[mention.end : opening]:
            return mention.text
    return ""


def _following(text: str, sentence: Sentence, found: Sequence[Figure], index: int) -> str:
    """The first data after the figure and before the next, or the task or phrase that "on" or the like introduces."""
    figure = found[index]
    limit = min(found[index + 1].start if index + 1 < len(found) else sentence.end, figure.end + 110)
    for mention in sentence.data:
        if figure.end <= mention.start < limit:
            return "" if ";" in text[figure.end : mention.start] else mention.text
    for mention in sentence.tasks:
        lead = text[max(figure.end, mention.start - 40) : mention.start]
        if figure.end <= mention.start < limit and (_ON.search(lead) or len(lead) < 25) and ";" not in lead:
            return mention.text
    return _phrase(text, figure.end, limit)


def _phrase(text: str, start: int, limit: int) -> str:
    """A plain noun phrase after "on" or "in" that says where: "on in-domain tasks", "in tool call rejection"."""
    lead = _AFTER.match(text, start, limit)
    if not lead:
        return ""
    stops, plain = word_list("stop_words"), word_list("plain_adjectives")
    first = last = -1
    position = lead.end()
    for _ in range(6):
        word = _WORD.match(text, position, limit)
        if not word or word.group() in stops:
            break
        if first >= 0 or word.group() not in plain:
            first, last = (word.start() if first < 0 else first), word.end()
        position = word.end() + 1
        if text[word.end() : word.end() + 1] != " ":
            break
    phrase = text[first:last] if first >= 0 else ""
    words = phrase.split()
    if not words or words[-1] in _NO_PLACE:
        return ""
    if _HEAD.search(words[-1]) and len(words) > 1:
        return " ".join(words[:-1]) if _DOING.fullmatch(words[-2]) and words[-1].startswith("task") else phrase
    return phrase if _DOING.fullmatch(words[-1]) else ""


def _leading(text: str, sentence: Sentence, figure: Figure, used: set[str]) -> str:
    """The last data before the figure ("On X, we reach 5%"), if no other figure has been placed there."""
    before = [mention for mention in sentence.data if mention.end <= figure.start and mention.text not in used]
    if before and (figure.start - before[-1].end <= 90 or len({mention.text for mention in sentence.data}) == 1):
        return before[-1].text
    if sentence.data:
        return ""
    tasks = [
        mention
        for mention in sentence.tasks
        if mention.end <= figure.start and _ON.search(text[max(sentence.start, mention.start - 40) : mention.start])
    ]
    return tasks[-1].text if tasks else ""
