"""From resolved papers to the graph: claims of all papers merged, their evidence pooled, confidence given."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.data import Assertion, Evidence, Graph, Node, Rejection, Resolution, ResolvedPaper
from kg.graph.claims import Claim, claims
from kg.graph.confidence import confidence
from kg.graph.ids import with_ids
from kg.ontology import Ontology
from kg.shelf import Groups, Room, shelve

_Key = tuple[str, str, str]
_Support = tuple[tuple[str, ...], float]  # papers that state an assertion, and its confidence


def assemble(
    resolution: Resolution,
    ontology: Ontology,
    papers: Iterable[tuple[ResolvedPaper, str]] | None = None,
    room: Room = Room(),  # noqa: B008 - frozen
) -> Graph:
    """The graph of all papers: unique nodes and assertions in sorted order, each assertion with all its evidence.

    `papers` are those of the resolution `with_ids` and whole, if it holds them without mentions, sentences, links,
    relations and results, or not at all; they are read once, one after the other. What `room` does not hold is
    gathered on disk.
    """
    gathered = _Gathered(resolution, room)
    rejections: list[Rejection] = list(resolution.rejections)
    types = {entity.id: entity.type for entity in resolution.entities}
    for paper, own in with_ids(resolution.papers) if papers is None else papers:
        for found in claims(paper, own, types, ontology):
            if isinstance(found, Rejection):
                rejections.append(found)
            else:
                gathered.add(found)
    for step in resolution.broader:
        reason = Evidence("", 0, 0, step.reason, "hierarchy", 1.0)
        gathered.add(Claim(step.narrower, "broader", step.broader, reason))
    assertions = shelve(gathered.assertions(), Assertion, room)
    return Graph(shelve(gathered.nodes(), Node, room), assertions, tuple(rejections))


class _Gathered:
    """What papers bring: evidence by claim, nodes by id, and then the support of nodes by id."""

    def __init__(self, resolution: Resolution, room: Room) -> None:
        self._evidence: Groups[_Key, Evidence] = Groups(tuple[_Key, list[Evidence]], room)
        self._nodes: Groups[str, Node] = Groups(tuple[str, list[Node]], room)
        self._support: Groups[str, _Support] = Groups(tuple[str, list[_Support]], room)
        self._years: dict[str, int] = {}  # of papers
        for entity in resolution.entities:
            self.add(Node(entity.id, entity.type, entity.name, entity.aliases, entity.identifiers))

    def add(self, found: Claim | Node) -> None:
        """Take what a paper brings; of nodes with one id the first one counts."""
        if isinstance(found, Claim):
            self._evidence.add((found.subject, found.predicate, found.object), found.evidence)
        elif found.id not in self._nodes:
            self._nodes.add(found.id, found)
            if found.type == "Paper":
                self._years[found.id] = found.first_year

    def assertions(self) -> Iterator[Assertion]:
        """Assertions in order, once. Ask for all of them before the nodes."""
        for key, evidence in self._evidence.taken():
            unique = _unique(evidence)
            papers = tuple({item.paper for item in unique if item.paper})
            sure = confidence(unique)
            for end in (key[0], key[2]):
                if end not in self._years:
                    self._support.add(end, (papers, sure))
            yield Assertion(*key, unique, sure, len(papers), *self._span(papers))

    def nodes(self) -> Iterator[Node]:
        """Nodes in order, once, with the papers that speak of them counted."""
        supported = self._support.taken()
        said = next(supported, None)
        for key, (node, *_) in self._nodes.taken():
            while said and said[0] < key:
                said = next(supported, None)
            reasons = said[1] if said and said[0] == key else ()
            yield node if node.type == "Paper" else self._supported(node, reasons)

    def _supported(self, node: Node, reasons: Sequence[_Support]) -> Node:
        papers = {paper for stating, _ in reasons for paper in stating}
        best = max((sure for _, sure in reasons), default=0.0)
        first, last = self._span(papers)
        return replace(node, papers=len(papers), first_year=first, last_year=last, confidence=best)

    def _span(self, papers: Iterable[str]) -> tuple[int, int]:
        years = [year for paper in papers if (year := self._years.get(paper))]
        return (min(years), max(years)) if years else (0, 0)


def _unique(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    if len(evidence) < 2:
        return tuple(evidence)
    return tuple(sorted(set(evidence), key=evidence_order))


def evidence_order(piece: Evidence) -> tuple[float, str, int, int, str, str]:
    """By what the evidence of an assertion is sorted: the surest first, for that is what is shown of it."""
    return -piece.score, piece.paper, piece.start, piece.end, piece.extractor, piece.sentence
