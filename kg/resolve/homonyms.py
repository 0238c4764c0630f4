"""Several things of one name: a paper that gives its own thing a name which another paper gave to another.

What has the title "SAGE: …" and resembles no other paper that introduces a SAGE is a SAGE of its own. The one that the
listings name first keeps the node; each other one gets a node whose key depends on its own title alone, so that papers
added later rename none. Those who only use the name are asked which one they mean.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from kg.data import AnnotatedPaper, Paper
from kg.normalize import clean_markup, compact
from kg.ontology import Term
from kg.resolve.anchors import Anchors
from kg.resolve.forms import Reader
from kg.resolve.likeness import likeness, shared
from kg.resolve.occurrences import MARK, Occurrence
from kg.resolve.senses import loose

# How alike the words of papers on one thing are: its name in both titles, in one, in one and plainly made up.
_ALIKE_TITLED, _ALIKE, _ALIKE_MADE_UP = 0.3, 0.13, 0.08
_MARGIN = 1.25
_EARLY = 2  # months that a paper may use a thing before the paper which introduces it
_MADE_UP = re.compile(r"(?=.{6}).*(?:[a-z][A-Z]|[\d-])")
_ARXIV = re.compile(r"(\d\d)(\d\d)\.\d{4,5}")
_DATE = re.compile(r"(\d{4})-(\d\d)")


@dataclass(slots=True)
class _Thing:
    """One of the things of a name: its node, the occurrence that introduces it, the papers that speak of it."""

    key: str
    item: Occurrence
    paper: Paper
    papers: set[int] = field(default_factory=set)


def divided(found: Sequence[Occurrence], papers: Sequence[AnnotatedPaper], reader: Reader) -> list[Occurrence]:
    """All occurrences, those of a shared name with the node of the thing that they mean."""
    names = shared_names(found, reader)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(found):
        if concerns(item, names):
            places[item.key].append(place)
    result = list(found)
    for own in places.values():
        parts = divide([found[place] for place in own], lambda paper: papers[paper].paper, reader)
        for place, item in zip(own, parts, strict=True):
            result[place] = item
    return result


def shared_names(found: Sequence[Occurrence], reader: Reader) -> AbstractSet[str]:
    """Nodes that several papers introduce, of which titles name one at least; of a known thing, two."""
    introducing: defaultdict[str, set[int]] = defaultdict(set)
    titled: defaultdict[str, set[int]] = defaultdict(set)
    for item in found:
        if _introduces(item) and _may_differ(item):
            introducing[item.key].add(item.paper)
            if item.titled:
                titled[item.key].add(item.paper)
    return {
        key
        for key, own in titled.items()
        if (len(own) > 1 and not _is_short_for_known(key, reader) if key in reader.terms else len(introducing[key]) > 1)
    }


def concerns(item: Occurrence, names: AbstractSet[str]) -> bool:
    """Whether an occurrence may go to another thing of its name. Who only uses a known name means what is known."""
    return item.key in names and _may_differ(item) and (item.titled or not item.key.startswith("="))


def divide(items: Sequence[Occurrence], paper_of: Callable[[int], Paper], reader: Reader) -> list[Occurrence]:
    """The occurrences of one node, in the order of the papers, with the nodes of the things that they mean."""
    papers = {item.paper: paper_of(item.paper) for item in items}
    things = list(_things(_ordered(items, papers, reader.terms.get(items[0].key)), papers))
    if len(things) == 1:
        return list(items)
    means = {paper: thing for thing in things for paper in thing.papers}
    first = items[0].entity.type, items[0].entity.name
    result = []
    for item in items:
        thing, why = means.get(item.paper), ""
        if thing is None:
            thing, why = _meant(item, papers[item.paper], things, reader.anchors)
            thing.papers.add(item.paper)
            why = f"; of {len(things)} things of this name {why}"
        result.append(_placed(replace(item, reason=item.reason + why), thing, things[0], first))
    return result


def _placed(item: Occurrence, thing: _Thing, base: _Thing, first: tuple[str, str]) -> Occurrence:
    """The occurrence at the node of its thing; that of the first thing keeps the id that the name has had."""
    named = first if thing is base else (thing.item.entity.type, thing.item.entity.name)
    if item.paper != thing.item.paper:
        return replace(item, key=thing.key, named=named)
    why = f"; {thing.item.reason}" if thing is not base else "; the first of several things of this name"
    return replace(item, key=thing.key, named=named, reason=item.reason + why, subtitle=_subtitle(item, thing.paper))


def _introduces(item: Occurrence) -> bool:
    """Whether a paper introduces something under a proper name."""
    name = item.entity.name
    proper = " " not in name and (any(map(str.isupper, name)) or _MADE_UP.match(name) is not None)
    return item.titled or (item.entity.role == "introduces" and proper)


def _may_differ(item: Occurrence) -> bool:
    """Whether the name alone says what is meant: no row of overrides joins it, no long form explains it."""
    if item.key.startswith(("=", "!")):
        return item.key.startswith("!") or not item.reason.startswith("override")
    explained = item.long or (item.short and not item.key.startswith(item.short))
    return not explained and not item.reason.startswith("override")


def _is_short_for_known(key: str, reader: Reader) -> bool:
    """Whether a known thing has long forms: "SGD: A Study" is about the known SGD, though another SGD is called so."""
    term = reader.terms[key]
    return any(" " in form for form in (term.name, *term.aliases))


def _ordered(items: Sequence[Occurrence], papers: Mapping[int, Paper], term: Term | None) -> list[Occurrence]:
    """What introduces something, in the order of the papers; what has the best claim to a known name goes first."""
    introducing = [item for item in items if _introduces(item)]
    if term is None:
        return introducing
    forms, links = {clean_markup(form) for form in (term.name, *term.aliases)}, set(term.identifiers)
    return sorted(
        introducing,
        key=lambda item: (
            f"arxiv:{papers[item.paper].arxiv}" not in links,
            clean_markup(item.entity.name) not in forms,
            item.entity.type != term.type,
            _month(papers[item.paper]) or 0,
        ),
    )


def _things(introducing: Sequence[Occurrence], papers: Mapping[int, Paper]) -> Iterator[_Thing]:
    """The things that papers introduce: each paper joins the one that it is most alike, or stands for a new one."""
    things: list[_Thing] = []
    for item in introducing:
        paper = papers[item.paper]
        likely = sorted(((_sameness(thing, item, paper), -place) for place, thing in enumerate(things)), reverse=True)
        if likely and likely[0][0] > 0:
            things[-likely[0][1]].papers.add(item.paper)
            continue
        key = f"{item.key}{MARK}{compact(paper.title)}" if things else item.key
        share = max((likeness(thing.paper, paper, item.entity.name) for thing in things), default=0.0)
        reason = f"another thing of this name: no author and link in common, words {share:.2f} alike"
        things.append(_Thing(key, replace(item, reason=reason), paper, {item.paper}))
    yield from things


def _sameness(thing: _Thing, item: Occurrence, paper: Paper) -> float:
    """Above zero if a paper introduces a thing which another one introduced before, the more the surer."""
    one = thing.item
    spelled = bool(one.long) and loose(one.long) == loose(item.long)
    if item.paper in thing.papers or spelled or shared(thing.paper, paper, item.entity.name):
        return 2.0
    if not one.titled and not item.titled:
        return 1e-9  # neither has it in the title: too little to part them
    name = item.entity.name
    least = _ALIKE_MADE_UP if _MADE_UP.match(clean_markup(name)) else _ALIKE
    return max(0.0, likeness(thing.paper, paper, name) - (_ALIKE_TITLED if one.titled and item.titled else least))


def _meant(item: Occurrence, paper: Paper, things: Sequence[_Thing], anchors: Anchors) -> tuple[_Thing, str]:
    """The thing that a paper means by a name, and why: what it says, what there was, what it resembles, what is known.

    Where nothing decides, the thing of which most papers speak so far.
    """
    if item.long and (spelled := [thing for thing in things if loose(thing.item.long) == loose(item.long)]):
        return spelled[0], "the one that is short for it"
    options = [thing for thing in things if not thing.item.titled or _was_there(thing.paper, paper)]
    if not options:
        return things[0], "the first, for none was there yet"
    block = anchors.block(item.entity.type)
    options = [thing for thing in options if anchors.block(thing.item.entity.type) == block] or options
    if len(options) == 1:
        return options[0], "the only one of its kind then"
    scores = [likeness(thing.paper, paper, item.entity.name) for thing in options]
    ranked = sorted(range(len(options)), key=lambda place: (-scores[place], place))
    if scores[ranked[0]] > _MARGIN * scores[ranked[1]]:
        return options[ranked[0]], "the one that the context supports"
    return max(options, key=lambda thing: len(thing.papers)), "the best known, for nothing tells them apart"


def _was_there(thing: Paper, user: Paper) -> bool:
    """Whether a thing was there when a paper used it, as far as their dates tell."""
    one, other = _month(thing), _month(user)
    if one is None or other is None:
        return (thing.year or 0) <= (user.year or thing.year or 0)
    return one <= other + _EARLY


def _month(paper: Paper) -> int | None:
    """Months since the year 0: of the first version on arXiv, else of the date."""
    if found := _ARXIV.match(paper.arxiv):
        return 12 * (2000 + int(found[1])) + int(found[2])
    found = _DATE.match(paper.date)
    return 12 * int(found[1]) + int(found[2]) if found else None


def _subtitle(item: Occurrence, paper: Paper) -> str:
    """What tells a thing from others of its name: the title without the name."""
    return " ".join((paper.title.partition(":")[2] if item.titled else paper.title).split())
