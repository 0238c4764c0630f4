"""Figures that a paper reports: what was measured, on what, by which method."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.data import Evidence, Mention, PaperEntity, Result
from kg.extract.figures import Figure, figures
from kg.extract.reading import Reading
from kg.ontology import Ontology

_ON = re.compile(r"\b(?:on|in|across|over|for|under)\s+(?:the\s+|its\s+|our\s+|both\s+|challenging\s+|average\s+)*$")
_TO = re.compile(r"\s*(?:to|vs\.?|→|->)\s*")
_RELATIVE = re.compile(r"(?:[xX×]|times|fold|FPS|fps|ms|GB|MB|dB|\$)\s*$")
_DIRECT = re.compile(
    r"\s*(?:benchmark|dataset|tasks?)?\s*(?:from|by|to|at|of|is|:|with|reaching|\()\s*(?:up to|over|only)?\s*$"
)
_MOST = 40
_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence with what the reader of its figures needs: mentions by kind, in reading order."""

    start: int
    end: int
    data: tuple[Mention, ...]
    tasks: tuple[Mention, ...]
    metrics: tuple[Mention, ...]
    methods: tuple[Mention, ...]


class ResultReader:
    """Reads results from the sentences of an abstract once its mentions are settled."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    def read(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> tuple[Result, ...]:
        """Results in reading order, at most a few dozen a paper."""
        own_data = self._own(reading, mentions, entities, "Benchmark")
        own_method = self._own(reading, mentions, entities, "Method")
        results: list[Result] = []
        starts = [mention.start for mention in mentions]
        carried = ""
        for start, end in reading.sentences[1:] if reading.paper.title else reading.sentences:
            here = mentions[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
            sentence = self._sentence(start, end, here)
            found = figures(reading.text, start, end, [(m.start, m.end) for m in sentence.metrics])
            found = [figure for figure in found if not _inside(figure, here)]
            places = _places(reading.text, sentence, found)
            for figure, place in zip(found, places, strict=True):
                on = place or ("" if _RELATIVE.search(figure.value) else carried or own_data)
                metric, by = _metric(reading.text, sentence, figure), _subject(sentence, figure) or own_method
                quote = reading.text[start:end]
                evidence = Evidence(reading.paper.id, figure.start, figure.end, quote, "results", _SCORE)
                results.append(Result(figure.value, metric, on, by, evidence))
            if sentence.data or sentence.tasks:
                carried = places[-1] if found and len(set(places)) == 1 else ""
        return tuple(results[:_MOST])

    def _own(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity], type_name: str
    ) -> str:
        """The one thing of a type that the paper introduces; of several, the one in the title; else empty."""
        own = [entity for entity in entities if entity.role == "introduces" and self._is(entity.type, type_name)]
        title = len(reading.paper.title)
        titled = [entity for entity in own if any(mentions[index].start < title for index in entity.mentions)]
        if type_name == "Benchmark":
            return titled[0].name if len(titled) == 1 else ""
        return own[0].name if len(own) == 1 else titled[0].name if len(titled) == 1 else ""

    def _is(self, type_name: str, *parents: str) -> bool:
        return self._ontology.is_a(type_name, *parents)

    def _sentence(self, start: int, end: int, mentions: Sequence[Mention]) -> _Sentence:
        def of(*parents: str) -> tuple[Mention, ...]:
            return tuple(mention for mention in mentions if self._is(mention.type, *parents))

        return _Sentence(start, end, of("Dataset", "Benchmark"), of("Task"), of("Metric"), of("Method"))


def _inside(figure: Figure, mentions: Sequence[Mention]) -> bool:
    return any(mention.start <= figure.start and figure.end <= mention.end for mention in mentions)


def _places(text: str, sentence: _Sentence, found: Sequence[Figure]) -> list[str]:
    """What each figure was measured on, or empty."""
    if spread := _in_order(text, sentence, found):
        return spread
    places = [
        _directly(text, sentence, figure)
        or _bracketed(text, sentence, figure)
        or _following(text, sentence, found, index)
        for index, figure in enumerate(found)
    ]
    for index in range(1, len(found)):  # "on MATH from 46.1% to 51.2%"
        if _TO.fullmatch(text[found[index - 1].end : found[index].start]) and _directly(
            text, sentence, found[index - 1]
        ):
            places[index] = places[index - 1]
    for index in range(len(found) - 2, -1, -1):  # "46.1% to 51.2% on MATH": both are on MATH
        if not places[index] and places[index + 1] and found[index + 1].start - found[index].end <= 16:
            places[index] = places[index + 1]
    used = {place for place in places if place}
    for index, figure in enumerate(found):
        if not places[index]:
            places[index] = _leading(text, sentence, figure, used)
    return places


def _in_order(text: str, sentence: _Sentence, found: Sequence[Figure]) -> list[str]:
    """ "5.5%, 2.2% and 4.5% on A, B and C": as many figures in a row as data after (or before) them."""
    count = len(found)
    if count < 2 or any(b.start - a.end > 60 for a, b in pairwise(found)):
        return []
    after = [mention for mention in sentence.data if mention.start > found[-1].end]
    before = [mention for mention in sentence.data if mention.end < found[0].start]
    if any(found[0].end <= mention.start <= found[-1].start for mention in sentence.data):
        return []
    for group in (after[:count], before[-count:]):
        if len(group) == count and _is_row(text, group):
            return [mention.text for mention in group]
    return []


def _is_row(text: str, group: Sequence[Mention]) -> bool:
    return all(b.start - a.end <= 24 for a, b in pairwise(group))


def _directly(text: str, sentence: _Sentence, figure: Figure) -> str:
    """ "on MATH from 46.1%": data with no more than a preposition between it and the figure."""
    for mention in sentence.data:
        gap = figure.start - mention.end
        if 0 < gap <= 24 and _DIRECT.fullmatch(text[mention.end : figure.start]):
            return mention.text
    return ""


def _bracketed(text: str, sentence: _Sentence, figure: Figure) -> str:
    """ "ScanNet (+1.1 mAP50)": the data right before the bracket that holds the figure."""
    opening = text.rfind("(", max(sentence.start, figure.start - 40), figure.start)
    if opening < 0 or ")" in text[opening : figure.start]:
        return ""
    for mention in (*sentence.data, *sentence.tasks):
        if 0 <= opening - mention.end <= 12 and "," not in text[mention.end : opening]:
            return mention.text
    return ""


def _following(text: str, sentence: _Sentence, found: Sequence[Figure], index: int) -> str:
    """The first data after the figure, and before the next, that "on" or the like introduces."""
    figure = found[index]
    limit = found[index + 1].start if index + 1 < len(found) else sentence.end
    limit = min(limit, figure.end + 110)
    for mention in sentence.data:
        if figure.end <= mention.start < limit:
            if ";" in text[figure.end : mention.start]:
                return ""
            return mention.text
    for mention in sentence.tasks:
        if figure.end <= mention.start < limit and _ON.search(
            text[max(figure.end, mention.start - 30) : mention.start]
        ):
            return mention.text
    return ""


def _leading(text: str, sentence: _Sentence, figure: Figure, used: set[str]) -> str:
    """The last data before the figure ("On X, we reach 5%"), if no other figure has been placed there."""
    before = [mention for mention in sentence.data if mention.end <= figure.start and mention.text not in used]
    if before and (figure.start - before[-1].end <= 90 or len({mention.text for mention in sentence.data}) == 1):
        return before[-1].text
    tasks = [
        mention
        for mention in sentence.tasks
        if mention.end <= figure.start
        and figure.start - mention.end <= 50
        and _ON.search(text[max(sentence.start, mention.start - 30) : mention.start])
    ]
    return tasks[-1].text if tasks else ""


def _metric(text: str, sentence: _Sentence, figure: Figure) -> str:
    """The metric nearest to the figure, a little after it or before it in the same clause."""
    best: tuple[int, str] = (60, "")
    for mention in sentence.metrics:
        after, before = mention.start - figure.end, figure.start - mention.end
        distance = after if after >= 0 else before + 8
        if distance >= 0 and distance < best[0]:
            between = text[figure.end : mention.start] if after >= 0 else text[mention.end : figure.start]
            if ";" not in between and not re.search(r"\d%", between):
                best = (distance, mention.text)
    return best[1]


def _subject(sentence: _Sentence, figure: Figure) -> str:
    """The first method of the sentence that stands before the figure and is no baseline."""
    for mention in sentence.methods:
        if mention.end <= figure.start and mention.role != "compares":
            return mention.text if mention.role == "introduces" else ""
    return ""
