"""What nodes and edges tell in formats of nodes and edges: one list of columns that all these formats share.

A value that is not known is ``None`` and is written nowhere: a year of 0 would stretch every slider and every axis.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from kg.data import Assertion, Evidence, Graph, Node
from kg.export.positions import Place, places
from kg.normalize import sha256
from kg.ontology import Ontology

Value = str | int | float | None
Row = tuple[Value, ...]

OCCURS_WITH = "occursWith"
SHARES_ENTITIES = "sharesEntitiesWith"
SYMMETRIC = frozenset({OCCURS_WITH, SHARES_ENTITIES})  # predicates of projections: an edge has no direction
SEPARATOR = "|"
_FALLBACK_COLOUR = "#6c757d"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOUR = re.compile(r"#[0-9a-fA-F]{3}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute of a node or an edge. ``kind`` is `str`, `int` or `float`; ``prose`` is text for people to read."""

    name: str
    kind: type
    prose: bool = False


NODE_COLUMNS = (
    Column("label", str, prose=True),
    Column("type", str),
    Column("types", str),
    Column("aliases", str, prose=True),
    Column("papers", int),
    Column("degree", int),
    Column("community", int),
    Column("first_year", int),
    Column("last_year", int),
    Column("confidence", float),
    Column("date", str),
    Column("arxiv", str),
    Column("doi", str),
    Column("value", str),
    Column("measure", str),
    Column("url", str),
    Column("iri", str),
    Column("color", str),
    Column("size", float),
    Column("x", float),
    Column("y", float),
)
EDGE_COLUMNS = (
    Column("label", str),
    Column("predicate", str),
    Column("weight", float),
    Column("papers", int),
    Column("confidence", float),
    Column("first_year", int),
    Column("last_year", int),
    Column("evidence", int),
    Column("sentence", str, prose=True),
    Column("paper", str),
)


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node with its values in the order of `NODE_COLUMNS`."""

    id: str
    values: Row
    first_year: int


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge with its values in the order of `EDGE_COLUMNS`; ``parallel``: another edge joins the same two nodes."""

    id: str
    source: str
    target: str
    values: Row
    first_year: int
    parallel: bool

    @property
    def predicate(self) -> str:
        """What the edge says."""
        return str(self.values[1])


def node_rows(graph: Graph, ontology: Ontology) -> Iterator[NodeRow]:
    """Nodes in the order of the graph."""
    degrees = dict.fromkeys((node.id for node in graph.nodes), 0)
    for assertion in graph.assertions:
        degrees[assertion.subject] += 1
        degrees[assertion.object] += 1
    colours = {type_.name: colour(type_.colour) for type_ in ontology.types}
    types = {type_.name: SEPARATOR.join(ontology.ancestors(type_.name)) for type_ in ontology.types}
    for node, place in zip(graph.nodes, places(graph), strict=True):
        fixed = (types[node.type], colours[node.type], ontology.base + node.id)
        yield NodeRow(node.id, _node_values(node, degrees[node.id], fixed, place), node.first_year)


def _node_values(node: Node, degree: int, fixed: tuple[str, str, str], place: Place) -> Row:
    types, fill, iri = fixed
    return (
        clean(node.name) or node.id, node.type, types, joined(node.aliases) or None,
        node.papers, degree, place.community, node.first_year or None, node.last_year or None, number(node.confidence),
        clean(node.date) or None, clean(node.arxiv) or None, clean(node.doi) or None, clean(node.value) or None,
        clean(node.measure) or None, clean(node.url) or None, clean(iri), fill, round(4 + 2 * math.sqrt(degree), 2),
        place.x, place.y,
    )  # fmt: skip


def edge_rows(graph: Graph) -> Iterator[EdgeRow]:
    """Edges in the order of the assertions, each with an id made of what it claims."""
    for group in by_subject(graph.assertions):
        objects = [assertion.object for assertion in group]
        several = len(set(objects)) < len(objects)
        for assertion in group:
            parallel = several and objects.count(assertion.object) > 1
            yield EdgeRow(
                edge_id(assertion),
                assertion.subject,
                assertion.object,
                _edge_values(assertion),
                assertion.first_year,
                parallel,
            )


def by_subject(assertions: Iterable[Assertion]) -> Iterator[Sequence[Assertion]]:
    """Runs of assertions with one subject."""
    return (list(run) for _, run in groupby(assertions, key=attrgetter("subject")))


def _edge_values(assertion: Assertion) -> Row:
    said = shown(assertion)
    return (
        assertion.predicate, assertion.predicate, float(max(assertion.papers, 1)), assertion.papers,
        number(assertion.confidence), assertion.first_year or None, assertion.last_year or None,
        len(assertion.evidence), clean(said.sentence) or None if said else None, said.paper or None if said else None,
    )  # fmt: skip


def shown(assertion: Assertion) -> Evidence | None:
    """The evidence that stands for all where there is room for one sentence: the surest, of equal ones the first."""
    return max((item for item in assertion.evidence if item.sentence), key=attrgetter("score"), default=None)


def edge_id(assertion: Assertion) -> str:
    """Seventeen characters from subject, predicate and object: the same claim has the same id in every build."""
    return "e" + sha256(assertion.subject, assertion.predicate, assertion.object)[:16]


def known(columns: Iterable[Column], values: Row) -> dict[str, Any]:
    """The values that are known, by the names of their columns."""
    return {column.name: value for column, value in zip(columns, values, strict=True) if value is not None}


def undirected(graph: Graph) -> bool:
    """Whether no edge has a direction (projections)."""
    return bool(graph.assertions) and all(assertion.predicate in SYMMETRIC for assertion in graph.assertions)


def number(value: float) -> float | None:
    """Four decimals, or nothing at all: no reader takes ``nan`` or ``inf`` as every other reader does."""
    return round(float(value), 4) if math.isfinite(value) else None


def clean(text: str) -> str:
    r"""Remove what XML 1.0 forbids (control characters, lone surrogates) and make every white space a plain space.

    >>> clean("a\x00b\tc\n d")
    'ab c d'
    """
    return " ".join(_CONTROL.sub("", text).split()) if not text.isprintable() or "  " in text else text.strip()


def joined(names: Sequence[str]) -> str:
    """Names in one cell, between bars; a bar within a name becomes a broken one.

    >>> joined(("LoRA", "P(x|y)"))
    'LoRA|P(x¦y)'
    """
    return SEPARATOR.join(clean(name).replace(SEPARATOR, "¦") for name in names)


def colour(value: str) -> str:
    """A colour as ``#rrggbb``; Gephi reads ``#abc`` wrongly and ignores every other notation.

    >>> colour("#AbC"), colour("rgb(1,2,3)")
    ('#aabbcc', '#6c757d')
    """
    if _SHORT_COLOUR.fullmatch(value):
        value = "#" + "".join(2 * digit for digit in value[1:])
    return value.lower() if _COLOUR.fullmatch(value) else _FALLBACK_COLOUR
