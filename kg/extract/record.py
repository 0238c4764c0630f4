"""The extraction record: what ``kg extract`` prints and the gold records look like."""

from typing import Any

from kg.data import AnnotatedPaper


def to_record(annotated: AnnotatedPaper) -> dict[str, Any]:
    """The record of the guideline for one paper, plus its mentions, relations and rejections.

    A Model is written as the Method that it is; `Mention.extractors` are joined by ``+``.
    """
    return {
        "id": annotated.paper.id,
        "title": annotated.paper.title,
        "entities": [
            {
                "type": _record_type(entity.type),
                "name": entity.name,
                "aliases": list(entity.aliases),
                "role": entity.role,
                "score": entity.score,
            }
            for entity in annotated.entities
        ],
        "links": [{"url": link.url, "kind": link.kind} for link in annotated.links],
        "results": [
            {
                "value": result.value,
                "metric": result.metric or None,
                "on": result.on or None,
                "by": result.by or None,
            }
            for result in annotated.results
        ],
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "type": _record_type(mention.type),
                "role": mention.role,
                "score": mention.score,
                "extractor": "+".join(mention.extractors),
            }
            for mention in annotated.mentions
        ],
        "relations": [
            {
                "subject": annotated.entities[relation.subject].name,
                "predicate": relation.predicate,
                "object": annotated.entities[relation.object].name,
                "sentence": relation.evidence.sentence,
            }
            for relation in annotated.relations
        ],
    }


def _record_type(name: str) -> str:
    return "Method" if name == "Model" else name
