"""Mentions of one paper that name one thing become one entity, under the name that the guideline asks for."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.data import Mention
from kg.extract.decide import Same
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading
from kg.extract.shapes import UNTYPED, is_name
from kg.normalize import normalize, same_wording
from kg.ontology import Ontology

_SIZE = re.compile(r"[- ](?:\d+(?:\.\d+)?[BbMK]|[SMLBH]|XL|XXL|Base|Large|Small|Tiny|Mini|Pro|Lite)$")
_USUAL = "Method"
_MOST_COMPARED = 80
"""Things of a paper up to which their wording is compared in pairs: an abstract has some ten, a list of names more."""
_GENERIC_BEFORE = ("the ", "a ", "an ", "our ")


@dataclass(frozen=True, slots=True)
class Group:
    """Indices of the mentions of one thing, in reading order, with its type and the forms it takes."""

    type: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[int, ...]


class Grouper:
    """Joins mentions by normal form, acronym pair, generic head noun and, within a type, by wording."""

    def __init__(self, ontology: Ontology) -> None:
        self._lexicon = Lexicon(ontology.terms)
        self._heads = frozenset(head for type_ in ontology.types for head in type_.heads)
        self._normal_heads = frozenset(map(normalize, self._heads))
        self._order = {type_.name: place for place, type_ in enumerate(ontology.types)}

    def group(self, reading: Reading, mentions: Sequence[Mention], same: Iterable[Same]) -> list[Group]:
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
            forms = (*(mentions[index].text for index in indices), *further.get(leader, ()))
            groups.append(Group(kind, *_named(forms), tuple(indices)))
        return self._with_heads(reading, mentions, self._same_worded(mentions, groups))

    def _same_worded(self, mentions: Sequence[Mention], groups: list[Group]) -> list[Group]:
        """Groups of one type that say the same in other words are one: "pose tracking" and "tracking of poses"."""
        if not 1 < len(groups) <= _MOST_COMPARED:
            return groups
        owner = list(range(len(groups)))
        for i, group in enumerate(groups):
            for j, other in enumerate(groups[:i]):
                if group.type == other.type and owner[i] != owner[j] and self._alike(group, other):
                    first, second = sorted((owner[i], owner[j]))
                    owner = [first if root == second else root for root in owner]
        parts: dict[int, list[Group]] = defaultdict(list)
        for group, root in zip(groups, owner, strict=True):
            parts[root].append(group)
        return [self._joined(mentions, part) if len(part) > 1 else part[0] for part in parts.values()]

    def _alike(self, group: Group, other: Group) -> bool:
        return any(
            _marks(one) == _marks(two) and same_wording(one, two, self._normal_heads)
            for one in (group.name, *group.aliases)
            for two in (other.name, *other.aliases)
        )

    def _joined(self, mentions: Sequence[Mention], parts: list[Group]) -> Group:
        indices = sorted(index for part in parts for index in part.mentions)
        forms = [form for part in parts for form in (part.name, *part.aliases)]
        return Group(self._type([mentions[index] for index in indices]), *_named(forms), tuple(indices))

    def _with_heads(self, reading: Reading, mentions: Sequence[Mention], groups: list[Group]) -> list[Group]:
        """The groups, "X framework" an alias of X where the text goes on so and nothing else has that name."""
        known = {form.casefold() for group in groups for form in (group.name, *group.aliases)}
        headed = []
        for group in groups:
            forms: dict[str, str] = {}
            for mention in (mentions[index] for index in group.mentions):
                word = reading.word_at(mention.end - 1) + 1
                if word >= len(reading.lower) or reading.lower[word] not in self._heads:
                    continue
                form = reading.text[mention.start : reading.ends[word]]
                if reading.starts[word] == mention.end + 1 and form.casefold() not in known:
                    forms.setdefault(form.casefold(), form)
            headed.append(replace(group, aliases=(*group.aliases, *forms.values())) if forms else group)
        return headed

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


def _marks(form: str) -> list[str]:
    """Digits and signs that part names which else read the same: "VBench++", "V*Bench" and "VBench" are three."""
    return sorted(char for char in form if char.isdigit() or char in "+*#")


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


def _named(texts: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Name and aliases, distinct but for case: the name is the shortest that is a proper name, else the shortest."""
    distinct: dict[str, str] = {}
    for text in texts:
        distinct.setdefault(text.casefold(), text)
    forms = list(distinct.values())
    name = min(forms, key=lambda form: (not is_name(form.split()[0]), len(form)))
    return name, tuple(form for form in forms if form != name)
