"""Walk the graph node by node: what one node is, what is next to it, how two are connected, and who says so.

Answers are dictionaries of built-in types, ready for JSON. They are read from the store's indexes directly, without
SPARQL, so each is bounded in what it reads.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.ontology import Ontology
from kg.ontology.namespaces import PROV, RDF, RDFS

_LABEL = ox.NamedNode(f"{RDFS}label")
_TYPE = ox.NamedNode(f"{RDF}type")
_SUBJECT = ox.NamedNode(f"{RDF}subject")
_PREDICATE = ox.NamedNode(f"{RDF}predicate")
_OBJECT = ox.NamedNode(f"{RDF}object")
_PAPER = ox.NamedNode(f"{PROV}wasDerivedFrom")
_MOST_EDGES = 2_000  # read at one node
_MOST_NODES = 50_000  # visited by one path search

Edge = tuple[str, str, str]  # ids of subject and object, with the predicate's name between them


class Browser:
    """A store with the ontology's names for what is in it."""

    def __init__(self, store: ox.Store, ontology: Ontology) -> None:
        self._store = store
        self._base = ontology.base
        self._kg = ontology.namespace
        self._predicates = {one.uri: one.name for one in ontology.predicates}
        self._depth = {one.uri: (len(ontology.ancestors(one.name)), one.name) for one in ontology.types}

    def iri(self, id_: str) -> ox.NamedNode:
        """The IRI of an id; a full IRI stays as it is."""
        return ox.NamedNode(id_ if id_.startswith(self._base) else self._base + id_)

    def exists(self, id_: str) -> bool:
        """Whether anything is said of the node."""
        return _valid(id_) and next(iter(self._quads(self.iri(id_), None, None)), None) is not None

    def card(self, id_: str) -> dict[str, Any]:
        """Id, name and type of a node."""
        node = self.iri(id_)
        label = next(iter(self._quads(node, _LABEL, None)), None)
        types = [self._depth[quad.object.value] for quad in self._quads(node, _TYPE, None) if self._is_type(quad)]
        name = label.object.value if label else id_
        return {"id": id_, "iri": node.value, "name": name, "type": max(types, default=(0, ""))[1]}

    def node(self, id_: str) -> dict[str, Any]:
        """All that is known of a node: its card, literals and links as ``facts``, edges out of it and into it."""
        facts: dict[str, list[str]] = {}
        node = self.iri(id_)
        for quad in islice(self._quads(node, None, None), _MOST_EDGES):
            if quad.predicate != _TYPE and quad.predicate.value not in self._predicates:
                facts.setdefault(quad.predicate.value, []).append(quad.object.value)
        edges = list(self._edges(id_))
        return self.card(id_) | {
            "facts": {name: sorted(values) for name, values in sorted(facts.items())},
            "out": [self._end(edge, edge[2]) for edge in edges if edge[0] == id_],
            "in": [self._end(edge, edge[0]) for edge in edges if edge[0] != id_],
            "more": len(edges) >= _MOST_EDGES,
        }

    def neighbours(self, id_: str, hops: int = 1, limit: int = 200) -> dict[str, Any]:
        """Nodes within `hops` steps, at most `limit`, nearest first, with the edges among those steps."""
        found, edges, border = {id_: None}, set[Edge](), [id_]
        more = False
        for _ in range(hops):
            reached: dict[str, None] = {}
            for one in border:
                for edge in self._edges(one):
                    other = _across(edge, one)
                    if other not in found and other not in reached:
                        if len(found) + len(reached) >= limit:
                            more = True
                            continue
                        reached[other] = None
                    edges.add(edge)
            found |= reached
            border = list(reached)
        return {
            "nodes": [self.card(one) for one in found],
            "edges": [{"subject": s, "predicate": p, "object": o} for s, p, o in sorted(edges)],
            "more": more,
        }

    def path(self, start: str, end: str, hops: int = 6) -> dict[str, Any]:
        """A shortest path between two nodes along edges in either direction, or empty lists if there is none.

        ``more`` says that the search gave up because too many nodes lie between.
        """
        came: dict[str, Edge | None] = {start: None}
        border = [start]
        for _ in range(hops):
            if end in came or len(came) > _MOST_NODES:
                break
            reached = []
            for one in border:
                for edge in self._edges(one):
                    other = _across(edge, one)
                    if other not in came:
                        came[other] = edge
                        reached.append(other)
            border = reached
        return self._walked(came, end) | {"more": end not in came and len(came) > _MOST_NODES}

    def evidence(self, subject: str = "", predicate: str = "", object_: str = "", limit: int = 50) -> dict[str, Any]:
        """Statements about the edges that fit, the surest first.

        Raises `QueryError` where neither subject nor object is given, or one is no id.
        """
        if not subject and not object_:
            raise QueryError("give a subject or an object")
        for given in (subject, object_):
            if not _valid(given):
                raise QueryError(f"{given[:100]!r} is no id of a node")
        known = _SUBJECT if subject else _OBJECT
        wanted = {_SUBJECT: subject, _OBJECT: object_}
        said = []
        for quad in islice(self._quads(None, known, self.iri(subject or object_)), _MOST_EDGES):
            record = self._statement(quad.subject)
            if all(not id_ or record[_PLACES[place]] == id_ for place, id_ in wanted.items()) and (
                not predicate or record["predicate"] == predicate
            ):
                said.append(record)
        said.sort(key=lambda one: (-one["confidence"], -one["score"], one["paper"], one["start"], one["id"]))
        for record in said[:limit]:
            record["title"] = self.card(record["paper"])["name"] if record["paper"] else ""
        return {"statements": said[:limit], "more": len(said) > limit}

    def triples(self, id_: str) -> Iterator[ox.Triple]:
        """All triples of a node, and the edges into it."""
        for quad in islice(self._quads(self.iri(id_), None, None), _MOST_EDGES):
            yield quad.triple
        for quad in islice(self._quads(None, None, self.iri(id_)), _MOST_EDGES):
            if quad.predicate.value in self._predicates:
                yield quad.triple

    def _statement(self, node: Any) -> dict[str, Any]:
        said = {quad.predicate.value: quad.object.value for quad in self._quads(node, None, None)}
        return {
            "id": self._id(node.value),
            "subject": self._id(said.get(_SUBJECT.value, "")),
            "predicate": self._predicates.get(said.get(_PREDICATE.value, ""), ""),
            "object": self._id(said.get(_OBJECT.value, "")),
            "paper": self._id(said.get(_PAPER.value, "")),
            "sentence": said.get(f"{self._kg}sentence", ""),
            "start": int(said.get(f"{self._kg}start", 0)),
            "end": int(said.get(f"{self._kg}end", 0)),
            "score": float(said.get(f"{self._kg}score", 0)),
            "confidence": float(said.get(f"{self._kg}confidence", 0)),
            "extractor": said.get(f"{self._kg}extractor", ""),
        }

    def _walked(self, came: dict[str, Edge | None], end: str) -> dict[str, Any]:
        nodes, edges = [end], []
        while edge := came.get(nodes[-1]):
            edges.append({"subject": edge[0], "predicate": edge[1], "object": edge[2]})
            nodes.append(edge[0] if edge[2] == nodes[-1] else edge[2])
        found = end in came
        return {"nodes": [self.card(one) for one in reversed(nodes)] if found else [], "edges": edges[::-1]}

    def _edges(self, id_: str) -> Iterator[Edge]:
        """Edges at a node, sorted, at most `_MOST_EDGES` in each direction."""
        node = self.iri(id_)
        out = (q for q in self._quads(node, None, None) if q.predicate.value in self._predicates)
        into = (q for q in self._quads(None, None, node) if q.predicate.value in self._predicates)
        yield from sorted({self._edge(quad) for way in (out, into) for quad in islice(way, _MOST_EDGES)})

    def _edge(self, quad: Any) -> Edge:
        return self._id(quad.subject.value), self._predicates[quad.predicate.value], self._id(quad.object.value)

    def _end(self, edge: Edge, other: str) -> dict[str, Any]:
        return {"predicate": edge[1]} | self.card(other)

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self._base)

    def _is_type(self, quad: Any) -> bool:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value in self._depth

    def _quads(self, subject: Any, predicate: Any, object_: Any) -> Iterator[Any]:
        return iter(self._store.quads_for_pattern(subject, predicate, object_, ox.DefaultGraph()))


_PLACES = {_SUBJECT: "subject", _OBJECT: "object"}


def _across(edge: Edge, end: str) -> str:
    """The other end of an edge."""
    return edge[2] if edge[0] == end else edge[0]


def _valid(id_: str) -> bool:
    try:
        ox.NamedNode(f"http://x/{id_}")
    except ValueError:
        return False
    return True
