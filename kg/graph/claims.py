"""What one resolved paper claims, as plain subject-predicate-object rows with evidence."""

import bisect
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.data import AnnotatedPaper, Evidence, Link, Node, PaperEntity, Rejection, ResolvedPaper, Result
from kg.graph.ids import digest, link_id, slug
from kg.ontology import Ontology

# Where an entity's resolved type does not admit the role that its paper gave it, the nearest role that it does admit.
_NEAREST_ROLES = {
    "uses": ("uses", "addresses", "evaluates", "mentions"),
    "compares": ("compares", "mentions"),
    "addresses": ("addresses", "uses", "mentions"),
    "evaluates": ("evaluates", "uses", "addresses", "mentions"),
    "trains": ("trains", "uses", "mentions"),
    "reports": ("reports", "mentions"),
}

_NAMED_ONLY = 0.5
"""What is left of the score of a sentence that names an entity where another one tells what the paper does with it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One row: ids of subject and object, a predicate, and one reason to believe it."""

    subject: str
    predicate: str
    object: str
    evidence: Evidence


Found = Claim | Node | Rejection


def claims(resolved: ResolvedPaper, own: str, types: dict[str, str], ontology: Ontology) -> Iterator[Found]:
    """Nodes that the paper brings with it (itself, links, results, authors, venue), its claims, and what was refused.

    `own` is the paper's id in the graph, `types` gives the type of every entity id.
    """
    annotated, paper = resolved.annotated, resolved.annotated.paper
    yield Node(
        own, "Paper", paper.title, date=paper.date, arxiv=paper.arxiv, doi=paper.doi, abstract=paper.abstract,
        first_year=paper.year or 0, last_year=paper.year or 0, papers=1,
    )  # fmt: skip
    sentences = Sentences(annotated)
    for entity, entity_id in zip(annotated.entities, resolved.entity_ids, strict=True):
        predicate = _fitting_predicate(entity.role, types[entity_id], ontology)
        for evidence in _mention_evidence(annotated, entity, own, sentences):
            yield Claim(own, predicate, entity_id, evidence)
    for link in annotated.links:
        yield from _link(link, own, ontology, sentences)
    yield from _relations(resolved, own, types, ontology)
    for result in annotated.results:
        yield from _result(result, resolved, own, types, ontology)
    yield from _people(annotated, own)


def _fitting_predicate(role: str, type_name: str, ontology: Ontology) -> str:
    for candidate in (role, *_NEAREST_ROLES.get(role, ()), "mentions"):
        predicate = ontology.predicate_for_role(candidate)
        if ontology.allows("Paper", predicate, type_name):
            return predicate
    raise AssertionError(f"kg:mentions must admit {type_name}")  # the ontology check guarantees it


class Sentences:
    """The sentences of a paper as one line each, made once however many claims quote them."""

    def __init__(self, annotated: AnnotatedPaper) -> None:
        self._spans = annotated.sentences
        self._text = annotated.paper.text
        self._lines: dict[int, str] = {}

    def at(self, start: int) -> str:
        """The sentence around a position."""
        if not self._spans:
            return ""
        index = max(0, bisect.bisect_right(self._spans, (start, 1 << 60)) - 1)
        line = self._lines.get(index)
        if line is None:
            begin, end = self._spans[index]
            line = self._lines[index] = " ".join(self._text[begin:end].split())
        return line


def _mention_evidence(
    annotated: AnnotatedPaper, entity: PaperEntity, own: str, sentences: Sentences
) -> Iterator[Evidence]:
    """A piece a mention: what tells the role is as sure as the best mention, what only names it half as sure."""
    found = [annotated.mentions[index] for index in entity.mentions]
    best = max((mention.score for mention in found), default=0.0)
    for mention in found:
        score = best if mention.telling else round(_NAMED_ONLY * mention.score, 4)
        found_by = sys.intern("+".join(mention.extractors))
        yield Evidence(own, mention.start, mention.end, sentences.at(mention.start), found_by, score)


def _link(link: Link, own: str, ontology: Ontology, sentences: Sentences) -> Iterator[Found]:
    type_ = ontology.type_for_link(link.kind)
    canonical = link.canonical or link.url
    node = link_id(ontology.type_by_name[type_].iri, canonical)
    given = link.start == link.end
    sentence = "" if given else sentences.at(link.start)
    yield Node(node, type_, canonical.removeprefix("https://").removeprefix("http://"), url=canonical)
    evidence = Evidence(own, link.start, link.end, sentence, "listing" if given else "links", 1.0)
    yield Claim(own, ontology.predicate_for_link(link.kind), node, evidence)


def _relations(resolved: ResolvedPaper, own: str, types: dict[str, str], ontology: Ontology) -> Iterator[Found]:
    for relation in resolved.annotated.relations:
        subject, object_ = resolved.entity_ids[relation.subject], resolved.entity_ids[relation.object]
        said = f"{subject} {relation.predicate} {object_}"[:120]
        if subject == object_:
            yield Rejection("graph", resolved.annotated.paper.id, said, "both ends are one thing after resolution")
        elif not ontology.allows(types[subject], relation.predicate, types[object_]):
            reason = f"{types[subject]} → {types[object_]} is outside domain and range of kg:{relation.predicate}"
            yield Rejection("graph", resolved.annotated.paper.id, said, reason)
        else:
            yield Claim(subject, relation.predicate, object_, replace(relation.evidence, paper=own))


def _result(
    result: Result, resolved: ResolvedPaper, own: str, types: dict[str, str], ontology: Ontology
) -> Iterator[Found]:
    forms = {
        form.casefold(): entity_id
        for entity, entity_id in zip(resolved.annotated.entities, resolved.entity_ids, strict=True)
        for form in (entity.name, *entity.aliases)
    }
    evidence = replace(result.evidence, paper=own)
    node = f"result/{digest(own, result.value, result.metric, result.on, result.by, str(evidence.start))}"
    shown = result.value.replace("\\%", "%")
    named = [shown, result.metric, f"on {result.on}" if result.on else "", f"({result.by})" if result.by else ""]
    yield Node(node, "Result", " ".join(part for part in named if part), value=result.value, measure=result.measure)
    ends = {"resultOf": result.by, "onBenchmark": result.on, "metric": result.metric}
    for predicate, form in ends.items():
        target = forms.get(form.casefold(), "")
        if target and ontology.allows("Result", predicate, types[target]):
            yield Claim(node, predicate, target, evidence)
        elif predicate == "resultOf":
            yield Claim(node, predicate, own, evidence)


def _people(annotated: AnnotatedPaper, own: str) -> Iterator[Found]:
    evidence = Evidence(own, 0, 0, "", "listing", 1.0)
    for name in annotated.paper.authors:
        yield Node(f"author/{slug(name)}", "Author", name)
        yield Claim(own, "hasAuthor", f"author/{slug(name)}", evidence)
    if annotated.paper.venue:
        venue = f"venue/{slug(annotated.paper.venue)}"
        yield Node(venue, "Venue", annotated.paper.venue)
        yield Claim(own, "publishedIn", venue, evidence)
