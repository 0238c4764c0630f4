"""The extraction record: what ``kg extract`` prints and the gold records look like."""

from typing import Any

from kg.data import AnnotatedPaper, Mention, PaperEntity, Relation, Result


def to_record(annotated: AnnotatedPaper) -> dict[str, Any]:
    """The record of the guideline for one paper, plus its mentions and relations.

    A Model is written as the Method that it is; `Mention.extractors` are joined by ``+``.
    """
    return {
        "id": annotated.paper.id,
        "title": annotated.paper.title,
        "entities": [_entity(entity) for entity in annotated.entities],
        "links": [{"url": link.url, "kind": link.kind} for link in annotated.links],
        "results": [_result(result) for result in annotated.results],
        "mentions": [_mention(mention) for mention in annotated.mentions],
        "relations": [_relation(relation, annotated.entities) for relation in annotated.relations],
    }


def _entity(entity: PaperEntity) -> dict[str, Any]:
    return {
        "type": _type(entity.type),
        "name": entity.name,
        "aliases": list(entity.aliases),
        "role": entity.role,
        "score": entity.score,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "value": result.value,
        "metric": result.metric or None,
        "on": result.on or None,
        "by": result.by or None,
        "measure": result.measure,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": _type(mention.type),
        "role": mention.role,
        "score": mention.score,
        "extractor": "+".join(mention.extractors),
    }


def _relation(relation: Relation, entities: tuple[PaperEntity, ...]) -> dict[str, Any]:
    return {
        "subject": entities[relation.subject].name,
        "predicate": relation.predicate,
        "object": entities[relation.object].name,
        "sentence": relation.evidence.sentence,
        "score": relation.evidence.score,
    }


def _type(name: str) -> str:
    return "Method" if name == "Model" else name
