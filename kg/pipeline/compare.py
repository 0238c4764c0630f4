"""What a newer build adds, drops and changes."""

import heapq
from collections import ChainMap
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from kg.data import Assertion, Graph, Node
from kg.errors import StoreError
from kg.export import walk_assertions, walk_nodes

Record = TypeVar("Record", Node, Assertion)
Fields = dict[str, object]
_Two = tuple[Iterable[Record], Iterable[Record]]  # of the older graph and of the newer


@dataclass(frozen=True, slots=True)
class Change:
    """A record that differs: ``what`` is ``added``, ``dropped`` or ``changed``.

    ``detail`` tells what changed, old → new; of a node that is added or dropped its type, so that one that changed
    its type, and with it its id, is seen to be the same thing.
    """

    what: str
    kind: str
    id: str
    name: str
    detail: str = ""


def compare(old: Path, new: Path) -> tuple[Change, ...]:
    """Changes between two build folders: nodes, then assertions; of each the added, the dropped, the changed, by id.

    Evidence counts by its number; the run is not compared. Memory holds the changes, and no graph. Raises `StoreError`
    if one is no build.
    """
    return _compared((walk_assertions(old), walk_assertions(new)), (walk_nodes(old), walk_nodes(new)))


def compare_graphs(old: Graph, new: Graph) -> tuple[Change, ...]:
    """As `compare`, for graphs in memory."""
    return _compared((old.assertions, new.assertions), (old.nodes, new.nodes))


def _compared(claims: _Two[Assertion], nodes: _Two[Node]) -> tuple[Change, ...]:
    told = _changes(*claims, _key, _assertion_fields)
    wanted = {end for _, _, claim in told for end in (claim.subject, claim.object)}
    before: dict[str, str] = {}
    names = ChainMap[str, str]({}, before)  # the newer name counts
    both = _noting(nodes[0], wanted, before), _noting(nodes[1], wanted, names)
    changed = [
        Change(what, "node", node.id, node.name, detail or node.type)
        for what, detail, node in _changes(*both, _id, _node_fields)
    ]
    return (
        *changed,
        *(Change(what, "assertion", _key(claim), _readable(claim, names), detail) for what, detail, claim in told),
    )


def _noting(nodes: Iterable[Node], wanted: Container[str], names: MutableMapping[str, str]) -> Iterator[Node]:
    """The nodes as they come, names of those `wanted` noted on the way."""
    for node in nodes:
        if node.id in wanted:
            names[node.id] = node.name
        yield node


def _id(node: Node) -> str:
    return node.id


def _key(assertion: Assertion) -> str:
    return f"{assertion.subject} {assertion.predicate} {assertion.object}"


def _readable(claim: Assertion, names: Mapping[str, str]) -> str:
    return f"{names[claim.subject]} —{claim.predicate}→ {names[claim.object]}"


def _changes(
    old: Iterable[Record], new: Iterable[Record], key: Callable[[Record], str], fields: Callable[[Record], Fields]
) -> list[tuple[str, str, Record]]:
    """Added, dropped and changed records of two runs in order of `key`, each with what changed; the newer record."""
    found: dict[str, list[tuple[str, str, Record]]] = {"added": [], "dropped": [], "changed": []}
    for before, after in _side_by_side(old, new, key):
        if before is None or after is None:
            what, record = ("added", after) if before is None else ("dropped", before)
            found[what] += [(what, "", record)] if record is not None else []
        elif before != after:
            was, is_now = fields(before), fields(after)
            moved = [f"{name}: {was[name]} → {is_now[name]}" for name in was if was[name] != is_now[name]]
            found["changed"] += [("changed", "; ".join(moved), after)] if moved else []
    return list(chain.from_iterable(found.values()))


def _side_by_side(
    old: Iterable[Record], new: Iterable[Record], key: Callable[[Record], str]
) -> Iterator[tuple[Record | None, Record | None]]:
    """The records of each key, None where one run has none."""

    def keyed(run: Iterable[Record], number: int) -> Iterator[tuple[str, int, Record]]:
        return ((key(record), number, record) for record in run)

    merged = heapq.merge(keyed(old, 0), keyed(new, 1), key=itemgetter(0, 1))
    last = ["", ""]
    for _, same in groupby(merged, key=itemgetter(0)):
        pair: list[Record | None] = [None, None]
        for id_, number, record in same:
            if id_ <= last[number]:
                raise StoreError(f"{id_}: a graph that is not in order; build it again")
            last[number], pair[number] = id_, record
        yield pair[0], pair[1]


def _node_fields(node: Node) -> Fields:
    return {
        "type": node.type,
        "name": node.name,
        "aliases": ", ".join(node.aliases),
        "papers": node.papers,
        "date": node.date,
        "abstract": f"{len(node.abstract)} characters",
        "url": node.url,
        "years": f"{node.first_year}-{node.last_year}",
        "confidence": node.confidence,
    }


def _assertion_fields(assertion: Assertion) -> Fields:
    return {
        "papers": assertion.papers,
        "sentences": len(assertion.evidence),
        "years": f"{assertion.first_year}-{assertion.last_year}",
        "confidence": assertion.confidence,
    }
