"""Figures that a paper reports: what was measured, on what, by which method."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.data import Evidence, Mention, PaperEntity, Result
from kg.extract import credit
from kg.extract.costs import is_of_another_quantity
from kg.extract.figures import Figure, may_be_figures
from kg.extract.lists import in_order, reached_in_order
from kg.extract.measures import BASELINE, SCORE
from kg.extract.model.trees import Trees
from kg.extract.offers import Setting, Thing, phrases
from kg.extract.placer import RELATIVE, choose
from kg.extract.places import Sentence, places
from kg.extract.reading import Reading
from kg.extract.rivals import is_of_nobody_named
from kg.normalize import normalize
from kg.ontology import Ontology

_OPENING = re.compile(r"\s?\((?:around |about |approximately |only |up to )?")
_MOST = 40
_CROWD = 100
"""Numbers, and plain phrases, of one sentence that are looked at: a bound for odd texts."""
_BEFORE = 4
_LATEST = 3
_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class ResultTrees:
    """What was learned of results: what a figure is on, by which metric it is, whose it is."""

    placing: Trees
    metric: Trees
    method: Trees


class ResultReader:
    """Reads results from the sentences of an abstract once its mentions are settled; with trees where there are any."""

    def __init__(self, ontology: Ontology, trees: ResultTrees | None = None) -> None:
        self._ontology = ontology
        self._trees = trees

    def read(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> tuple[Result, ...]:
        """Results in reading order, at most a few dozen a paper."""
        results: list[Result] = []
        carried = ""
        for setting in self.settings(reading, mentions, entities):
            sentence = setting.sentence
            where = _placed(setting, self._trees.placing) if self._trees else self._by_rule(setting, carried)
            quote = reading.text[sentence.start : sentence.end]
            for index, (metric, by, said) in self._credited(setting, where):
                figure, on = setting.found[index], where[index] or ""
                evidence = Evidence(reading.paper.id, figure.start, figure.end, quote, "results", _SCORE)
                results.append(Result(figure.value, metric, on, by, evidence, said))
            if sentence.data or sentence.tasks:
                ruled = {place for number, place in zip(setting.found, setting.ruled, strict=True) if number.sure}
                carried = ruled.pop() if len(ruled) == 1 else ""
        return tuple(results[:_MOST])

    def _credited(self, setting: Setting, where: Sequence[str | None]) -> Iterator[tuple[int, tuple[str, str, str]]]:
        """Metric, method and sort of each figure that is a result, by its index."""
        kept = [index for index, on in enumerate(where) if on is not None]
        if self._trees:
            metrics = credit.choose(setting, credit.of_metrics(setting), kept, self._trees.metric)
            methods = credit.choose(setting, credit.of_methods(setting), kept, self._trees.method)
        else:
            metrics = [_metric(setting.text, setting.sentence, setting.found[index]) for index in kept]
            methods = [_reached_by(setting, setting.found[index]) for index in kept]
        reached = reached_in_order(setting.text, setting.sentence, setting.found)
        for index, metric, method in zip(kept, metrics, methods, strict=True):
            other = is_of_another_quantity(setting.text, setting.sentence, setting.found[index], metric)
            by, said = _whose(setting, index, _named(setting, reached.get(index, method)))
            yield index, ("" if other else _named(setting, metric), by, said)

    def settings(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> Iterator[Setting]:
        """Each sentence of the abstract with its figures and what they may be on."""
        own, owner = (self._own(reading, mentions, entities, name) for name in ("Benchmark", "Method"))
        tasks = self._titled(reading, mentions, entities)
        starts = [mention.start for mention in mentions]
        title = self._sentence(0, len(reading.paper.title), mentions[: bisect_right(starts, len(reading.paper.title))])
        earlier: dict[str, None] = {}
        metrics, methods = dict.fromkeys(m.text for m in title.metrics), dict.fromkeys(m.text for m in title.methods)
        things = self._things(reading, mentions, entities)
        titled = 1 if reading.paper.title else 0
        for number, (start, end) in enumerate(reading.sentences[titled:], titled):
            within = mentions[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
            sentence = self._sentence(start, end, within)
            found = may_be_figures(reading.text, start, end, [(m.start, m.end) for m in sentence.metrics])
            found = [figure for figure in found[:_CROWD] if not _inside(figure, within)]
            if found:
                benchmarks = frozenset(m.text for m in sentence.data if self._is(m.type, "Benchmark"))
                *others, previous = [*reversed(earlier)][:_BEFORE][::-1] or [""]
                yield Setting(
                    reading.text, sentence, found, _ruled(reading.text, sentence, found), benchmarks, own, previous,
                    tuple(others), tasks, start / len(reading.text),
                    tuple(islice(phrases(reading.text, sentence), _CROWD)), number, things, owner,
                    _latest(metrics), _latest(methods),
                )  # fmt: skip
            for named, here in ((earlier, sentence.data), (metrics, sentence.metrics), (methods, sentence.methods)):
                for mention in here:
                    named.pop(mention.text, None)
                    named[mention.text] = None

    def _things(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> dict[str, Thing]:
        """The entities by each of their forms."""
        things: dict[str, Thing] = {}
        for entity in entities:
            numbers = sorted({reading.sentence_at(mentions[index].start) for index in entity.mentions})
            is_data = self._is(entity.type, "Dataset", "Benchmark")
            thing = Thing(entity.name, entity.role, is_data, tuple(numbers))
            for form in (entity.name, *entity.aliases):
                things.setdefault(normalize(form), thing)
        return things

    def _titled(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity]
    ) -> tuple[str, ...]:
        """Tasks that the title names."""
        title = len(reading.paper.title)
        tasks = [entity for entity in entities if self._is(entity.type, "Task")]
        return tuple(task.name for task in tasks if any(mentions[index].start < title for index in task.mentions))

    @staticmethod
    def _by_rule(setting: Setting, carried: str) -> list[str | None]:
        return [
            (place or ("" if RELATIVE.search(figure.value) else carried or setting.own)) if figure.sure else None
            for figure, place in zip(setting.found, setting.ruled, strict=True)
        ]

    def _own(
        self, reading: Reading, mentions: Sequence[Mention], entities: Sequence[PaperEntity], type_name: str
    ) -> str:
        """The one thing of a type that the paper introduces; of several, the one in the title; else empty."""
        own = [entity for entity in entities if entity.role == "introduces" and self._is(entity.type, type_name)]
        title = len(reading.paper.title)
        titled = [entity for entity in own if any(mentions[index].start < title for index in entity.mentions)]
        if type_name == "Benchmark":
            return titled[0].name if len(titled) == 1 else ""
        return (titled or own)[0].name if own else ""

    def _is(self, type_name: str, *parents: str) -> bool:
        return self._ontology.is_a(type_name, *parents)

    def _sentence(self, start: int, end: int, mentions: Sequence[Mention]) -> Sentence:
        def of(*parents: str) -> tuple[Mention, ...]:
            return tuple(mention for mention in mentions if self._is(mention.type, *parents))

        return Sentence(start, end, of("Dataset", "Benchmark"), of("Task"), of("Metric"), of("Method"))


def _ruled(text: str, sentence: Sentence, found: Sequence[Figure]) -> list[str]:
    """What the rules say of each number; of a doubtful one as if it stood alone among the sure."""
    sure = [number for number in found if number.sure]
    answers = dict(zip(sure, places(text, sentence, sure), strict=True))
    for number in found:
        if not number.sure:
            beside = sorted((*sure, number), key=lambda one: one.start)
            answers[number] = places(text, sentence, beside)[beside.index(number)]
    return [answers[number] for number in found]


def _placed(setting: Setting, trees: Trees) -> list[str | None]:
    """What each number is on by the trees, but by the order of the sentence where that tells for certain."""
    ordered = in_order(setting.text, setting.sentence, setting.found)
    return [on if on is None else ordered.get(index, on) for index, on in enumerate(choose(setting, trees))]


def _whose(setting: Setting, index: int, by: str) -> tuple[str, str]:
    """Whose a figure is and of which sort, once it is clear that no unnamed rival reached it.

    A baseline is of a rival: if that is named, its score is a score like any other.
    """
    said = credit.sort_of(setting, index)
    if by and is_of_nobody_named(setting.text, setting.sentence, setting.found[index]):
        return "", BASELINE if said == SCORE and setting.owner else said
    if said == BASELINE:
        return ("", said) if by in ("", setting.owner) else (by, SCORE)
    return by, said


def _latest(named: dict[str, None]) -> tuple[str, ...]:
    return tuple(islice(reversed(named), _LATEST))


def _named(setting: Setting, form: str) -> str:
    """The paper's name of what a form names."""
    thing = setting.things.get(normalize(form))
    return thing.name if thing else form


def _inside(figure: Figure, mentions: Sequence[Mention]) -> bool:
    return any(mention.start <= figure.start and figure.end <= mention.end for mention in mentions)


def _metric(text: str, sentence: Sentence, figure: Figure) -> str:
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


def _reached_by(setting: Setting, figure: Figure) -> str:
    """The method right before the figure's bracket, else the first before it if that is new, else the paper's own."""
    before = [mention for mention in setting.sentence.methods if mention.end <= figure.start]
    bracketed = (m.text for m in before if _OPENING.fullmatch(setting.text, m.end, figure.start))
    acting = next((mention for mention in before if mention.role != "compares"), None)
    new = acting.text if acting and acting.role == "introduces" else ""
    return next(bracketed, new or setting.owner)
