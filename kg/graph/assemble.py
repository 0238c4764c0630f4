"""From resolved papers to the graph: claims of all papers merged, their evidence pooled, confidence given."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.data import Assertion, Evidence, Graph, Node, Rejection, Resolution, ResolvedPaper
from kg.graph.claims import Claim, claims
from kg.graph.confidence import confidence
from kg.graph.ids import paper_ids
from kg.ontology import Ontology

_Key = tuple[str, str, str]


def assemble(resolution: Resolution, ontology: Ontology, papers: Iterable[ResolvedPaper] | None = None) -> Graph:
    """The graph of all papers: unique nodes and assertions in sorted order, each assertion with all its evidence.

    `papers` are those of the resolution whole, if it holds them without mentions, sentences, links, relations and
    results; they are read once, one after the other.
    """
    nodes = {
        entity.id: Node(entity.id, entity.type, entity.name, entity.aliases, entity.identifiers)
        for entity in resolution.entities
    }
    types = {entity.id: entity.type for entity in resolution.entities}
    evidence: defaultdict[_Key, list[Evidence]] = defaultdict(list)
    rejections: list[Rejection] = list(resolution.rejections)
    own_ids = paper_ids(paper.annotated.paper for paper in resolution.papers)
    whole = resolution.papers if papers is None else papers
    for paper, own in zip(whole, own_ids, strict=True):
        for found in claims(paper, own, types, ontology):
            if isinstance(found, Claim):
                evidence[found.subject, found.predicate, found.object].append(found.evidence)
            elif isinstance(found, Node):
                nodes.setdefault(found.id, found)
            else:
                rejections.append(found)
    for step in resolution.broader:
        reason = Evidence("", 0, 0, step.reason, "hierarchy", 1.0)
        evidence[step.narrower, "broader", step.broader].append(reason)
    years = {node.id: node.first_year for node in nodes.values() if node.type == "Paper"}
    assertions = tuple(_assertion(key, evidence.pop(key), years) for key in sorted(evidence))
    return Graph(_with_support(nodes, assertions, years), assertions, tuple(rejections))


def _assertion(key: _Key, evidence: Sequence[Evidence], years: dict[str, int]) -> Assertion:
    unique = tuple(evidence)
    if len(unique) > 1:
        unique = tuple(sorted(set(unique), key=lambda e: (e.paper, e.start, e.end, e.extractor, e.sentence, e.score)))
    papers = {item.paper for item in unique if item.paper}
    known = sorted(years[paper] for paper in papers if years.get(paper))
    first, last = (known[0], known[-1]) if known else (0, 0)
    return Assertion(*key, unique, confidence(unique), len(papers), first, last)


def _with_support(nodes: dict[str, Node], assertions: tuple[Assertion, ...], years: dict[str, int]) -> tuple[Node, ...]:
    papers: defaultdict[str, set[str]] = defaultdict(set)
    best: defaultdict[str, float] = defaultdict(float)
    for assertion in assertions:
        for end in (assertion.subject, assertion.object):
            papers[end].update(item.paper for item in assertion.evidence if item.paper)
            best[end] = max(best[end], assertion.confidence)
    return tuple(_supported(nodes[key], papers[key], best[key], years) for key in sorted(nodes))


def _supported(node: Node, papers: set[str], best: float, years: dict[str, int]) -> Node:
    if node.type == "Paper":
        return node
    known = sorted(years[paper] for paper in papers if years[paper])
    first, last = (known[0], known[-1]) if known else (0, 0)
    return replace(node, papers=len(papers), first_year=first, last_year=last, confidence=best)
