"""The evidence of every edge, as places in the papers' texts: a sentence is stored once however many claims cite it."""

from array import array
from dataclasses import dataclass, field

import numpy as np

from kg.data import Evidence, Graph, Node
from kg.export.html.container import Column, one_line
from kg.export.html.tables import Ordered

_NOWHERE = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class _Text:
    """A paper's text as evidence points into it (``raw``) and as it travels (``line``): white space collapsed.

    ``even``: both have the same places. ``plain``: JavaScript counts its characters as we do.
    """

    raw: str
    line: str
    even: bool
    plain: bool

    def place(self, start: int) -> int:
        """Where code point `start` stands once white space is collapsed."""
        if self.even:
            return start
        head = self.raw[:start]
        return len(_line(head)) + (1 if head[-1:].isspace() and head.strip() else 0)

    def units(self, start: int, end: int) -> int:
        """Length of a part of ``line`` as JavaScript counts it: characters beyond the basic plane are two."""
        return max(0, end - start) if self.plain else _units(self.line[start:end])


_NO_TEXT = _Text("", "", even=False, plain=True)


@dataclass
class _Papers:
    """Texts by paper id, as they travel: white space collapsed, title and abstract parted by one space."""

    nodes: dict[str, Node]
    numbers: dict[str, int]
    outside: list[str] = field(default_factory=list)
    texts: dict[str, _Text] = field(default_factory=dict)

    def text(self, paper: str) -> _Text:
        found = self.texts.get(paper)
        if found is None:
            node = self.nodes.get(paper)
            found = self.texts[paper] = _text(node) if node else _NO_TEXT
        return found

    def number(self, paper: str) -> int:
        """Index of a paper; those that the page has no node for are numbered after the nodes."""
        if not paper:
            return _NOWHERE
        if paper not in self.numbers:
            self.numbers[paper] = len(self.numbers)
            self.outside.append(paper)
        return self.numbers[paper]


def _text(node: Node) -> _Text:
    raw = f"{node.name}\n{node.abstract}"
    line = _line(f"{node.name} {node.abstract}")
    even = "  " not in raw and "\n" not in node.abstract and bool(raw[:1].strip())
    if even and len(raw) == len(line):  # nearly all: two copies of every text would be a tenth of a build's memory
        raw = line
    return _Text(raw, line, even, line.isascii())


def _numbers() -> "array[int]":
    return array("I")


@dataclass
class _Rows:
    """Columns under construction, one value an evidence; lists of numbers would take eight times the memory."""

    paper: "array[int]" = field(default_factory=_numbers)
    start: "array[int]" = field(default_factory=_numbers)
    length: "array[int]" = field(default_factory=_numbers)
    mark: "array[int]" = field(default_factory=_numbers)
    marked: "array[int]" = field(default_factory=_numbers)
    extractor: "array[int]" = field(default_factory=_numbers)
    score: "array[int]" = field(default_factory=_numbers)
    loose: list[str] = field(default_factory=list)


def evidence_columns(ordered: Ordered, whole: Graph) -> tuple[list[str], dict[str, Column]]:
    """Names of extractors, and the columns. ``offset`` gives the first evidence of each edge; lengths are UTF-16 units.

    A sentence that is not in its paper's text has ``start`` 2³² - 1 and its ``length`` is an index into ``loose``.
    """
    papers = _Papers(_papers(ordered, whole), dict(ordered.index))
    names = sorted({item.extractor for edge in ordered.edges for item in edge.evidence})
    extractors = {name: number for number, name in enumerate(names)}
    rows = _Rows()
    for edge in ordered.edges:
        for item in edge.evidence:
            _add(rows, item, papers, extractors)
    counts = [len(edge.evidence) for edge in ordered.edges]
    texts = [papers.text(node.id).line if node.type == "Paper" else "" for node in ordered.nodes]
    outside = [papers.nodes[key].name if key in papers.nodes else key for key in papers.outside]
    return names, {
        "offset": np.cumsum([0, *counts], dtype=np.uint32),
        "paper": _u4(rows.paper),
        "start": _u4(rows.start),
        "length": _u4(rows.length),
        "mark": _u4(rows.mark),
        "marked": _u4(rows.marked),
        "extractor": np.array(rows.extractor, dtype=np.uint8),
        "score": np.array(rows.score, dtype=np.uint8),
        "loose": rows.loose,
        "text": texts,
        "outsideText": [papers.text(key).line for key in papers.outside],
        "outsideName": outside,
        "outsideId": list(papers.outside),
    }


def _papers(ordered: Ordered, whole: Graph) -> dict[str, Node]:
    """The papers that the page has nodes for, and those that it only cites."""
    found = {node.id: node for node in ordered.nodes if node.type == "Paper"}
    cited = {item.paper for edge in ordered.edges for item in edge.evidence if item.paper not in found}
    if cited:
        found |= {node.id: node for node in whole.nodes if node.type == "Paper" and node.id in cited}
    return found


def _add(rows: _Rows, item: Evidence, papers: _Papers, extractors: dict[str, int]) -> None:
    text, sentence = papers.text(item.paper), _line(item.sentence)
    before = text.place(item.start) if text.raw and sentence else 0
    start = _sentence_at(text.line, sentence, before) if sentence else -1
    rows.paper.append(papers.number(item.paper))
    rows.extractor.append(extractors[item.extractor])
    rows.score.append(round(min(1.0, max(0.0, item.score)) * 100))
    if start < 0:
        rows.start.append(_NOWHERE)
        rows.length.append(len(rows.loose))
        rows.loose.append(sentence)
        rows.mark.append(0)
        rows.marked.append(0)
        return
    words = _line(text.raw[item.start : item.end])
    inside = start <= before and before + len(words) <= start + len(sentence)
    rows.start.append(text.units(0, start))
    rows.length.append(_units(sentence))
    rows.mark.append(text.units(start, before) if inside else 0)
    rows.marked.append(_units(words) if inside else 0)


def _sentence_at(text: str, sentence: str, before: int) -> int:
    """Where the sentence around position `before` starts, else its first place, else -1."""
    near = text.rfind(sentence, 0, before + len(sentence))
    return near if near >= 0 and near <= before else text.find(sentence)


def _units(text: str) -> int:
    """Length as JavaScript counts it: characters beyond the basic plane are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def _line(text: str) -> str:
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(one_line(text).split())


def _u4(values: "array[int]") -> np.ndarray:
    return np.array(values, dtype=np.uint32)
