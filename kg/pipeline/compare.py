"""What a newer build adds, drops and changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.data import Assertion, Graph, Node
from kg.export import read_graph

Record = TypeVar("Record", Node, Assertion)


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
    """Changes between two build folders: nodes, then assertions, each by id. Raises `StoreError` if one is no build."""
    return compare_graphs(read_graph(old), read_graph(new))


def compare_graphs(old: Graph, new: Graph) -> tuple[Change, ...]:
    """As `compare`, for graphs in memory. Evidence counts by its number; the run is not compared."""
    names = {node.id: node.name for node in (*old.nodes, *new.nodes)}
    types = {node.id: node.type for node in (*old.nodes, *new.nodes)}
    nodes = _changes({n.id: n for n in old.nodes}, {n.id: n for n in new.nodes}, _node_fields)
    claims = _changes({_key(a): a for a in old.assertions}, {_key(a): a for a in new.assertions}, _assertion_fields)
    return (
        *(Change(what, "node", key, names[key], detail or types[key]) for what, key, detail in nodes),
        *(Change(what, "assertion", key, _readable(key, names), detail) for what, key, detail in claims),
    )


def _key(assertion: Assertion) -> str:
    return f"{assertion.subject} {assertion.predicate} {assertion.object}"


def _readable(key: str, names: Mapping[str, str]) -> str:
    subject, predicate, object_ = key.split(" ")
    return f"{names[subject]} —{predicate}→ {names[object_]}"


def _changes(
    old: dict[str, Record], new: dict[str, Record], fields: Callable[[Record], dict[str, object]]
) -> list[tuple[str, str, str]]:
    rows = [("added", key, "") for key in sorted(new.keys() - old.keys())]
    rows += [("dropped", key, "") for key in sorted(old.keys() - new.keys())]
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            before, after = fields(old[key]), fields(new[key])
            moved = [f"{name}: {before[name]} → {after[name]}" for name in before if before[name] != after[name]]
            if moved:
                rows.append(("changed", key, "; ".join(moved)))
    return rows


def _node_fields(node: Node) -> dict[str, object]:
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


def _assertion_fields(assertion: Assertion) -> dict[str, object]:
    return {
        "papers": assertion.papers,
        "sentences": len(assertion.evidence),
        "years": f"{assertion.first_year}-{assertion.last_year}",
        "confidence": assertion.confidence,
    }
