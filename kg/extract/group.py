"""Mentions of one paper that name one thing become one entity, under the name that the guideline asks for."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.data import Mention
from kg.extract.acronyms import explained
from kg.extract.alike import Phrase, Speller, likeness, numbers
from kg.extract.decide import Same
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading
from kg.extract.shapes import UNTYPED, is_name
from kg.extract.wordplay import plays_on
from kg.normalize import normalize, same_wording
from kg.ontology import Ontology

_SIZE = re.compile(r"[- ](?:\d+(?:\.\d+)?[BbM]|[SMLBH]|XL|XXL|Base|Large|Small|Tiny|Mini|Pro|Lite)$")
_SIGNS = frozenset("+*#")
_NUMBER = re.compile(r"\d+(?:[a-rt-z](?![a-z]))?")
_TAIL = re.compile(r"(?<=\w)-([A-Z]{1,3})$")
_USUAL = "Method"
_MOST_COMPARED = 80
"""Things of a paper up to which their wording is compared in pairs: an abstract has some ten, a list of names more."""
_GENERIC_BEFORE = ("the ", "a ", "an ", "our ")
_ALIKE = 0.6
"""Likeness from which two things of a type are one; it keeps the joins as precise as they were without it."""
_MEAN = 0.45
"""Mean likeness that all pairs of two sets of things must have for one join to draw them together."""
_UNLIKE = 0.5
"""Likeness below which forms that an extractor said to be one thing stay two, where one only adds words."""


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
        self._order = {type_.name: place for place, type_ in enumerate(ontology.types)}
        self._record_type = {type_.name: ontology.record_type(type_.name) for type_ in ontology.types}

    def group(self, reading: Reading, mentions: Sequence[Mention], same: Iterable[Same]) -> list[Group]:
        """Groups in the order of their first mention; a thing whose type nobody knows is a Method, as most are."""
        speller = Speller(self._lexicon, explained(reading.text))
        said = [pair for pair in same if _may_be_one(speller, pair)]
        leaders: dict[str, str] = {}
        for pair in said:
            self._join(leaders, self._key(pair.one), self._key(pair.other))
        for mention in mentions:
            if "lexicon" in mention.extractors and (term := self._lexicon.get(mention.text)):
                self._join(leaders, self._key(term.name), self._key(mention.text))
        self._join_sizes(leaders, mentions)
        members: dict[str, list[int]] = defaultdict(list)
        for index, mention in enumerate(mentions):
            members[_leader(leaders, self._key(mention.text))].append(index)
        further = _further_forms(leaders, members, said, self._key)
        groups = []
        for leader, indices in members.items():
            kind = self._type([mentions[index] for index in indices])
            forms = (*(mentions[index].text for index in indices), *further.get(leader, ()))
            groups.append(Group(kind, *_named(forms), tuple(indices)))
        return self._with_heads(reading, mentions, self._same_worded(reading, speller, mentions, groups))

    def _same_worded(
        self, reading: Reading, speller: Speller, mentions: Sequence[Mention], groups: list[Group]
    ) -> list[Group]:
        """Groups of one type that say the same in other words are one: "pose tracking" and "tracking of poses".

        Likeliest pairs first; two sets of groups are joined if the mean likeness of their members says so.
        """
        if not 1 < len(groups) <= _MOST_COMPARED:
            return groups
        phrases = [_phrases(speller, mentions, group) for group in groups]
        like: dict[tuple[int, int], float] = {}
        for i, group in enumerate(groups):
            for j, other in enumerate(groups[:i]):
                if group.type == other.type and not _other_version(group.name, other.name):
                    kind = self._record_type.get(group.type, group.type)
                    sure = _alike(speller, group, other) or _played(reading, mentions, group, other)
                    like[j, i] = 1.0 if sure else _likeness(phrases[i], phrases[j], kind)
        parts = _linked(len(groups), like)
        joined = ([groups[index] for index in part] for part in parts)
        return [self._joined(mentions, part) if len(part) > 1 else part[0] for part in joined]

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


def _may_be_one(speller: Speller, pair: Same) -> bool:
    """Whether nothing speaks against what an extractor says: no other number, no words that usually part."""
    if _other_version(pair.one, pair.other):
        return False
    one, other = speller.phrase(pair.one), speller.phrase(pair.other)
    short, long = sorted((one.words, other.words), key=len)
    if not short or short == long or len(short) == len(long) or long[-len(short) :] != short:
        return True
    return numbers(short) == numbers(long) and likeness(one, other, _USUAL) >= _UNLIKE


def _phrases(speller: Speller, mentions: Sequence[Mention], group: Group) -> list[Phrase]:
    starts: dict[str, int] = {}
    for index in group.mentions:
        starts.setdefault(mentions[index].text.casefold(), mentions[index].start)
    first = mentions[group.mentions[0]].start
    found = [speller.phrase(form, starts.get(form.casefold(), first)) for form in (group.name, *group.aliases)]
    return list({phrase.words: phrase for phrase in reversed(found)}.values())


def _linked(count: int, like: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Parts of the first ``count`` numbers, in order: joined likeliest first while the mean over their pairs holds."""
    parts = {number: [number] for number in range(count)}
    owner = list(range(count))
    for i, j in sorted((pair for pair in like if like[pair] >= _ALIKE), key=lambda pair: (-round(like[pair], 6), pair)):
        one, other = sorted((owner[i], owner[j]))
        if one == other:
            continue
        between = [like.get((min(a, b), max(a, b)), 0.0) for a in parts[one] for b in parts[other]]
        if sum(between) / len(between) >= _MEAN:
            for number in parts[other]:
                owner[number] = one
            parts[one] = sorted(parts[one] + parts.pop(other))
    return [parts[number] for number in sorted(parts)]


def _alike(speller: Speller, group: Group, other: Group) -> bool:
    return any(
        _marks(one) == _marks(two) and not speller.explains(one, two) and same_wording(one, two, ())
        for one in (group.name, *group.aliases)
        for two in (other.name, *other.aliases)
    )


def _likeness(ones: Sequence[Phrase], others: Sequence[Phrase], kind: str) -> float:
    return max(likeness(one, other, kind) for one in ones for other in others)


def _played(reading: Reading, mentions: Sequence[Mention], group: Group, other: Group) -> bool:
    """Whether a name of one is made of letters of the other, which stands beside it: "NEST, nearest … decoding"."""
    return any(
        plays_on(reading.text, mentions[i], mentions[j]) or plays_on(reading.text, mentions[j], mentions[i])
        for i in group.mentions
        for j in other.mentions
    )


def _other_version(one: str, other: str) -> bool:
    """Whether two names of one word differ in signs or in short tails, or names in a number: "VBench++", "Pass@10".

    "OSWorld-G" is not "OSWorld-GR". A year in two digits is no other number, and a size ("-7B") is one more.
    """
    if " " not in one and " " not in other and (_signs(one) != _signs(other) or _other_tail(one, other)):
        return True
    ones, others = set(_NUMBER.findall(one.lower())), set(_NUMBER.findall(other.lower()))
    left, right = ones - others, others - ones
    return any(not _same_year(a, b) and not _same_year(b, a) for a in left for b in right)


def _other_tail(one: str, other: str) -> bool:
    left, right = _TAIL.search(one), _TAIL.search(other)
    if not left or not right:
        return False
    return left[1] != right[1] and one[: left.start()].casefold() == other[: right.start()].casefold()


def _same_year(short: str, long: str) -> bool:
    return len(short) == 2 and len(long) == 4 and long.endswith(short)


def _signs(form: str) -> list[str]:
    return sorted(char for char in form if char in _SIGNS)


def _marks(form: str) -> list[str]:
    """Digits and signs that part names which else read the same: "VBench++", "V*Bench" and "VBench" are three."""
    return sorted(char for char in form if char.isdigit() or char in _SIGNS)


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
