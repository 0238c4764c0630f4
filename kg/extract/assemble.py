"""What was proposed for one paper, settled into an `AnnotatedPaper`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.data import Acronym, AnnotatedPaper, Link, Mention, PaperEntity, Rejection
from kg.extract.acronyms import find_acronyms
from kg.extract.decide import LEAST_ALONE, LEAST_BESIDE, LEAST_JUDGED, Decider, Opinion, Proposal, Same, Variant
from kg.extract.describe import TYPES, Case
from kg.extract.echo import echo
from kg.extract.group import Group, Grouper
from kg.extract.heads import OwnHeads
from kg.extract.judge import Judge, Verdict
from kg.extract.links import canonical_url, find_links, link_kind
from kg.extract.reading import READ_LIMIT, Reading
from kg.extract.relations import RelationReader
from kg.extract.results import ResultReader, ResultTrees
from kg.extract.roles import RoleReader
from kg.extract.telling import with_telling
from kg.extract.variants import VariantReader
from kg.ontology import Ontology


class Assembler:
    """Settles proposals: overlaps, groups, roles, links; keeps no state between papers.

    With a judge it has the last word on what the five types of the guideline hold; things of other types, which a
    user's ontology adds, and everything without a judge are settled by the weights of the extractors and by cues.
    ``results`` are the trees that say what a figure was measured on, how and by whom; without them rules say so.
    """

    def __init__(
        self,
        ontology: Ontology,
        *,
        min_score: float = 0.0,
        with_model: bool = False,
        judge: Judge | None = None,
        results: ResultTrees | None = None,
    ) -> None:
        self._ontology = ontology
        self._decider = Decider(ontology, with_model=with_model)
        self._grouper = Grouper(ontology)
        self._variants = VariantReader(ontology)
        self._roles = RoleReader(ontology)
        self._relations = RelationReader(ontology)
        self._results = ResultReader(ontology, results)
        self._heads = OwnHeads(ontology)
        self._judge = judge
        self._min_score = min_score
        self._least = max(min_score, LEAST_BESIDE if with_model else LEAST_ALONE)

    def assemble(self, reading: Reading, proposals: Sequence[Proposal]) -> AnnotatedPaper:
        """The annotated paper."""
        case = self.case(reading, proposals)
        mentions, entities = self.entities(case, self._judge.judge(case) if self._judge else None)
        offered = [proposal for proposal in proposals if isinstance(proposal, Variant)]
        entities = self._variants.with_variants(reading, entities, offered)
        relations, refused = self._relations.read(reading, mentions, entities)
        results = self._results.read(reading, mentions, entities)
        return AnnotatedPaper(
            paper=reading.paper,
            sentences=_all_sentences(reading),
            mentions=with_telling(case, mentions, entities, results),
            entities=entities,
            acronyms=tuple(_acronyms(reading)),
            links=_links(reading),
            relations=relations,
            results=results,
            rejections=(*_unread(reading), *refused),
        )

    def case(self, reading: Reading, proposals: Sequence[Proposal]) -> Case:
        """What is known of a paper before it is judged."""
        mentioned = [proposal for proposal in proposals if isinstance(proposal, Mention)]
        same = [proposal for proposal in proposals if isinstance(proposal, Same)]
        opinions = [proposal for proposal in proposals if isinstance(proposal, Opinion)]
        decided = echo(reading, self._decider.decide(mentioned))
        groups = self._grouper.group(reading, decided, same)
        return Case(reading, mentioned, opinions, decided, groups, self._roles.signals(reading, decided))

    def entities(
        self, case: Case, verdicts: Sequence[Verdict] | None
    ) -> tuple[tuple[Mention, ...], tuple[PaperEntity, ...]]:
        """What of a case is kept: by the judge's verdicts, or without them by weights and cues."""
        return _entities(case.mentions, self._settle(case, verdicts))

    def _settle(self, case: Case, verdicts: Sequence[Verdict] | None) -> list["_Settled"]:
        roles = self._roles.roles(case.reading, case.mentions, case.groups, case.signals)
        ruled = [
            _Settled(group, role, max(case.mentions[index].score for index in group.mentions))
            for group, role in zip(case.groups, roles, strict=True)
        ]
        if verdicts is None:
            kept = [settled for settled in ruled if settled.score >= self._least]
        else:
            pairs = zip(ruled, verdicts, strict=True)
            kept = [judged for settled, verdict in pairs if (judged := self._sentence(case, settled, verdict))]
        return [self._headed(case, settled) for settled in kept]

    def _headed(self, case: Case, settled: "_Settled") -> "_Settled":
        """The thing with the type of a user's own that its last word tells, and with a role of that type."""
        group, mentions = settled.group, settled.group.mentions
        type_name = self._heads.type_of((group.name, *group.aliases), group.type)
        if type_name == group.type or any("extension" in case.mentions[i].extractors for i in mentions):
            return settled
        allowed = self._ontology.roles(type_name)
        told = {settled.role} | {role for index in mentions for role in case.signals.told[index]}
        role = next((role for role in allowed if role in told), "mentions")
        return replace(settled, group=replace(group, type=type_name), role=role)

    def _sentence(self, case: Case, ruled: "_Settled", verdict: Verdict) -> "_Settled | None":
        """The thing as the judge wants it, or nothing; what a user's extension found is not for the judge."""
        kind = ruled.group.type
        above = self._ontology.ancestors(kind)
        by_user = any("extension" in case.mentions[index].extractors for index in ruled.group.mentions)
        if by_user or not any(name in TYPES for name in above):
            return ruled if ruled.score >= self._least else None
        if verdict.score < max(LEAST_JUDGED, self._min_score):
            return None
        group = ruled.group if verdict.type in above else replace(ruled.group, type=verdict.type)
        return _Settled(group, verdict.role, verdict.score)


@dataclass(frozen=True, slots=True)
class _Settled:
    group: Group
    role: str
    score: float


def _entities(
    mentions: Sequence[Mention], settled: Sequence[_Settled]
) -> tuple[tuple[Mention, ...], tuple[PaperEntity, ...]]:
    """Kept mentions with the type and role of their entity, and the entities that index them."""
    owner = {index: thing for thing in settled for index in thing.group.mentions}
    kept = sorted(owner)
    place_of = {index: place for place, index in enumerate(kept)}
    written = tuple(replace(mentions[i], type=owner[i].group.type, role=owner[i].role) for i in kept)
    entities = tuple(
        PaperEntity(
            thing.group.type,
            thing.group.name,
            thing.group.aliases,
            thing.role,
            thing.score,
            tuple(place_of[index] for index in thing.group.mentions),
        )
        for thing in settled
    )
    return written, entities


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
