"""Views: smaller or other graphs that people load, as pure functions from one graph to another.

`view` first picks or projects (``full``, ``entities``, ``bipartite``, ``cooccurrence``, ``papers``), then filters by
type and year, then by connections. Projections bring predicates of their own; `view_ontology` knows them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from kg.data import Assertion, Graph, Node
from kg.errors import ExportError
from kg.export.columns import OCCURS_WITH, SHARES_ENTITIES
from kg.export.projections import cooccurrence, paper_similarity
from kg.ontology import Ontology, Predicate


@dataclass(frozen=True, slots=True)
class View:
    """Which part of a graph. ``top`` keeps the best connected nodes; 0 and empty tuples ask for everything.

    ``types`` are names of the ontology and include what stands under them; ``years`` are first and last, inclusive.
    """

    graph: str = "full"
    types: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    min_weight: int = 0
    min_degree: int = 0
    top: int = 0


def view(graph: Graph, ontology: Ontology, asked: View) -> Graph:
    """The part of `graph` that is asked for, the same graph if that is all. Raises `ExportError`, `OntologyError`."""
    if asked.graph not in GRAPHS:
        raise ExportError(f"unknown graph {asked.graph!r}; known: {', '.join(GRAPHS)}")
    for name in asked.types:
        ontology.ancestors(name)
    if asked.years:  # before the projection: papers of other years join nothing
        graph = of_years(graph, *asked.years)
    graph = GRAPHS[asked.graph](graph, ontology)
    if asked.types:
        graph = of_types(graph, ontology, asked.types)
    if asked.min_weight:
        graph = replace(graph, assertions=tuple(one for one in graph.assertions if one.papers >= asked.min_weight))
    if asked.min_degree:
        graph = of_degree(graph, asked.min_degree)
    return best_connected(graph, asked.top) if asked.top else graph


def view_ontology(ontology: Ontology) -> Ontology:
    """The ontology with the predicates of the projections."""
    ends = ("Entity",), ("Paper",)
    both = (
        (OCCURS_WITH, ends[0], "The same papers speak of both."),
        (SHARES_ENTITIES, ends[1], "Both papers speak of the same things."),
    )
    known = ontology.predicate_by_name
    new = (
        Predicate(name, end, end, about, ontology.namespace + name, inverse=name)
        for name, end, about in both
        if name not in known
    )
    return replace(ontology, predicates=(*ontology.predicates, *new))


def entities(graph: Graph, ontology: Ontology) -> Graph:
    """Entities and what is said between them: no papers, links, results, authors."""
    return induced(graph, (node.id for node in graph.nodes if ontology.is_a(node.type, "Entity")))


def bipartite(graph: Graph, ontology: Ontology) -> Graph:
    """Papers on one side, entities on the other, and only edges that run between the two sides."""
    papers = {node.id for node in graph.nodes if node.type == "Paper"}
    things = {node.id for node in graph.nodes if ontology.is_a(node.type, "Entity")}
    across = (one for one in graph.assertions if one.subject in papers and one.object in things)
    nodes = (node for node in graph.nodes if node.id in papers or node.id in things)
    return replace(graph, nodes=tuple(nodes), assertions=tuple(across))


def _full(graph: Graph, ontology: Ontology) -> Graph:
    del ontology
    return graph


GRAPHS: dict[str, Callable[[Graph, Ontology], Graph]] = {
    "full": _full,
    "entities": entities,
    "papers": paper_similarity,
    "cooccurrence": cooccurrence,
    "bipartite": bipartite,
}


def of_types(graph: Graph, ontology: Ontology, types: Iterable[str]) -> Graph:
    """Nodes of these types, or of types under them, and what is said between them."""
    wanted = tuple(types)
    return induced(graph, (node.id for node in graph.nodes if ontology.is_a(node.type, *wanted)))


def of_years(graph: Graph, first: int, last: int) -> Graph:
    """What papers of the years from `first` to `last` say: evidence of other papers goes, and what rests on it alone.

    Papers without a year go too. A claim that rests on no paper (a step of hierarchy) stays if both its ends do.
    """
    gone = {node.id for node in graph.nodes if node.type == "Paper" and not first <= node.first_year <= last}
    years = {node.id: node.first_year for node in graph.nodes if node.type == "Paper" and node.id not in gone}
    said = [found for one in graph.assertions if (found := _restricted(one, years, gone))]
    papers: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        for end in (one.subject, one.object):
            papers[end].update(item.paper for item in one.evidence if item.paper in years)
    nodes = tuple(
        node if node.id in years else _recounted(node, sorted(years[paper] for paper in papers[node.id]))
        for node in graph.nodes
        if node.id in years or papers[node.id]
    )
    kept = {node.id for node in nodes}
    assertions = tuple(one for one in said if one.subject in kept and one.object in kept)
    return replace(graph, nodes=nodes, assertions=assertions)


def _restricted(one: Assertion, years: Mapping[str, int], gone: Container[str]) -> Assertion | None:
    evidence = tuple(item for item in one.evidence if item.paper not in gone)
    if not evidence or one.subject in gone or one.object in gone:
        return None
    if len(evidence) == len(one.evidence):
        return one
    seen = sorted(years[paper] for paper in {item.paper for item in evidence if item.paper in years}) or [0]
    papers = len({item.paper for item in evidence if item.paper})
    return replace(one, evidence=evidence, papers=papers, first_year=seen[0], last_year=seen[-1])


def _recounted(node: Node, years: Sequence[int]) -> Node:
    return replace(node, papers=len(years), first_year=years[0], last_year=years[-1])


def of_degree(graph: Graph, least: int) -> Graph:
    """Nodes with at least `least` edges. Decided once: a node that loses neighbours by it stays."""
    degrees = _degrees(graph)
    return induced(graph, (node.id for node in graph.nodes if degrees[node.id] >= least))


def best_connected(graph: Graph, count: int) -> Graph:
    """The `count` nodes with most edges (then most papers, then by id), and what is said between them."""
    degrees = _degrees(graph)
    ranked = nsmallest(count, graph.nodes, key=lambda node: (-degrees[node.id], -node.papers, node.id))
    return induced(graph, (node.id for node in ranked))


def induced(graph: Graph, ids: Iterable[str]) -> Graph:
    """The nodes named and the assertions between them."""
    kept = set(ids)
    return replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.id in kept),
        assertions=tuple(one for one in graph.assertions if one.subject in kept and one.object in kept),
    )


def _degrees(graph: Graph) -> Counter[str]:
    return Counter(end for one in graph.assertions for end in (one.subject, one.object))
