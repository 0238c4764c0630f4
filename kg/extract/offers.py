"""What a figure may be measured on: names of its sentence, of the paper, and plain phrases after "on" or "in"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.data import Mention
from kg.extract.figures import Figure
from kg.extract.places import Sentence
from kg.extract.wordlists import word_list
from kg.normalize import normalize

_NAME = re.compile(
    r"(?<![\w-])[A-Z][\w+@.-]{0,30}(?<![._-])"
    r"(?:(?:[ -]|\s(?=\d))[A-Z\d][\w+@.-]{0,30}(?<![._-])){0,3}(?:_\{\w{1,12}\})?"
)
_LEAD = re.compile(r"\b(?:on|in|for|across|of|over|under|at|against|to|between)\s")
_ON = re.compile(r"\b(?:on|in|for|across|with|under)\s+(?:the\s+)?(?:average\s+)?$")
_WORD = re.compile(r"[^\W_](?:[\w'+-]|\.(?=\w)){0,40}")
_HEADS = frozenset(
    "task tasks benchmark benchmarks dataset datasets problem problems setting settings scenario scenarios "
    "environment environments domain domains test tests suite leaderboard performance accuracy".split()
)
_SKIPPED = frozenset("the a an its our both all more various several multiple average these those this most".split())
_MOST_WORDS = 6
_REACH = 120
_FEW = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a figure may be measured on; its span where it stands in the sentence, else ``start`` -1."""

    kind: str
    text: str
    start: int = -1
    end: int = -1
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What of an entity matters here; ``sentences`` are the numbers of those that name it, the title is 0."""

    name: str
    role: str
    is_data: bool
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence with the numbers that may be figures, the answers of the rules, and what the paper offers.

    ``own`` is the paper's own benchmark, ``previous`` the data named just before, ``earlier`` other data named before
    it, latest first, ``tasks`` what the title says that it solves; ``share`` is how much of the text lies before the
    sentence, ``number`` its number. ``things`` has the paper's entities by normalized form. ``owner`` is the paper's
    own method, ``metrics_before`` and ``methods_before`` are the last named before the sentence, latest first.
    """

    text: str
    sentence: Sentence
    found: Sequence[Figure]
    ruled: Sequence[str]
    benchmarks: frozenset[str]
    own: str
    previous: str
    earlier: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    share: float = 0.0
    phrases: tuple[Option, ...] = ()
    number: int = 0
    things: Mapping[str, Thing] = field(default_factory=dict)
    owner: str = ""
    metrics_before: tuple[str, ...] = ()
    methods_before: tuple[str, ...] = ()


def options(setting: Setting, index: int) -> list[Option]:
    """What a figure may be on: nothing first, then each name of the sentence once, where it is nearest."""
    figure, offered = setting.found[index], {"": Option("none", "")}
    near = [option for option in _mentioned(setting) if _ahead(option, figure) is not None]
    near.sort(key=lambda option: (_distance(option, figure), option.start))
    for option in near:
        offered.setdefault(normalize(option.text), option)
    for kind, text in _elsewhere(setting, index):
        offered.setdefault(normalize(text), Option(kind, text))
    near = sorted(setting.phrases, key=lambda option: (_distance(option, figure), option.start))
    taken = dict.fromkeys(("name", "phrase"), 0)
    for option in near:
        if taken[option.kind] < _FEW and _distance(option, figure) < _REACH and not _touches(option, figure):
            taken[option.kind] += 1
            offered.setdefault(normalize(option.text), option)
    return list(offered.values())


def _ahead(option: Option, figure: Figure) -> int | None:
    return None if _touches(option, figure) else option.start - figure.start


def _touches(option: Option, figure: Figure) -> bool:
    return option.start < figure.end and figure.start < option.end


def _mentioned(setting: Setting) -> Iterator[Option]:
    sentence = setting.sentence
    for mention in sentence.data:
        kind = "benchmark" if mention.text in setting.benchmarks else "data"
        yield Option(kind, mention.text, mention.start, mention.end, mention)
    for mention in sentence.tasks:
        yield Option("task", mention.text, mention.start, mention.end, mention)
    for mention in sentence.methods:
        if _ON.search(setting.text, max(sentence.start, mention.start - 24), mention.start):
            yield Option("method", mention.text, mention.start, mention.end, mention)


def _elsewhere(setting: Setting, index: int) -> Iterator[tuple[str, str]]:
    yield "ruled", setting.ruled[index]
    yield "own", setting.own
    yield "previous", setting.previous
    yield from (("earlier", text) for text in setting.earlier)
    yield from (("title", text) for text in setting.tasks)


def _distance(option: Option, figure: Figure) -> int:
    return option.start - figure.end if option.start >= figure.end else figure.start - option.end


def phrases(text: str, sentence: Sentence) -> Iterator[Option]:
    """Names and plain phrases of a sentence that nothing mentions: "on EHRQA", "in world knowledge"."""
    mentions = [*sentence.data, *sentence.tasks, *sentence.metrics, *sentence.methods]
    for match in _NAME.finditer(text, sentence.start, sentence.end):
        if match.start() > sentence.start and _is_free(match.start(), match.end(), mentions):
            yield Option("name", match.group(), *match.span())
    for lead in _LEAD.finditer(text, sentence.start, sentence.end):
        for start, end in _noun_phrase(text, lead.end(), sentence.end):
            if _is_free(start, end, mentions):
                yield Option("phrase", text[start:end], start, end)


def _noun_phrase(text: str, start: int, limit: int) -> Iterator[tuple[int, int]]:
    """Words up to a mark or a function word: the whole, and without a last word such as "tasks"."""
    stops, plain = word_list("stop_words"), word_list("plain_adjectives")
    spans: list[tuple[int, int]] = []
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, start, limit)
        if not word or (spans and word.group() in stops) or (word.group() in stops and word.group() not in _SKIPPED):
            break
        if spans or not (word.group() in _SKIPPED or word.group() in plain):
            spans.append(word.span())
        start = word.end() + 1
        if text[word.end() : start] != " ":
            break
    if not spans or text[spans[0][0]].isdigit():
        return
    yield spans[0][0], spans[-1][1]
    if len(spans) > 1 and text[slice(*spans[-1])] in _HEADS:
        yield spans[0][0], spans[-2][1]


def _is_free(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return not any(mention.start <= start and end <= mention.end for mention in mentions)
