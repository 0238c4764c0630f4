"""The records that travel from a listing to a graph.

    read → Paper → extract → AnnotatedPaper → resolve → Resolution → graph → Graph → export | query

Every record is frozen and made of built-in types and tuples, so that a stage can be run in another process and its
output compared byte for byte. Spans are half-open intervals of Unicode code points into ``Paper.text``; for every
record with a span and a text, ``paper.text[start:end] == text``.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read: a file as the user named it, and the 1-based line on which the record begins."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was left out, and why. ``stage`` is ``read``, ``extract``, ``resolve`` or ``graph``.

    ``where`` names a file and line, or a paper id; ``value`` quotes at most 120 characters of what was refused.
    """

    stage: str
    where: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as its listings give it.

    ``id`` is the listing's own id, else the arXiv id, else the DOI, else one minted from the title. ``date`` is ISO
    8601 to whatever precision is known (``2017``, ``2017-06``, ``2017-06-12``) or empty. ``urls`` are links that the
    listing states in fields of their own (a repository column, say), not those in the text.
    """

    id: str
    title: str
    abstract: str
    arxiv: str = ""
    doi: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    urls: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def text(self) -> str:
        """The string that all spans of this paper point into."""
        return f"{self.title}\n{self.abstract}"

    @property
    def year(self) -> int | None:
        """Year of ``date``, if known."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Text that names something. ``extractors`` are those that found it, in alphabetical order; score is 0 to 1.

    ``telling``: no other sentence that names the thing tells better what the paper does with it.
    """

    start: int
    end: int
    text: str
    type: str
    role: str
    score: float
    extractors: tuple[str, ...]
    telling: bool = True


@dataclass(frozen=True, slots=True)
class PaperEntity:
    """A thing as one paper speaks of it: all its mentions there, under the name that the paper gives it.

    ``name`` and ``aliases`` are exact substrings of the paper's text; ``mentions`` index ``AnnotatedPaper.mentions``.
    """

    type: str
    name: str
    aliases: tuple[str, ...]
    role: str
    score: float
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and its expansion, as one paper states them ("Mixture of Experts (MoE)")."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Link:
    """A URL of the text, cleaned, with scheme. An empty span means that a field of the listing gave it.

    ``kind`` is ``repository``, ``model``, ``dataset``, ``demo``, ``page`` or ``archive``; ``canonical`` is the address
    that all spellings of the link share (no ``.git``, no deep path into a repository, host and owner in lower case).
    """

    url: str
    kind: str
    start: int
    end: int
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why one assertion is believed: the place in a paper that says so. An empty span means the listing's own field.

    ``start`` and ``end`` point at the words that say it (a mention, a cue), ``sentence`` quotes the whole sentence.
    """

    paper: str
    start: int
    end: int
    sentence: str
    extractor: str
    score: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A claim between two entities of one paper; ``subject`` and ``object`` index ``AnnotatedPaper.entities``."""

    subject: int
    predicate: str
    object: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """A figure that a paper reports. ``metric``, ``on`` and ``by`` are surface forms of its entities, or empty.

    ``measure`` is ``score`` for what was reached, ``baseline`` for what something unnamed reached that it is held
    against, ``gain`` for a difference of the two, ``factor`` for a ratio.
    """

    value: str
    metric: str
    on: str
    by: str
    evidence: Evidence
    measure: str = "score"


@dataclass(frozen=True, slots=True)
class AnnotatedPaper:
    """What the extractors read in one paper. ``sentences`` are spans that cover the text in order."""

    paper: Paper
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    entities: tuple[PaperEntity, ...]
    acronyms: tuple[Acronym, ...]
    links: tuple[Link, ...]
    relations: tuple[Relation, ...]
    results: tuple[Result, ...]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the field, over all papers. ``id`` is its IRI path (``method/ps-kd``) and never changes once minted.

    ``identifiers`` are links that the lexicon states (``arxiv:1706.03762``, ``https://…``).
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """A surface form that was joined to an entity, with the rule that did it and how often it occurs (papers)."""

    entity: str
    name: str
    type: str
    reason: str
    papers: int


@dataclass(frozen=True, slots=True)
class Broader:
    """A step of hierarchy: the entity ``narrower`` belongs under ``broader`` (both ids), and the rule that says so."""

    narrower: str
    broader: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedPaper:
    """An annotated paper whose entities are known: ``entity_ids`` runs parallel to ``annotated.entities``."""

    annotated: AnnotatedPaper
    entity_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """All papers with the entities that they share, sorted by id, and every decision on the way."""

    papers: tuple[ResolvedPaper, ...]
    entities: tuple[Entity, ...]
    merges: tuple[Merge, ...]
    broader: tuple[Broader, ...]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph: a paper, an entity, a link, a result, an author or a venue, told apart by ``type``.

    ``papers`` counts the papers that speak of it, ``first_year`` and ``last_year`` bound their years (0: unknown).
    Papers have ``abstract``, ``date``, ``arxiv`` and ``doi``, results ``value`` and ``measure``, links ``url``.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    papers: int = 0
    first_year: int = 0
    last_year: int = 0
    confidence: float = 1.0
    date: str = ""
    arxiv: str = ""
    doi: str = ""
    abstract: str = ""
    url: str = ""
    value: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """An edge of the graph with its evidence, the surest first; ``papers`` is how many state it, years as in `Node`."""

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    confidence: float
    papers: int
    first_year: int = 0
    last_year: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What made a graph: software version, SHA-256 of ontology, extractors and inputs (by file name); no clock."""

    id: str = ""
    software: str = ""
    ontology: str = ""
    extractor: str = ""
    inputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """The knowledge graph: nodes sorted by id, assertions by (subject, predicate, object), unique on both.

    Every subject and object is the id of a node; every predicate is one of the ontology's, within its domain and range.
    Both are tuples, or lie on disk (`kg.shelf`) if there are very many: go through them in order.
    """

    nodes: Sequence[Node]
    assertions: Sequence[Assertion]
    rejections: tuple[Rejection, ...] = ()
    run: Run = Run()
