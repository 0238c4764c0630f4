"""Entities of all papers from the entities of each."""

from collections.abc import Sequence

from kg.data import AnnotatedPaper, Entity, Paper, PaperEntity, Resolution, ResolvedPaper
from kg.ontology import Ontology
from kg.resolve.aliases import speech_of
from kg.resolve.entities import Ids, make_entity, merges_of
from kg.resolve.families import find_hierarchy
from kg.resolve.forms import make_reader
from kg.resolve.nodes import find_nodes
from kg.resolve.overrides import Override


def resolve(papers: Sequence[AnnotatedPaper], ontology: Ontology, overrides: Sequence[Override] = ()) -> Resolution:
    """Give every entity of every paper the id of the one thing that it is, with the reason for each join.

    Ids depend on the order of the papers only through what is named first: papers added at the end rename nothing.
    """
    reader = make_reader(ontology)
    nodes = find_nodes(papers, reader, overrides)
    speech = speech_of(nodes.items(), reader)
    ids = Ids(reader)
    entities: dict[str, Entity] = {}
    given = [[""] * len(paper.entities) for paper in papers]
    for key, items in nodes.items():
        entities[key] = make_entity(ids.mint(key, items[0]), key, items, speech)
        for item in items:
            given[item.paper][item.place] = entities[key].id
    merges = [merge for key, items in nodes.items() for merge in merges_of(entities[key], key, items, speech)]
    hierarchy = find_hierarchy(entities, ids.of_terms, reader)
    families = [make_entity(ids.of_terms[key], key, (), speech) for key in hierarchy.added]
    return Resolution(
        papers=tuple(ResolvedPaper(annotated, tuple(own)) for annotated, own in zip(papers, given, strict=True)),
        entities=tuple(sorted((*entities.values(), *families), key=lambda entity: entity.id)),
        merges=tuple(sorted(merges, key=lambda merge: (merge.entity, merge.name, merge.type))),
        broader=hierarchy.steps,
    )


def same_thing(
    one: str, other: str, ontology: Ontology, *, type_name: str = "Method", overrides: Sequence[Override] = ()
) -> bool:
    """Whether two names would share a node if two papers that say nothing else used them."""
    papers = [
        AnnotatedPaper(
            Paper(str(number), name, ""),
            (),
            (),
            (PaperEntity(type_name, name, (), "mentions", 1.0, ()),),
            (),
            (),
            (),
            (),
        )
        for number, name in enumerate((one, other))
    ]
    resolution = resolve(papers, ontology, overrides)
    return resolution.papers[0].entity_ids == resolution.papers[1].entity_ids
