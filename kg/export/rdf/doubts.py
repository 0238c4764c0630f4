"""Which constraints of the ontology a graph may break once it is RDF, told from its records and so at once.

What is not doubted is kept. What is doubted may be kept all the same: that is for the store to tell (`kg.query`), which
takes its time. Nodes and statements that differ in nothing that a constraint asks for are looked at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from kg.data import Assertion, Evidence, Graph, Node
from kg.export.rdf.terms import Pair
from kg.export.rdf.triples import RdfGraph
from kg.ontology import Constraint, Ontology, constraints
from kg.ontology.namespaces import PROV, RDF

_SAFE_ID = re.compile(r"[A-Za-z-]+/[A-Za-z0-9_-]+")  # written into its IRI as it is, so that two ids are two IRIs
_OTHERS = ("statement/", "run/", "selector/")  # what else has IRIs below the base
_TYPE, _STATEMENT = RDF + "type", RDF + "Statement"
_SOURCES = (PROV + "wasDerivedFrom", PROV + "wasGeneratedBy")
_DIGIT = re.compile("[0-9]")
_LITERAL = re.compile(r'"([^"\\]*)"(?:\^\^<([^>]*)>)?')


def doubtful(graph: Graph, ontology: Ontology, provenance: str = "compact") -> tuple[Constraint, ...]:
    """The constraints that the RDF of `graph` may break, in the order of `constraints`."""
    rows = constraints(ontology)
    ids = {node.id for node in graph.nodes}
    if len(ids) < len(graph.nodes) or not all(_SAFE_ID.fullmatch(id_) and not id_.startswith(_OTHERS) for id_ in ids):
        return rows
    doubts = _Doubts(RdfGraph(graph, ontology, provenance), rows)
    doubts.see_nodes(graph)
    if provenance != "none":
        doubts.see_statements(graph.assertions)
    doubts.see_ends(graph, ontology, provenance)
    return tuple(row for row in rows if row in doubts.found)


class _Doubts:
    """Looks at the RDF of one record of each sort and gathers what is wrong there."""

    def __init__(self, rdf: RdfGraph, rows: Sequence[Constraint]) -> None:
        self._rdf, self._rows = rdf, rows
        self._of_class: defaultdict[str, list[Constraint]] = defaultdict(list)
        for row in rows:
            if row.kind != "class":
                self._of_class[f"<{row.target}>"].append(row)
        self._paths: set[str] = set()
        self.found: set[Constraint] = set()

    def see_nodes(self, graph: Graph) -> None:
        """What nodes say of themselves, and which predicates start at them."""
        sorts = {_sort_of_node(node, claims): (node, claims) for node, claims in _starting(graph)}
        for node, claims in sorts.values():
            self._see(list(self._rdf.describe(node)), list(map(self._rdf.claim, claims.values())))

    def see_statements(self, assertions: Iterable[Assertion]) -> None:
        """What statements say; two of one IRI say everything twice."""
        sorts: dict[tuple[object, ...], tuple[Assertion, Evidence]] = {}
        for one in assertions:
            if len(one.evidence) > 1 and len(set(map(_place, one.evidence))) < len(one.evidence):
                self.found.update(row for row in self._rows if row.target == _STATEMENT)
            for item in one.evidence:
                for sort in _sorts_of_statement(one, item):
                    sorts.setdefault(sort, (one, item))
        for one, item in sorts.values():
            for _, pairs in self._rdf.statements(replace(one, evidence=(item,))):
                self._see(pairs)

    def see_ends(self, graph: Graph, ontology: Ontology, provenance: str) -> None:
        """Whether both ends of every claim are of the classes that its predicate joins, and papers are papers."""
        types = {node.id: node.type for node in graph.nodes}
        ends: set[tuple[str, str, str]] = set()
        for one in graph.assertions:
            ends.add((one.predicate, types.get(one.subject, ""), types.get(one.object, "")))
        uris = {name: self._rdf.types[name] for name in set(types.values())}
        joined: defaultdict[tuple[str, str], list[Sequence[str]]] = defaultdict(list)
        for predicate, subject, object_ in ends:
            uri = ontology.predicate_by_name[predicate].uri
            joined[uri, "subjects"].append(uris.get(subject, ()))
            joined[uri, "objects"].append(uris.get(object_, ()))
        sources = {types.get(item.paper, "") for one in graph.assertions for item in one.evidence if item.paper}
        joined[_SOURCES[0], "objects"] = [uris.get(name, ()) for name in sources if provenance != "none"]
        for row in self._rows:
            classes = {f"<{uri}>" for uri in row.values}
            if row.kind == "class" and (
                any(classes.isdisjoint(known) for known in joined[row.target, row.of])
                or (row.target in self._paths and row.target not in _SOURCES)
            ):
                self.found.add(row)

    def _see(self, pairs: Sequence[Pair], claims: Sequence[Pair] = ()) -> None:
        said: defaultdict[str, list[str]] = defaultdict(list)
        for predicate, object_ in (*pairs, *claims):
            said[predicate[1:-1]].append(object_)
        self._paths.update(predicate[1:-1] for predicate, _ in pairs)
        for class_ in said[_TYPE]:
            self.found.update(row for row in self._of_class[class_] if _is_broken(row, said))


def _starting(graph: Graph) -> Iterator[tuple[Node, dict[str, Assertion]]]:
    """All nodes, each with one of the claims of each predicate that start there."""
    runs = groupby(graph.assertions, key=attrgetter("subject"))
    subject, run = next(runs, ("", ()))
    for node in graph.nodes:
        claims: dict[str, Assertion] = {}
        while subject and subject < node.id:  # of no node
            subject, run = next(runs, ("", ()))
        if subject == node.id:
            for one in run:
                claims.setdefault(one.predicate, one)
            subject, run = next(runs, ("", ()))
        yield node, claims


def _sort_of_node(node: Node, starting: Iterable[str]) -> tuple[object, ...]:
    return (
        node.type, node.papers, node.first_year, node.last_year, node.confidence, bool(node.url), bool(node.value),
        node.measure, bool(node.abstract), bool(node.date), _DIGIT.sub("0", node.arxiv), bool(node.doi),
        frozenset(starting),
    )  # fmt: skip


def _sorts_of_statement(one: Assertion, item: Evidence) -> tuple[tuple[object, ...], ...]:
    """Numbers apart: no constraint asks for two of them at once but where the words begin and end.

    Each pair of score and confidence that occurs would be a sort of its own, which are a fourth of all statements.
    """
    spans = item.start < item.end, item.start < 0, item.end < 0
    form = one.predicate, *spans, bool(item.sentence), bool(item.paper)
    return form, ("confidence", one.confidence), ("score", item.score)


def _place(item: Evidence) -> tuple[object, ...]:
    return item.paper, item.start, item.end, item.extractor, item.sentence


def _is_broken(row: Constraint, said: dict[str, list[str]]) -> bool:
    """Whether the values of one subject break a constraint; what cannot be told counts as broken."""
    values = said.get(row.path, [])
    if row.kind == "min":
        return not values
    if row.kind == "max":
        return len(set(values)) > 1
    if row.kind == "less":
        others = said.get(row.values[0], [])
        return any(not _number(value) < _number(other) for value in values for other in others)
    return not all(_holds(row, value) for value in values)


def _holds(row: Constraint, value: str) -> bool:
    literal = _LITERAL.fullmatch(value)
    if row.kind in ("node", "in"):
        return value[0] == "<" and (row.kind == "node" or value[1:-1] in row.values)
    if literal is None:
        return False
    if row.kind == "datatype":
        return literal[2] == row.values[0]
    if row.kind == "pattern":
        return re.search(row.values[0], literal[1]) is not None
    if row.kind == "least":
        return _number(value) >= float(row.values[0])
    return row.kind == "most" and _number(value) <= float(row.values[0])


def _number(value: str) -> float:
    """The number that a literal says, and no number at all if it says none."""
    literal = _LITERAL.fullmatch(value)
    try:
        return float(literal[1]) if literal and literal[2] else float("nan")
    except ValueError:
        return float("nan")
