"""Entities of all papers from the entities of each."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.data import AnnotatedPaper, Broader, Entity, Merge, PaperEntity, Resolution, ResolvedPaper
from kg.normalize import compact, slug
from kg.ontology import Ontology, Term
from kg.resolve.anchors import Anchors, index_anchors
from kg.resolve.overrides import Override

_BLOCK = {"Model": "Method", "Task": "Method", "Benchmark": "Dataset"}


def resolve(papers: Sequence[AnnotatedPaper], ontology: Ontology, overrides: Sequence[Override] = ()) -> Resolution:
    """Give every entity of every paper the id of the one thing that it is, with the reason for each join."""
    anchors = index_anchors(ontology)
    members: dict[tuple[str, str], list[tuple[int, PaperEntity]]] = defaultdict(list)
    terms: dict[tuple[str, str], Term] = {}
    keys: list[list[tuple[str, str]]] = []
    for number, annotated in enumerate(papers):
        own: list[tuple[str, str]] = []
        for entity in annotated.entities:
            key, term = _key(entity, annotated, anchors)
            if term:
                terms[key] = term
            members[key].append((number, entity))
            own.append(key)
        keys.append(own)
    entities: dict[tuple[str, str], Entity] = {}
    taken: set[str] = set()
    for key, found in members.items():
        entities[key] = _entity(key, found, terms.get(key), ontology, taken)
    merges = [merge for key in members for merge in _merges(entities[key], members[key], terms.get(key))]
    return Resolution(
        tuple(ResolvedPaper(a, tuple(entities[k].id for k in own)) for a, own in zip(papers, keys, strict=True)),
        tuple(sorted(entities.values(), key=lambda e: e.id)),
        tuple(sorted(merges, key=lambda m: (m.entity, m.name, m.type))),
        tuple(sorted(_broader(entities, terms), key=lambda b: (b.narrower, b.broader))),
    )


def _key(entity: PaperEntity, annotated: AnnotatedPaper, anchors: Anchors) -> tuple[tuple[str, str], Term | None]:
    expansions = [a.long for a in annotated.acronyms if compact(a.short) == compact(entity.name)]
    forms = (*expansions, entity.name, *entity.aliases)
    for form in forms:
        term = anchors.find(form, entity.type)
        if term:
            return (f"={term.type}", term.name), term
    return (_BLOCK.get(entity.type, entity.type), compact(forms[0])), None


def _entity(
    key: tuple[str, str],
    members: Sequence[tuple[int, PaperEntity]],
    term: Term | None,
    ontology: Ontology,
    taken: set[str],
) -> Entity:
    types = Counter[str]()
    names = Counter[str]()
    aliases: dict[str, None] = {}
    for _, entity in members:
        types[entity.type] += 3 if entity.role == "introduces" else 1
        names[entity.name] += 1
        aliases.update(dict.fromkeys((entity.name, *entity.aliases)))
    type_ = term.type if term else max(types, key=lambda name: types[name])
    name = term.name if term else max(names, key=lambda form: names[form])
    first = term.type if term else members[0][1].type
    iri = f"{ontology.type_by_name[first].iri}/{slug(term.name if term else members[0][1].name)}"
    number = 2
    base = iri
    while iri in taken:
        iri = f"{base}-{number}"
        number += 1
    taken.add(iri)
    other = tuple(sorted(alias for alias in (*aliases, *(term.aliases if term else ())) if alias != name))
    return Entity(iri, type_, name, tuple(dict.fromkeys(other)), term.identifiers if term else ())


def _merges(entity: Entity, members: Sequence[tuple[int, PaperEntity]], term: Term | None) -> list[Merge]:
    papers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, member in members:
        for name in (member.name, *member.aliases):
            papers[name, member.type].add(number)
    reason = f"lexicon: {term.name}" if term else "same normal form, or stated as one in a paper"
    return [
        Merge(entity.id, name, type_, reason, len(found))
        for (name, type_), found in papers.items()
        if name != entity.name or type_ != entity.type
    ]


def _broader(entities: dict[tuple[str, str], Entity], terms: dict[tuple[str, str], Term]) -> list[Broader]:
    steps = []
    by_name = {key[1]: entity for key, entity in entities.items() if key in terms}
    for key, term in terms.items():
        above = by_name.get(term.broader)
        if term.broader and above:
            steps.append(Broader(entities[key].id, above.id, f"lexicon: {term.source}"))
    return steps
