"""Every entity of every paper, with the node that its own paper lets it have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.data import AnnotatedPaper, PaperEntity
from kg.normalize import clean_markup, compact, is_short_for
from kg.ontology import Term
from kg.resolve.anchors import is_proper
from kg.resolve.forms import Reader, Reading
from kg.resolve.parts import whole_of
from kg.resolve.senses import Senses, loose
from kg.resolve.titled import under_title

_LEAST_INITIALS = 3
_OTHER_TYPES = ("Dataset", "Method")  # one of each kind that may share a name
_ARXIV = re.compile(r"\d{4}\.\d{4,5}", re.ASCII)
_LONGEST_NAME = 3  # words
MARK = "\0"
"""Stands in the key of a thing, behind the name that it shares with another one."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entity of a paper (both by index). ``key`` is its node; ``short`` is set if only an acronym names it here.

    ``long`` is what its paper says the acronym stands for; ``coined`` says that the paper gives the thing its name,
    ``titled`` that this is the head of its title. Of a name that several things share, ``named`` is the type and name
    that its id is made of, if not those of the first occurrence, and ``subtitle`` what the title says besides.
    ``month`` is that of the paper's first version on arXiv, counted from the year 0; 0 if it is not known.
    """

    paper: int
    place: int
    entity: PaperEntity
    key: str
    term: Term | None
    reason: str
    short: str = ""
    long: str = ""
    coined: bool = False
    titled: bool = False
    named: tuple[str, str] | None = None
    subtitle: str = ""
    month: int = 0


def occurrences(papers: Sequence[AnnotatedPaper], reader: Reader, senses: Senses) -> Iterator[Occurrence]:
    """Read all papers in order, telling `senses` what their acronyms stand for."""
    for number, annotated in enumerate(papers):
        stated, month = _stated(annotated), arxiv_month(annotated.paper.arxiv)
        for place, found in enumerate(annotated.entities):
            entity = under_title(found, annotated.paper.title, reader)
            coined = _is_coined(entity, annotated)
            named = _named(entity, coined, reader)
            pairs = _pairs((entity.name, *entity.aliases), stated)
            short = compact(entity.name) if not pairs and may_be_short(entity.name) else ""
            if pairs:
                named = _stating(_of_pair(entity, named, *pairs[0], reader), entity, pairs, reader, senses, number)
            if not named.term and (whole := whole_of(entity, reader)):
                named, short = whole, ""
            long = pairs[0][1] if pairs else ""
            titled = coined and _is_head(entity.name, annotated.paper.title)
            own = short, long, coined, titled
            yield Occurrence(number, place, entity, named.key, named.term, named.reason, *own, month=month)


@lru_cache(maxsize=1 << 10)
def _month_of(prefix: str) -> int:
    return 12 * (2000 + int(prefix[:2])) + int(prefix[2:])


def arxiv_month(arxiv: str) -> int:
    """Month that an arXiv id tells, counted from the year 0; 0 if it tells none.

    >>> arxiv_month("2401.00001") - arxiv_month("2312.1234v2"), arxiv_month("cs/0101001")
    (1, 0)
    """
    return _month_of(arxiv[:4]) if _ARXIV.match(arxiv) else 0


def _stated(annotated: AnnotatedPaper) -> dict[str, tuple[str, str]]:
    """Pairs of short and long form by the compact form of either, as the paper gives them; the first one counts."""
    pairs: dict[str, tuple[str, str]] = {}
    for acronym in annotated.acronyms:
        if not acronym.long.removesuffix("'s").isupper():
            for form in (acronym.short, acronym.long):
                pairs.setdefault(compact(form), (acronym.short, acronym.long))
    names = [entity.name for entity in annotated.entities]
    longs = [name for name in names if " " in name or "-" in name]
    for short in names:
        if len(short) >= _LEAST_INITIALS and may_be_short(short) and compact(short) not in pairs:
            long = next((long for long in longs if is_short_for(short, long)), "")
            if long:
                pairs[compact(short)] = (short, long)
                pairs.setdefault(compact(long), (short, long))
    return pairs


def _is_coined(entity: PaperEntity, annotated: AnnotatedPaper) -> bool:
    """Whether the paper names a thing of its own: "LLaVA: Large Language and Vision Assistant", not any "we use"."""
    head, colon, _ = annotated.paper.title.partition(":")
    return bool(colon) and entity.role == "introduces" and entity.name in head


def _is_head(name: str, title: str) -> bool:
    """Whether the title is "Name: …", and the name a proper one."""
    plain = clean_markup(name)
    word = plain[:1].isupper() and plain.isalnum()
    return compact(title.partition(":")[0]) == compact(name) and (
        word or (is_proper(plain) and len(plain.split()) <= _LONGEST_NAME)
    )


def _stating(
    reading: Reading, entity: PaperEntity, pairs: Sequence[tuple[str, str]], reader: Reader, senses: Senses, paper: int
) -> Reading:
    """The reading with the node that the other papers share which state the same; `senses` is told of this one."""
    short, long = pairs[0]
    block = reader.anchors.block_of(reading.key) or reader.anchors.block(entity.type)
    key = senses.state(compact(short), block, reading.key, long, paper)
    for other, its_long in pairs[1:]:
        if compact(its_long) == compact(long):
            senses.state(compact(other), block, reading.key, its_long, paper)
    return Reading(key, reading.term, reading.reason)


def _named(entity: PaperEntity, coined: bool, reader: Reader) -> Reading:
    """What the name means, unless the paper introduces something new under the name of a thing that is a word too."""
    reading = reader.read(entity.name, entity.type)
    if coined and reading.term and reading.term.ambiguous and any(map(str.isupper, entity.name)):
        return Reading(f"{compact(entity.name)}^", None, f"coined by the paper, so not the known {reading.term.name}")
    return reading


def _pairs(forms: Sequence[str], stated: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Short and long forms of the entity: pairs that its paper states, then those that its own forms show."""
    pairs = [stated[compact(form)] for form in forms if compact(form) in stated]
    found = {compact(short) for short, _ in pairs}
    for short in forms:
        if compact(short) not in found and may_be_short(short):
            long = next((form for form in forms if " " in form or ("-" in form and is_short_for(short, form))), "")
            if long and is_short_for(short, long):
                pairs.append((short, long))
    return pairs


def _of_pair(entity: PaperEntity, named: Reading, short: str, long: str, reader: Reader) -> Reading:
    """The node of a thing whose paper states short and long form: the long form is the surer name, whatever its type.

    A known short form yields to an unknown long one if it is ambiguous or the lexicon knows what it stands for ("SAM",
    here for sharpness-aware minimization); a name without a known expansion ("BLIP") stays what it is, unless the paper
    introduces something that is plainly not that.
    """
    spelled = reader.read(long, entity.type)
    for type_name in _OTHER_TYPES if spelled.term is None else ():
        of_type = reader.read(long, type_name)
        spelled = of_type if of_type.term else spelled
    if spelled.term:
        return Reading(spelled.key, spelled.term, f"{spelled.reason} (acronym stated in the paper)")
    known = reader.read(short, entity.type)
    anchored = known if known.term else named
    if anchored.term and not (
        _has_other_expansion(anchored.term, short, long) or _is_new(entity, anchored.term, short, long)
    ):
        return anchored
    return Reading(spelled.key, None, f"acronym of {long!r} in the same paper")


def _has_other_expansion(term: Term, short: str, long: str) -> bool:
    known = [form for form in (term.name, *term.aliases) if is_short_for(short, form)]
    return (bool(known) or term.ambiguous) and loose(long) not in map(loose, known)


def _is_new(entity: PaperEntity, term: Term, short: str, long: str) -> bool:
    """Whether what a paper introduces and expands is not the known thing of that name, whose expansion is unknown.

    It is not if no known form has its spelling ("MoGE" is not MoGe), or if no word of the long form is in the known
    long ones. All other papers, and the paper that the known thing is from, may well just spell it out.
    """
    if entity.role != "introduces" or compact(entity.name) != compact(short):
        return False
    forms = [clean_markup(form) for form in (term.name, *term.aliases)]
    known = {stem for form in forms if " " in form for stem in loose(form)}
    alike = bool(known & set(loose(long))) or loose(long) in map(loose, forms)
    name = clean_markup(entity.name)
    respelled = any(map(str.isupper, name[1:])) and not {name, name.removesuffix("s")} & set(forms)
    return not alike and (respelled or bool(known))


def may_be_short(name: str) -> bool:
    """Whether a name has the look of an acronym."""
    return " " not in name and len(name) <= 10 and sum(map(str.isupper, name)) > 1
