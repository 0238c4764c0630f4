"""How each thing found in a paper stands to the others: lists that it shares, who acts, what links are named after it.

The network judges every phrase by itself. Here the things of one paper are compared: neighbours in "on A, B and C" are
mostly of one type, and mostly one name is new.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from kg.data import Mention
from kg.extract.decide import Opinion
from kg.extract.group import Group
from kg.extract.links import find_links
from kg.extract.reading import Reading

_KINDS = 6
_AND = re.compile(r"(?:[\s,;/&()]|\band\b|\bor\b|\bas well as\b|\bthe\b)++")
_LONGEST_AND = 20
_SEGMENT = re.compile(r"[^/?#:]++")
_PLAIN = re.compile(r"[^a-z0-9]++")

COMPANY = (
    "list-size", *(f"list-{number}" for number in range(_KINDS)), "list-best",
    "new", "new-rank", "new-others", "mentions-rank", "linked", "acts", "acts-share", "opens",
)  # fmt: skip


def company(
    reading: Reading,
    mentions: Sequence[Mention],
    groups: Sequence[Group],
    opinion_at: dict[tuple[int, int], Opinion],
) -> list[list[float]]:
    """One row of `COMPANY` for each group; shares of the network are -1 where it says nothing."""
    opinions = [opinion_at.get((mention.start, mention.end)) for mention in mentions]
    chain_of = _chains(reading.text, mentions)
    owner = {index: place for place, group in enumerate(groups) for index in group.mentions}
    members = defaultdict[int, list[int]](list)
    for index in owner:
        members[chain_of[index]].append(index)
    new = [_newness([opinions[index] for index in group.mentions]) for group in groups]
    counts = [len(group.mentions) for group in groups]
    named = _link_words(reading)
    rows = []
    for place, group in enumerate(groups):
        beside = [other for index in group.mentions for other in members[chain_of[index]] if owner[other] != place]
        acts = [_acts(reading, mentions[index]) for index in group.mentions]
        rows.append(
            [
                *_beside(beside, opinions, mentions),
                new[place],
                float(sum(other > new[place] for other in new)),
                max((value for other, value in enumerate(new) if other != place), default=-1.0),
                float(sum(other > counts[place] for other in counts)),
                _linked(group, named),
                float(any(acts)),
                sum(acts) / len(acts),
                float(any(_opens(reading, mentions[index]) for index in group.mentions)),
            ]
        )
    return rows


def _chains(text: str, mentions: Sequence[Mention]) -> list[int]:
    """The number of the list that each mention stands in: neighbours joined by commas and "and" share it."""
    order = sorted(range(len(mentions)), key=lambda index: (mentions[index].start, mentions[index].end))
    chain_of = list(range(len(mentions)))
    for left, right in pairwise(order):
        end, start = mentions[left].end, mentions[right].start
        if end < start <= end + _LONGEST_AND and _AND.fullmatch(text, end, start) and text[end:start].strip():
            chain_of[right] = chain_of[left]
    return chain_of


def _newness(opinions: Sequence[Opinion | None]) -> float:
    """The network's probability that the thing belongs in the graph and is introduced, by its likeliest mention."""
    return max(((1 - one.types[0]) * one.roles[0] for one in opinions if one is not None), default=-1.0)


def _beside(
    beside: Sequence[int], opinions: Sequence[Opinion | None], mentions: Sequence[Mention]
) -> tuple[float, ...]:
    """How many neighbours there are, what the network takes them for on the average, and their best score."""
    known = [one.types for index in beside if (one := opinions[index]) is not None]
    shares = [sum(column) / len(known) for column in zip(*known, strict=True)] if known else [-1.0] * _KINDS
    return (float(len(beside)), *shares, max((mentions[index].score for index in beside), default=-1.0))


def _link_words(reading: Reading) -> frozenset[str]:
    """Parts of the paths and hosts that the text links to, letters and digits only."""
    links = (link.url.partition("://")[2].lower() for link in find_links(reading.text))
    words = (_PLAIN.sub("", part.removesuffix(".git")) for link in links for part in _parts(link))
    return frozenset(filter(None, words))


def _parts(link: str) -> list[str]:
    segments = _SEGMENT.findall(link)
    return [*segments, *(piece for segment in segments if "." in segment for piece in segment.split("."))]


def _linked(group: Group, named: frozenset[str]) -> float:
    return float(any(_PLAIN.sub("", form.lower()) in named for form in (group.name, *group.aliases)))


def _acts(reading: Reading, mention: Mention) -> bool:
    """Whether a verb seems to follow: "X obtains", "X outperforms"."""
    after = reading.word_at(mention.end - 1) + 1
    if after >= len(reading.words):
        return False
    word = reading.words[after]
    return len(word) > 3 and word.isalpha() and word.islower() and word.endswith("s") and not word.endswith("ss")


def _opens(reading: Reading, mention: Mention) -> bool:
    """Whether a sentence of the abstract begins with the mention."""
    first = reading.word_at(mention.start)
    sentence = reading.sentence_of[first]
    return first >= reading.title_words and (first == 0 or reading.sentence_of[first - 1] != sentence)
