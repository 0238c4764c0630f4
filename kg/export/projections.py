"""Projections: entities joined by the papers that speak of both, papers joined by the entities that both speak of."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from heapq import nlargest
from itertools import combinations

from kg.data import Assertion, Evidence, Graph, Node
from kg.export.columns import OCCURS_WITH, SHARES_ENTITIES
from kg.ontology import Ontology

_WITNESSES = 3  # pieces of evidence that a projected edge carries
_NEIGHBOURS = 10  # papers that a paper chooses as most like it
_COMMON = 100  # an entity of more papers than this says little about any two of them

Pair = tuple[str, str]
Named = dict[str, tuple[str, ...]]


def cooccurrence(graph: Graph, ontology: Ontology) -> Graph:
    """Entities joined when one paper speaks of both.

    ``papers`` of an edge counts these papers, ``confidence`` is the cosine of the two sets of papers: 1.0 if the one is
    never seen without the other. The evidence names up to three of the papers.
    """
    named = _named(graph, ontology)
    spread = Counter(entity for entities in named.values() for entity in entities)
    papers: defaultdict[Pair, list[str]] = defaultdict(list)
    for paper, entities in named.items():
        for pair in combinations(entities, 2):
            papers[pair].append(paper)
    nodes = {node.id: node for node in graph.nodes}
    assertions = tuple(_meeting(pair, papers[pair], spread, nodes) for pair in sorted(papers))
    return replace(graph, nodes=tuple(nodes[key] for key in sorted(spread)), assertions=assertions)


def _meeting(pair: Pair, papers: list[str], spread: Mapping[str, int], nodes: Mapping[str, Node]) -> Assertion:
    one, other = pair
    cosine = len(papers) / math.sqrt(spread[one] * spread[other])
    evidence = tuple(Evidence(paper, 0, 0, "", "cooccurrence", 1.0) for paper in papers[:_WITNESSES])
    years = sorted(nodes[paper].first_year for paper in papers if nodes[paper].first_year) or [0]
    return Assertion(one, OCCURS_WITH, other, evidence, cosine, len(papers), years[0], years[-1])


def paper_similarity(graph: Graph, ontology: Ontology) -> Graph:
    """Papers joined to those most like them: each chooses ten, by the rarity of the entities that both speak of.

    ``papers`` of an edge counts the shared entities, ``confidence`` is the cosine of the two lists with rare entities
    counting more; the evidence names what is shared. Entities of more than a hundred papers join nothing.
    """
    named = _named(graph, ontology)
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for paper, entities in named.items():
        for entity in entities:
            holders[entity].append(paper)
    # squared, as a product of two tf-idf weights is
    rarity = {entity: math.log((1 + len(named)) / len(papers)) ** 2 for entity, papers in holders.items()}
    rare = {entity: papers for entity, papers in holders.items() if len(papers) <= _COMMON}
    length = {paper: math.sqrt(sum(rarity[entity] for entity in entities)) for paper, entities in named.items()}
    likeness: dict[Pair, float] = {}
    for paper, entities in named.items():
        shared: defaultdict[str, float] = defaultdict(float)
        for entity in entities:
            for other in rare.get(entity, ()):
                shared[other] += rarity[entity] / (length[paper] * length[other])
        shared.pop(paper, None)
        for value, other in nlargest(_NEIGHBOURS, ((value, other) for other, value in shared.items())):
            likeness[min(paper, other), max(paper, other)] = value
    nodes = {node.id: node for node in graph.nodes}
    assertions = tuple(_kinship(pair, likeness[pair], named, rarity, nodes) for pair in sorted(likeness))
    papers_only = tuple(node for node in graph.nodes if node.type == "Paper")
    return replace(graph, nodes=papers_only, assertions=assertions)


def _kinship(
    pair: Pair, likeness: float, named: Named, rarity: Mapping[str, float], nodes: Mapping[str, Node]
) -> Assertion:
    one, other = pair
    shared = sorted(set(named[one]) & set(named[other]), key=lambda entity: (-rarity[entity], entity))
    sentence = "Both speak of " + ", ".join(nodes[entity].name for entity in shared[:10]) + "."
    years = sorted(year for year in (nodes[one].first_year, nodes[other].first_year) if year) or [0]
    evidence = (Evidence("", 0, 0, sentence, "projection", 1.0),)
    # the younger of the two makes the pair
    return Assertion(one, SHARES_ENTITIES, other, evidence, min(likeness, 1.0), len(shared), years[-1], years[-1])


def _named(graph: Graph, ontology: Ontology) -> Named:
    """The entities that each paper speaks of, both in order of id."""
    papers = {node.id for node in graph.nodes if node.type == "Paper"}
    things = {node.id for node in graph.nodes if ontology.is_a(node.type, "Entity")}
    named: defaultdict[str, set[str]] = defaultdict(set)
    for one in graph.assertions:
        if one.subject in papers and one.object in things:
            named[one.subject].add(one.object)
    return {paper: tuple(sorted(named[paper])) for paper in sorted(named)}
