"""Which part of a graph a page shows: all of it, its strongest nodes, or the surroundings of one thing."""

from collections import defaultdict

from kg.data import Graph, Node
from kg.errors import ExportError
from kg.normalize import slug


def importance(graph: Graph) -> dict[str, float]:
    """How much a node matters, by id: papers that speak of it and, for a small part, its connections."""
    degree: defaultdict[str, int] = defaultdict(int)
    for assertion in graph.assertions:
        degree[assertion.subject] += 1
        degree[assertion.object] += 1
    return {
        node.id: (0.0 if node.type == "Paper" else float(node.papers)) + 0.1 * degree[node.id] for node in graph.nodes
    }


def select(graph: Graph, *, top: int, focus: str, hops: int) -> Graph:
    """The nodes within `hops` of the one named `focus`, then the strongest `top` of them; 0 and "" ask for all.

    Raises `ExportError` if nothing is called `focus`.
    """
    kept = {node.id for node in graph.nodes}
    if focus:
        kept = _around(graph, _find(graph, focus).id, hops)
    if top and top < len(kept):
        scores = importance(graph)
        centre = _find(graph, focus).id if focus else ""
        strongest = sorted(kept, key=lambda key: (key != centre, -scores[key], key))
        kept = set(strongest[:top])
    if len(kept) == len(graph.nodes):
        return graph
    return Graph(
        tuple(node for node in graph.nodes if node.id in kept),
        tuple(edge for edge in graph.assertions if edge.subject in kept and edge.object in kept),
        graph.rejections,
    )


def _find(graph: Graph, name: str) -> Node:
    """The strongest node with this id, name or alias, first exactly, then whatever the case and hyphens."""
    scores = importance(graph)
    ranked = sorted(graph.nodes, key=lambda node: (-scores[node.id], node.id))
    called = [node for node in ranked if name in (node.id, node.name)]
    called += [node for node in ranked if name in node.aliases]
    if not called:
        called = [node for node in ranked if slug(name) in {slug(form) for form in (node.name, *node.aliases)}]
    if not called:
        raise ExportError(f"--html-focus {name!r}: nothing has that name; find it with `kg query`")
    return called[0]


def _around(graph: Graph, centre: str, hops: int) -> set[str]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for assertion in graph.assertions:
        near[assertion.subject].add(assertion.object)
        near[assertion.object].add(assertion.subject)
    kept = {centre}
    edge = {centre}
    for _ in range(hops):
        edge = {other for node in edge for other in near[node]} - kept
        kept |= edge
    return kept
