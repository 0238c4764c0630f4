"""What was proposed for one paper, settled into an `AnnotatedPaper`."""

from collections.abc import Sequence
from dataclasses import replace

from kg.data import Acronym, AnnotatedPaper, Link, Mention, PaperEntity, Rejection
from kg.extract.acronyms import find_acronyms
from kg.extract.decide import LEAST_ALONE, LEAST_BESIDE, Decider, Same
from kg.extract.echo import echo
from kg.extract.group import Group, Grouper
from kg.extract.links import canonical_url, find_links, link_kind
from kg.extract.reading import READ_LIMIT, Reading
from kg.extract.relations import RelationReader
from kg.extract.results import ResultReader
from kg.extract.roles import RoleReader
from kg.ontology import Ontology


class Assembler:
    """Settles proposals: overlaps, groups, roles, links; keeps no state between papers."""

    def __init__(self, ontology: Ontology, *, min_score: float = 0.0, with_model: bool = False) -> None:
        self._decider = Decider(ontology, with_model=with_model)
        self._grouper = Grouper(ontology)
        self._roles = RoleReader(ontology)
        self._relations = RelationReader(ontology)
        self._results = ResultReader(ontology)
        self._least = max(min_score, LEAST_BESIDE if with_model else LEAST_ALONE)

    def assemble(self, reading: Reading, proposals: Sequence[Mention | Same]) -> AnnotatedPaper:
        """The annotated paper."""
        mentioned = [proposal for proposal in proposals if isinstance(proposal, Mention)]
        same = [proposal for proposal in proposals if isinstance(proposal, Same)]
        decided = echo(reading, self._decider.decide(mentioned))
        acronyms = tuple(_acronyms(reading))
        groups = self._keep(self._grouper.group(decided, same), decided)
        roles = self._roles.roles(reading, decided, groups)
        mentions, entities = _entities(decided, groups, roles)
        relations, refused = self._relations.read(reading, mentions, entities)
        return AnnotatedPaper(
            paper=reading.paper,
            sentences=_all_sentences(reading),
            mentions=mentions,
            entities=entities,
            acronyms=acronyms,
            links=_links(reading),
            relations=relations,
            results=self._results.read(reading, mentions, entities),
            rejections=(*_unread(reading), *refused),
        )

    def _keep(self, groups: Sequence[Group], mentions: Sequence[Mention]) -> list[Group]:
        """Groups of which the best mention scores enough."""
        return [group for group in groups if max(mentions[index].score for index in group.mentions) >= self._least]


def _entities(
    mentions: Sequence[Mention], groups: Sequence[Group], roles: Sequence[str]
) -> tuple[tuple[Mention, ...], tuple[PaperEntity, ...]]:
    """Kept mentions with the type and role of their entity, and the entities that index them."""
    owner = {index: place for place, group in enumerate(groups) for index in group.mentions}
    kept = sorted(owner)
    place_of = {index: place for place, index in enumerate(kept)}
    settled = tuple(replace(mentions[i], type=groups[owner[i]].type, role=roles[owner[i]]) for i in kept)
    entities = tuple(
        PaperEntity(
            group.type,
            group.name,
            group.aliases,
            role,
            max(mentions[index].score for index in group.mentions),
            tuple(place_of[index] for index in group.mentions),
        )
        for group, role in zip(groups, roles, strict=True)
    )
    return settled, entities


def _acronyms(reading: Reading) -> list[Acronym]:
    pairs: dict[str, str] = {}
    for (first, last), (long_first, long_last) in find_acronyms(reading):
        short = reading.text[reading.starts[first] : reading.ends[last]]
        pairs.setdefault(short, reading.text[reading.starts[long_first] : reading.ends[long_last]])
    return [Acronym(short, long) for short, long in pairs.items()]


def _links(reading: Reading) -> tuple[Link, ...]:
    """Links of the text, then those that the listing's fields add."""
    links = list(find_links(reading.text))
    known = {link.canonical for link in links}
    for url in reading.paper.urls:
        if (canonical := canonical_url(url)) not in known:
            known.add(canonical)
            links.append(Link(url, link_kind(url), 0, 0, canonical))
    return tuple(links)


def _all_sentences(reading: Reading) -> tuple[tuple[int, int], ...]:
    whole = len(reading.paper.text)
    return reading.sentences if whole <= READ_LIMIT else (*reading.sentences, (READ_LIMIT, whole))


def _unread(reading: Reading) -> tuple[Rejection, ...]:
    whole = len(reading.paper.text)
    if whole <= READ_LIMIT:
        return ()
    reason = f"only the first {READ_LIMIT:,} of {whole:,} characters were searched"
    return (Rejection("extract", reading.paper.id, reading.paper.title[:120], reason),)
