"""From what each paper says to the nodes of all: acronyms decided, hand-made rules applied, types told apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.data import AnnotatedPaper
from kg.normalize import initials
from kg.resolve.anchors import Anchors
from kg.resolve.forms import Reader
from kg.resolve.occurrences import Occurrence, occurrences
from kg.resolve.overrides import Override, Rules
from kg.resolve.senses import Senses

_SHORT_NAME = re.compile(r"[A-Z]{2,5}s?$")
_LEAST_INITIALS = 4


def find_nodes(
    papers: Sequence[AnnotatedPaper], reader: Reader, overrides: Sequence[Override]
) -> dict[str, list[Occurrence]]:
    """All occurrences by node, nodes in the order in which papers first name them."""
    senses = Senses(papers)
    found = list(occurrences(papers, reader, senses))
    found = [_with_meaning(item, senses, reader.anchors) for item in found]
    found = _by_initials(found)
    rules = Rules(overrides, reader)
    found = [_forced(item, rules) for item in found]
    nodes: dict[str, list[Occurrence]] = {}
    for item in _told_apart(found, reader.anchors):
        nodes.setdefault(item.key, []).append(item)
    return nodes


def _with_meaning(item: Occurrence, senses: Senses, anchors: Anchors) -> Occurrence:
    if not item.short:
        return item
    block = anchors.blocks.get(item.entity.type, item.entity.type)
    choice = senses.choose(item.short, block, item.key, item.paper)
    if choice is None or choice.key == item.key:
        return item
    if not choice.key:
        return replace(item, reason=choice.reason)
    return replace(item, key=choice.key, term=None, reason=choice.reason)


def _by_initials(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Join an acronym that no paper explains to the one long name of the corpus that it spells, if it is long enough.

    Only where the acronym has four letters or more and exactly one long name has these initials.
    """
    longs: defaultdict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for item in found:
        for form in (item.entity.name, *item.entity.aliases):
            if not item.short and (" " in form or "-" in form):
                for letters in set(initials(form)):
                    if len(letters) >= _LEAST_INITIALS:
                        longs[letters].add(item.key)
                        names.setdefault(item.key, form)
    joined = []
    for item in found:
        keys = longs.get(item.short, set()) if item.short == item.key and item.entity.name[:-1].isupper() else set()
        if len(keys) == 1:
            key = next(iter(keys))
            joined.append(replace(item, key=key, reason=f"initials of {names[key]!r}, the only name that has them"))
        else:
            joined.append(item)
    return joined


def _forced(item: Occurrence, rules: Rules) -> Occurrence:
    forced = rules.of(item.entity.name, item.entity.type)
    return replace(item, key=forced.key, reason=forced.reason) if forced else item


def _told_apart(found: Iterable[Occurrence], anchors: Anchors) -> list[Occurrence]:
    """Give a node of its own to what has the name but not the kind: data called as a method is.

    That is done for acronyms and other short names, which many things share, and where one paper lists both; else a
    name is one thing, and a paper that calls a dataset a method is taken to err. Hand-made rules stand.
    """
    items = list(found)
    blocks = [anchors.blocks.get(item.entity.type, item.entity.type) for item in items]
    first: dict[str, str] = {}
    both: set[str] = set()
    in_paper: dict[tuple[int, str], str] = {}
    for item, block in zip(items, blocks, strict=True):
        first.setdefault(item.key, anchors.block_of(item.key) or block)
        if in_paper.setdefault((item.paper, item.key), block) != block:
            both.add(item.key)
    return [
        replace(item, key=f"{item.key}|{block}")
        if block != first[item.key]
        and not item.reason.startswith("override")
        and (item.key in both or _is_shared(item))
        else item
        for item, block in zip(items, blocks, strict=True)
    ]


def _is_shared(item: Occurrence) -> bool:
    return bool(_SHORT_NAME.match(item.entity.name)) and not item.key.startswith("=")
