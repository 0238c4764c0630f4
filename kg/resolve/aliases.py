"""Which of the forms that papers use beside a name are names of the thing, and not of what lies near it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.normalize import clean_markup, compact, is_short_for, normalize
from kg.resolve.forms import Reader
from kg.resolve.occurrences import Occurrence, may_be_short

_TWO = re.compile(r" (?:and|&|or) |[,;] | / ")
_SAME_FAMILY = {"Benchmark": "Dataset"}


@dataclass(frozen=True, slots=True)
class Called:
    """A node by its key, with the name and the type that it has."""

    key: str
    name: str
    type: str


@dataclass(frozen=True)
class Speech:
    """How the papers speak: `holders` has, by compact form, the node that most papers name so, and how many do."""

    reader: Reader
    holders: Mapping[str, tuple[str, int]]

    def refused(self, form: str, node: Called, items: Sequence[Occurrence]) -> str:
        """Why `form`, which the papers in `items` use beside their name, is no name of `node`; empty if it is one.

        Another spelling of its name is one, and so are an acronym that any of them explains and what it stands for.
        """
        name, short = node.name, may_be_short(form)
        if f"({name})" in form or compact(form) in {compact(name), *(compact(item.long) for item in items)}:
            return ""
        if short and any(is_short_for(form, long) for item in items for long in (name, item.entity.name, item.long)):
            return ""
        if any(self._is_other_term(form, node.key, item) for item in items):
            return "elsewhere a thing of its own"
        if not (short and any(item.long for item in items)) and self._is_held(form, node.key, len(items)):
            return "elsewhere a thing of its own"
        if _TWO.search(form) and not _TWO.search(name) and not is_short_for(name, form):
            return "which names more than it"
        return "which is of another type" if self._is_of_another_type(form, node) else ""

    def _is_other_term(self, form: str, node: str, item: Occurrence) -> bool:
        key = self.reader.read(form, item.entity.type).key
        return key.startswith("=") and key != node

    def _is_held(self, form: str, node: str, papers: int) -> bool:
        holder, most = self.holders.get(compact(form), (node, 0))
        return holder != node and most >= papers

    def _is_of_another_type(self, form: str, node: Called) -> bool:
        head = _head(form)
        families = self._heads.get(head, set())
        return bool(families) and self._family(node.type) not in families and head != _head(node.name)

    @cached_property
    def _heads(self) -> dict[str, set[str]]:
        """Families of types by the nouns that say them, as "corpus" says Dataset."""
        found: dict[str, set[str]] = {}
        for type_ in self.reader.ontology.types:
            for head in type_.heads:
                found.setdefault(normalize(head), set()).add(self._family(type_.name))
        return found

    def _family(self, type_name: str) -> str:
        top = self.reader.ontology.top(type_name)
        return _SAME_FAMILY.get(top, top)


def speech_of(nodes: Iterable[tuple[str, Sequence[Occurrence]]], reader: Reader) -> Speech:
    """What all nodes are called."""
    holders: dict[str, tuple[str, int]] = {}
    for key, items in nodes:
        for form, papers in Counter(compact(item.entity.name) for item in items).items():
            if papers > holders.get(form, ("", 0))[1]:
                holders[form] = (key, papers)
    return Speech(reader, holders)


def asides(items: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
    """The forms that papers use beside the names of a node, and their users; one that is a name to any is left out."""
    names = {item.entity.name for item in items}
    found: dict[str, list[Occurrence]] = {}
    for item, form in _forms(items):
        if form not in names:
            found.setdefault(form, []).append(item)
    return found


def _forms(items: Iterable[Occurrence]) -> Iterator[tuple[Occurrence, str]]:
    for item in items:
        for form in item.entity.aliases:
            yield item, form


def _head(form: str) -> str:
    return normalize(clean_markup(form).rpartition(" ")[2]) if " " in form else ""
