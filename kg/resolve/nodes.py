"""From what each paper says to the nodes of all: acronyms decided, hand-made rules applied, types told apart."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from kg.data import AnnotatedPaper
from kg.normalize import clean_markup
from kg.resolve.anchors import SHORT, Anchors
from kg.resolve.forms import Reader
from kg.resolve.homonyms import divided
from kg.resolve.literature import usual_meaning
from kg.resolve.occurrences import Occurrence, occurrences
from kg.resolve.overrides import Override, Rules
from kg.resolve.senses import Question, Senses

_LEAST_INITIALS = 4


def find_nodes(
    papers: Sequence[AnnotatedPaper], reader: Reader, overrides: Sequence[Override]
) -> dict[str, list[Occurrence]]:
    """All occurrences by node, nodes in the order in which papers first name them."""
    senses = Senses(papers)
    found = list(occurrences(papers, reader, senses))
    _explain(found, senses, reader)
    found = divided(with_rules(found, reader, overrides), papers, reader)
    nodes: dict[str, list[Occurrence]] = {}
    for item in told_apart(found, named_as_two(found, reader.anchors), reader.anchors):
        nodes.setdefault(item.key, []).append(item)
    return nodes


def _explain(found: list[Occurrence], senses: Senses, reader: Reader) -> None:
    """Put what an acronym means in its place: all of one acronym in a row, since `senses` remembers but a few."""
    short = [place for place, item in enumerate(found) if item.short]
    for place in sorted(short, key=lambda place: found[place].short):
        found[place] = with_meaning(found[place], senses, reader)


def with_rules(found: Sequence[Occurrence], reader: Reader, overrides: Sequence[Override]) -> list[Occurrence]:
    """What initials, hand-made rules and the case of coined names decide; occurrences in the order of the papers."""
    rules = Rules(overrides, reader)
    return _coined([_forced(item, rules) for item in _by_initials(found, reader)])


def with_meaning(item: Occurrence, senses: Senses, reader: Reader) -> Occurrence:
    """What an acronym means where its paper does not say: what other papers of the corpus say, else the literature."""
    if not item.short:
        return item
    block = reader.anchors.block(item.entity.type)
    usual = None if item.term else usual_meaning(item.entity.name)
    elsewhere = reader.read(usual.long, item.entity.type) if usual else None
    introduced = item.entity.role == "introduces"
    there = elsewhere.key if elsewhere else ""
    question = Question(item.short, block, item.key, item.paper, item.coined, there, introduced)
    choice = senses.choose(question)
    if choice is None and usual and elsewhere and not item.coined and senses.is_unknown(question):
        reason = f"acronym of {usual.long!r}, as {usual.papers} papers of the literature state"
        return replace(item, key=elsewhere.key, term=elsewhere.term, reason=reason)
    if choice is None or choice.key == item.key:
        return item
    if not choice.key:
        return replace(item, reason=choice.reason)
    if not choice.key.startswith("=") and senses.is_another(question, choice.key):
        return replace(item, reason=f"introduced by a paper unlike those that mean this: {choice.reason}")
    return replace(item, key=choice.key, term=None, reason=choice.reason)


def _by_initials(found: Sequence[Occurrence], reader: Reader) -> list[Occurrence]:
    """Join an acronym that no paper explains to the one lexicon name that it spells, if four letters or more say so."""
    return [_spelled(item, reader) if item.short == item.key else item for item in found]


def _spelled(item: Occurrence, reader: Reader) -> Occurrence:
    keys = reader.by_initials.get(item.short, ())
    if item.coined or len(item.short) < _LEAST_INITIALS or len(keys) != 1:
        return item
    term = reader.terms[keys[0]]
    if not reader.anchors.same_block(term.type, item.entity.type):
        return item
    return replace(item, key=keys[0], term=term, reason=f"initials of {term.name!r}, the only known name that has them")


def _forced(item: Occurrence, rules: Rules) -> Occurrence:
    forced = rules.of(item.entity.name, item.entity.type)
    if not forced and item.long:
        forced = rules.of(item.long, item.entity.type)
    return replace(item, key=forced.key, reason=forced.reason) if forced else item


def _coined(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Names that differ in case only are two if two papers coin them: DuPO is not DUPO, but LLAVA is LLaVA."""
    spellings: dict[tuple[str, str], dict[str, int]] = {}
    for item in found:
        if item.coined and _is_name(item):
            name = clean_markup(item.entity.name)
            spellings.setdefault((item.key, name.casefold()), {}).setdefault(name, item.paper)
    split = {key: names for key, names in spellings.items() if len(set(names.values())) > 1}
    return [replace(item, key=_own_key(item, split)) if split and _is_name(item) else item for item in found]


def _own_key(item: Occurrence, split: Mapping[tuple[str, str], Mapping[str, int]]) -> str:
    name = clean_markup(item.entity.name)
    names = split.get((item.key, name.casefold()), {})
    return item.key if name not in names or name == next(iter(names)) else f"{item.key}:{name}"


def _is_name(item: Occurrence) -> bool:
    """Whether the node is known by this very name, which is no common word."""
    return item.key == item.short and any(map(str.isupper, item.entity.name[1:]))


def named_as_two(found: Iterable[Occurrence], anchors: Anchors) -> set[str]:
    """Nodes that one paper names as two kinds of thing; occurrences come paper by paper."""
    both: set[str] = set()
    for _, items in groupby(found, attrgetter("paper")):
        blocks: dict[str, str] = {}
        for item in items:
            block = anchors.block(item.entity.type)
            if blocks.setdefault(item.key, block) != block:
                both.add(item.key)
    return both


def told_apart(found: Iterable[Occurrence], both: Container[str], anchors: Anchors) -> Iterator[Occurrence]:
    """Give a node of its own to what has the name but not the kind: data called as a method is.

    That is done for acronyms and other short names, which many things share, and for the nodes in `both`, of which one
    paper lists two kinds; else a name is one thing, and a paper that calls a dataset a method is taken to err.
    Hand-made rules stand.
    """
    first: dict[str, str] = {}
    for item in found:
        block = anchors.block(item.entity.type)
        apart = block != first.setdefault(item.key, anchors.block_of(item.key) or block)
        if apart and (item.key in both or _is_shared(item)) and not item.reason.startswith("override"):
            yield replace(item, key=f"{item.key}|{block}", named=None)
        else:
            yield item


def _is_shared(item: Occurrence) -> bool:
    return item.key == item.short and bool(SHORT.match(item.entity.name))
