"""Does a graph hold to the ontology? Every constraint of the shapes, asked as SPARQL over the whole store.

All constraints on one path are first asked together, as three counts in one scan of the path; only where the counts do
not tally, of the nodes of the class; only where they do not there either is each asked for the nodes that break it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ontology import Constraint, Ontology, constraints
from kg.ontology.namespaces import PROV, RDF

_MOST = 1_000  # violations of one constraint that are told


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a constraint; ``paper`` is a paper that speaks of it, if one does."""

    shape: str
    node: str
    paper: str
    path: str
    value: str
    message: str


def violations(
    store: ox.Store, ontology: Ontology, doubted: Sequence[Constraint] | None = None
) -> tuple[Violation, ...]:
    """All violations by shape, path and node, at most a thousand of one constraint.

    Only `doubted` constraints are asked for, if it is known that the others hold.
    """
    paper = ontology.type_by_name["Paper"].uri
    found: list[Violation] = []
    for constraint in _suspects(store, constraints(ontology) if doubted is None else doubted):
        for node, value in _broken(store, constraint):
            about = _paper(store, node, paper)
            found.append(Violation(constraint.shape, node, about, constraint.path, value, constraint.message))
    return tuple(sorted(set(found), key=lambda item: (item.shape, item.path, item.node, item.value, item.message)))


def _suspects(store: ox.Store, rows: Sequence[Constraint]) -> Iterator[Constraint]:
    """The constraints that something may break."""
    groups: dict[tuple[str, str], list[Constraint]] = defaultdict(list)
    for row in rows:
        if row.path and row.kind != "less":
            groups[row.target, row.path].append(row)
        else:
            yield row
    sizes: dict[str, int] = {}
    known: dict[str, tuple[int, ...]] = {}
    for (target, path), group in groups.items():
        kinds = {row.kind for row in group}
        if "min" not in kinds:
            query = _tally(path, group)
            if query not in known:
                known[query] = _counts(store, query)
            values, nodes, wrong = known[query]
            if not wrong and (values == nodes or "max" not in kinds):
                continue  # true of all nodes, so of the class; joining each with its class takes ten times as long
        if target not in sizes:
            sizes[target] = _counts(store, f"SELECT (COUNT(*) AS ?n) {{ ?this a <{target}> }}")[0]
        values, nodes, wrong = _counts(store, _tally(path, group, f"?this a <{target}> ."))
        if wrong or ("max" in kinds and values != nodes) or ("min" in kinds and nodes != sizes[target]):
            yield from group


def _tally(path: str, group: Sequence[Constraint], of: str = "") -> str:
    """Counts of values, of the nodes that have them, and of values that break a constraint."""
    tests = [_test(row.kind, row.values) for row in group if row.kind not in ("min", "max")]
    bad = f"SUM(IF(COALESCE({' || '.join(tests)}, true), 1, 0))" if tests else "0"
    return (
        f"SELECT (COUNT(?value) AS ?n) (COUNT(DISTINCT ?this) AS ?m) ({bad} AS ?bad) "
        f"WHERE {{ {of} ?this <{path}> ?value }}"
    )


def _counts(store: ox.Store, query: str) -> tuple[int, ...]:
    """The numbers in the one row of an answer; a sum over nothing is 0."""
    row = next(iter(store.query(query)))  # type: ignore[arg-type]
    return tuple(int(_text(value)) if value is not None else 0 for value in row)


def _broken(store: ox.Store, constraint: Constraint) -> Iterator[tuple[str, str]]:
    query = f"SELECT DISTINCT ?this ?value WHERE {{ {_where(constraint)} }} LIMIT {_MOST}"
    for solution in store.query(query):  # type: ignore[union-attr]
        value = solution["value"]
        yield _text(solution["this"]), "" if value is None else _text(value)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _where(constraint: Constraint) -> str:
    """The graph pattern that binds ?this (and ?value) to what breaks the constraint."""
    path, values, kind = f"<{constraint.path}>", constraint.values, constraint.kind
    target = f"?this a <{constraint.target}> ."
    if kind == "class":
        ends = "?this ?p ?o" if constraint.of == "subjects" else "?s ?p ?this"
        absent = " ".join(f"FILTER NOT EXISTS {{ ?this a <{uri}> }}" for uri in values)
        inner = f"SELECT DISTINCT ?this WHERE {{ {ends.replace('?p', f'<{constraint.target}>')} }}"
        return f"{{ {inner} }} {absent}"
    if kind == "min":
        return f"{target} FILTER NOT EXISTS {{ ?this {path} ?any }}"
    if kind == "max":
        return f"{target} ?this {path} ?value . ?this {path} ?other . FILTER(!sameTerm(?value, ?other))"
    if kind == "less":
        return f"{target} ?this {path} ?value . ?this <{values[0]}> ?other . FILTER(COALESCE(!(?value < ?other), true))"
    return f"{target} ?this {path} ?value . FILTER({_test(kind, values)})"


def _test(kind: str, values: tuple[str, ...]) -> str:
    """The expression that is true of a value that breaks the constraint."""
    if kind == "datatype":
        return f"DATATYPE(?value) != <{values[0]}>"
    if kind == "least":
        return f"COALESCE(!(?value >= {values[0]}), true)"
    if kind == "most":
        return f"COALESCE(!(?value <= {values[0]}), true)"
    if kind == "pattern":
        escaped = values[0].replace("\\", "\\\\").replace('"', '\\"')
        return f'!REGEX(STR(?value), "{escaped}")'
    if kind == "in":
        return f"?value NOT IN ({', '.join(f'<{uri}>' for uri in values)})"
    if kind == "node":
        return "!isIRI(?value)"
    raise ValueError(f"no constraint of kind {kind}")


def _paper(store: ox.Store, node: str, paper: str) -> str:
    """A paper that a node belongs to: itself, what it derives from, or one that points to it."""
    if not node.startswith(("http:", "https:", "urn:")):
        return ""
    this = f"<{node}>"
    query = (
        f"SELECT ?paper WHERE {{ {{ {this} a <{paper}> BIND({this} AS ?paper) }} UNION "
        f"{{ {this} <{PROV}wasDerivedFrom> ?paper }} UNION {{ ?paper ?claims {this} . ?paper a <{paper}> }} UNION "
        f"{{ ?statement <{RDF}subject> {this} ; <{PROV}wasDerivedFrom> ?paper }} }} LIMIT 1"
    )
    return next((_text(row["paper"]) for row in store.query(query)), "")  # type: ignore[union-attr]
