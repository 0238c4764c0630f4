"""Mentions of one paper that name one thing become one entity, under the name that the guideline asks for."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.data import Mention
from kg.extract.decide import Same
from kg.extract.lexicon import Lexicon
from kg.extract.shapes import UNTYPED, is_name
from kg.normalize import normalize
from kg.ontology import Ontology

_SIZE = re.compile(r"[- ](?:\d+(?:\.\d+)?[BbMK]|[SMLBH]|XL|XXL|Base|Large|Small|Tiny|Mini|Pro|Lite)$")
_USUAL = "Method"
_GENERIC_BEFORE = ("the ", "a ", "an ", "our ")


@dataclass(frozen=True, slots=True)
class Group:
    """Indices of the mentions of one thing, in reading order, with its type and the forms it takes."""

    type: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[int, ...]


class Grouper:
    """Joins mentions by normal form, acronym pair and generic head noun."""

    def __init__(self, ontology: Ontology) -> None:
        self._lexicon = Lexicon(ontology.terms)
        self._heads = frozenset(head for type_ in ontology.types for head in type_.heads)
        self._order = {type_.name: place for place, type_ in enumerate(ontology.types)}

    def group(self, mentions: Sequence[Mention], same: Iterable[Same]) -> list[Group]:
        """Groups in the order of their first mention; a thing whose type nobody knows is a Method, as most are."""
        leaders: dict[str, str] = {}
        for pair in same:
            self._join(leaders, self._key(pair.one), self._key(pair.other))
        for mention in mentions:
            if "lexicon" in mention.extractors and (term := self._lexicon.get(mention.text)):
                self._join(leaders, self._key(term.name), self._key(mention.text))
        self._join_sizes(leaders, mentions)
        members: dict[str, list[int]] = defaultdict(list)
        for index, mention in enumerate(mentions):
            members[_leader(leaders, self._key(mention.text))].append(index)
        further = _further_forms(leaders, members, same, self._key)
        groups = []
        for leader, indices in members.items():
            kind = self._type([mentions[index] for index in indices])
            name, *aliases = _forms([*(mentions[index].text for index in indices), *further.get(leader, ())])
            groups.append(Group(kind, name, tuple(aliases), tuple(indices)))
        return groups

    def _join_sizes(self, leaders: dict[str, str], mentions: Sequence[Mention]) -> None:
        """A size variant of the paper's own model is that model: InnerZoom-4B is InnerZoom."""
        own = {mention.text for mention in mentions if mention.role == "introduces" and is_name(mention.text)}
        for text in sorted({mention.text for mention in mentions}):
            size = _SIZE.search(text)
            if size and text[: size.start()] in own:
                self._join(leaders, self._key(text[: size.start()]), self._key(text))

    def _key(self, form: str) -> str:
        """Normal form without a generic head after a proper name: "PS-KD framework" is PS-KD."""
        lowered = form.lower()
        for lead in _GENERIC_BEFORE:
            if lowered.startswith(lead):
                form = form[len(lead) :]
                break
        words = form.split()
        if len(words) == 2 and words[-1].lower() in self._heads and is_name(words[0]):
            form = words[0]
        return normalize(form)

    @staticmethod
    def _join(leaders: dict[str, str], one: str, other: str) -> None:
        first, second = _leader(leaders, one), _leader(leaders, other)
        if first != second:
            leaders[second] = first

    def _type(self, mentions: list[Mention]) -> str:
        votes: dict[str, float] = defaultdict(float)
        for mention in mentions:
            if mention.type != UNTYPED:
                votes[mention.type] += mention.score
        return min(votes, key=lambda name: (-round(votes[name], 6), self._order[name])) if votes else _USUAL


def _leader(leaders: dict[str, str], key: str) -> str:
    while (parent := leaders.get(key, key)) != key:
        key = parent
    return key


def _further_forms(
    leaders: dict[str, str], members: Mapping[str, list[int]], same: Iterable[Same], key: Callable[[str], str]
) -> dict[str, list[str]]:
    """Forms said to name the same thing as a mention without being one, because another mention covers them."""
    further: dict[str, list[str]] = defaultdict(list)
    for pair in same:
        leader = _leader(leaders, key(pair.one))
        if leader in members:
            further[leader] += [pair.one, pair.other]
    return further


def _forms(texts: list[str]) -> list[str]:
    """Distinct forms but for case, the name first: the shortest that is a proper name, else the shortest."""
    distinct: dict[str, str] = {}
    for text in texts:
        distinct.setdefault(text.casefold(), text)
    forms = list(distinct.values())
    name = min(forms, key=lambda form: (not is_name(form.split()[0]), len(form)))
    return [name, *(form for form in forms if form != name)]
