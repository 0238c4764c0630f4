"""Several things of one name: a paper that gives its own thing a name which another paper gave to another.

What has the title "SAGE: …" and resembles no other paper that introduces a SAGE is a SAGE of its own. The one that the
listings name first keeps the node; each other one gets a node whose key depends on its own title alone, so that papers
added later rename none. Those who only use the name are asked which one they mean.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from kg.data import AnnotatedPaper, Paper
from kg.normalize import clean_markup, compact
from kg.ontology import Term
from kg.resolve.anchors import Anchors
from kg.resolve.forms import Reader
from kg.resolve.likeness import likeness, shared
from kg.resolve.occurrences import MARK, Occurrence, arxiv_month
from kg.resolve.senses import loose

# How alike the words of papers on one thing are: its name in both titles, in one, in one and plainly made up.
_ALIKE_TITLED, _ALIKE, _ALIKE_MADE_UP = 0.3, 0.13, 0.08
_BARELY = 1e-9
_MARGIN = 1.25
_COMPARED = 20  # papers that used a name first
_EARLY = 2  # months that a paper may use a thing before the paper which introduces it
_MADE_UP = re.compile(r"(?=.{6}).*(?:[a-z][A-Z]|[\d-])")
_DATE = re.compile(r"(\d{4})-(\d\d)")


@dataclass(slots=True)
class _Thing:
    """One of the things of a name: its node, the occurrence that introduces it, the papers that speak of it.

    As long as none introduces it, ``item`` is of one who uses it, and ``users`` are the papers of all.
    """

    key: str
    item: Occurrence
    paper: Paper
    papers: set[int] = field(default_factory=set)
    users: list[tuple[Occurrence, Paper]] = field(default_factory=list)

    @property
    def is_introduced(self) -> bool:
        """Whether a paper introduces it."""
        return not self.users


def divided(found: Sequence[Occurrence], papers: Sequence[AnnotatedPaper], reader: Reader) -> list[Occurrence]:
    """All occurrences, those of a shared name with the node of the thing that they mean."""
    names = shared_names(found, reader)
    if not names:
        return list(found)
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


def shared_names(found: Sequence[Occurrence], reader: Reader, *, undated: bool = False) -> AbstractSet[str]:
    """Nodes that a title names, and that other papers introduce as well, or used before; known ones by two titles.

    Where the months of occurrences are not at hand (`undated`), every other paper may have used it before.
    """
    titled: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for item in found:
        if item.titled and _may_differ(item):
            titled[item.key][item.paper] = item.month
    shared = {key for key, own in titled.items() if len(own) > 1 and not _is_short_for_known(key, reader)}
    for item in found:
        own = titled.get(item.key, {})
        if not own or item.paper in own or item.key in reader.terms or not _may_differ(item):
            continue
        if undated or _introduces(item) or any(_is_before(item.month, month) for month in own.values()):
            shared.add(item.key)
    return shared


def concerns(item: Occurrence, names: AbstractSet[str]) -> bool:
    """Whether an occurrence may go to another thing of its name. Who only uses a known name means what is known."""
    return item.key in names and _may_differ(item) and (item.titled or not item.key.startswith("="))


def divide(items: Sequence[Occurrence], paper_of: Callable[[int], Paper], reader: Reader) -> list[Occurrence]:
    """The occurrences of one node, in the order of the papers, with the nodes of the things that they mean."""
    papers = {item.paper: paper_of(item.paper) for item in items}
    things = _things(_ordered(items, papers, reader.terms.get(items[0].key)), papers)
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
    subtitle = _subtitle(item, thing.paper) if thing.is_introduced else ""
    return replace(item, key=thing.key, named=named, reason=item.reason + why, subtitle=subtitle)


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
    term = reader.terms.get(key)
    return term is not None and any(" " in form for form in (term.name, *term.aliases))


def _ordered(items: Sequence[Occurrence], papers: Mapping[int, Paper], term: Term | None) -> list[Occurrence]:
    """In the order of the papers; what has the best claim to a known name goes first."""
    if term is None:
        return list(items)
    forms, links = {clean_markup(form) for form in (term.name, *term.aliases)}, set(term.identifiers)
    return sorted(
        items,
        key=lambda item: (
            f"arxiv:{papers[item.paper].arxiv}" not in links,
            clean_markup(item.entity.name) not in forms,
            item.entity.type != term.type,
            _month(papers[item.paper]) or 0,
        ),
    )


def _things(items: Sequence[Occurrence], papers: Mapping[int, Paper]) -> list[_Thing]:
    """The things of a name: what introduces one joins that which it is most alike, or stands for a new one.

    So does who used the name before all that introduce it, and is like none of them.
    """
    things: list[_Thing] = []
    for item in items:
        paper = papers[item.paper]
        unclaimed = next((thing for thing in things if not thing.is_introduced), None)
        if not _introduces(item) and unclaimed:
            unclaimed.users.append((item, paper))
        elif not _introduces(item) and not all(_is_older(item, paper, thing) for thing in things):
            continue
        elif same := _same(item, paper, things):
            same.papers.add(item.paper)
            if same.users:
                same.item, same.paper, same.users = item, paper, []
        else:
            things.append(_new(item, paper, things))
    return things


def _new(item: Occurrence, paper: Paper, things: Sequence[_Thing]) -> _Thing:
    key = f"{item.key}{MARK}{compact(paper.title)}" if things else item.key
    share = max((likeness(thing.paper, paper, item.entity.name) for thing in things), default=0.0)
    reason = f"another thing of this name: no author and link in common, words {share:.2f} alike"
    users = [] if _introduces(item) else [(item, paper)]
    return _Thing(key, replace(item, reason=reason), paper, {item.paper}, users)


def _is_older(item: Occurrence, paper: Paper, thing: _Thing) -> bool:
    """Whether who uses a name did so before a thing was introduced, and is not like its paper."""
    is_before = _is_before(arxiv_month(paper.arxiv), arxiv_month(thing.paper.arxiv))
    return is_before and likeness(thing.paper, paper, item.entity.name) < _least(item.entity.name)


def _same(item: Occurrence, paper: Paper, things: Sequence[_Thing]) -> _Thing | None:
    """The thing that a paper introduces which another one introduced before: the one that it is most alike."""
    if not _introduces(item):
        return None
    scores = [_sameness(thing, item, paper) for thing in things]
    best = max(range(len(things)), key=lambda place: (scores[place], -place), default=-1)
    return things[best] if best >= 0 and scores[best] > 0 else None


def _sameness(thing: _Thing, item: Occurrence, paper: Paper) -> float:
    """Above zero if a paper introduces a thing which another one introduced before, the more the surer."""
    one, name = thing.item, item.entity.name
    spelled = bool(one.long) and loose(one.long) == loose(item.long)
    if item.paper in thing.papers or spelled or shared(thing.paper, paper, name):
        return 2.0
    if not thing.is_introduced:
        return _claim(thing, item, paper)
    if not one.titled and not item.titled:
        return _BARELY  # neither has it in the title: too little to part them
    least = _ALIKE_TITLED if one.titled and item.titled else _least(name)
    return max(0.0, likeness(thing.paper, paper, name) - least)


def _claim(thing: _Thing, item: Occurrence, paper: Paper) -> float:
    """Above zero unless papers that used a thing before one introduced it are all unlike that one.

    In that case the first of them stands for the thing.
    """
    month, name = arxiv_month(paper.arxiv), item.entity.name
    before = [user for user in thing.users if _is_before(arxiv_month(user[1].arxiv), month)]
    if not item.titled or not before:
        return _BARELY
    share = max(likeness(user, paper, name) for _, user in before[:_COMPARED])
    if share >= _least(name):
        return share
    thing.item, thing.paper = before[0]
    thing.papers = {thing.item.paper}
    return 0.0


def _least(name: str) -> float:
    return _ALIKE_MADE_UP if _MADE_UP.match(clean_markup(name)) else _ALIKE


def _is_before(one: int, other: int) -> bool:
    """Whether a month lies well before another, if both are known."""
    return 0 < one < other - _EARLY


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
    if month := arxiv_month(paper.arxiv):
        return month
    found = _DATE.match(paper.date)
    return 12 * int(found[1]) + int(found[2]) if found else None


def _subtitle(item: Occurrence, paper: Paper) -> str:
    """What tells a thing from others of its name: the title without the name."""
    return " ".join((paper.title.partition(":")[2] if item.titled else paper.title).split())
