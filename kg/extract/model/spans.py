"""Candidate spans of a text, and what is known of each without the network."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
import numpy.typing as npt

from kg.extract.model.acronyms import find_acronyms
from kg.extract.model.phrases import Phrases
from kg.extract.model.words import Words

MOST_WORDS = 14
FEATURE_SIZES = (MOST_WORDS + 1, 8, 8, 3, 5, 3, 16)
"""Values of each span feature: words, keyword count and share, acronym part, occurrences, title, shape."""

_FUNCTION_WORDS = frozenset(
    "a an the this that these those our their its it we they is are was were be been being of in on at by for from "
    "with to as and or but nor than then via using between among across into over under while when where which who "
    "whose how can could may might will would should has have had do does did not no such both either each all any "
    "some many more most several various other existing".split()
)
_BAD_FIRST = _FUNCTION_WORDS | frozenset("another current recent novel new proposed e i s".split())
_BAD_LAST = _FUNCTION_WORDS - {"other"}
_LAST_PUNCTUATION = frozenset(")]+*!%★†$")
_BREAKS = frozenset(".;!?")
_COUNT_STEPS = (2, 3, 4, 6)


@dataclass(frozen=True, slots=True)
class Spans:
    """Candidates as inclusive word indices, with one row of features each and the key of the phrase."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    features: npt.NDArray[np.int64]
    keys: tuple[str, ...]


def candidate_spans(words: Words, phrases: Phrases, own: frozenset[str] = frozenset()) -> Spans:
    """All spans of up to `MOST_WORDS` words that could be a name, in reading order, shorter ones first.

    A span stays within the title or within the abstract, crosses no end of a sentence, holds a bracket with its
    partner or not at all, and neither begins nor ends
    with a function word or with punctuation that no name ends with.
    """
    pairs = [(first, last) for first in _firsts(words) for last in _lasts(words, first)]
    keys = tuple(words.key(first, last) for first, last in pairs)
    return Spans(
        first=np.array([first for first, _ in pairs], dtype=np.int64),
        last=np.array([last for _, last in pairs], dtype=np.int64),
        features=_features(words, pairs, keys, phrases, own),
        keys=keys,
    )


def _firsts(words: Words) -> list[int]:
    return [
        index
        for index, lower in enumerate(words.lower)
        if (lower and (lower not in _BAD_FIRST or words.surface[index][0].isupper() or _is_hyphened(words, index)))
        or (words.surface[index] in "$τπ∞" and index + 1 < len(words))
    ]


def _lasts(words: Words, first: int) -> list[int]:
    lasts: list[int] = []
    depth = 0
    for last in range(first, min(first + MOST_WORDS, len(words))):
        if (first < words.title_words) != (last < words.title_words):
            break
        word = words.surface[last]
        depth += (word in "([{") - (word in ")]}")
        if depth < 0:
            break
        if word in _BREAKS and _is_break(words, last):
            if word in "!+":
                lasts.append(last)
            break
        lower = words.lower[last]
        if depth:
            continue
        if (lower and (lower not in _BAD_LAST or words.surface[last].isupper())) or word in _LAST_PUNCTUATION:
            lasts.append(last)
    return lasts


def _is_hyphened(words: Words, index: int) -> bool:
    """The first part of "in-context": a function word by itself, but not here."""
    return index + 1 < len(words) and words.surface[index + 1] == "-" and words.starts[index + 1] == words.ends[index]


def _is_break(words: Words, index: int) -> bool:
    return index + 1 >= len(words) or words.starts[index + 1] > words.ends[index]


def _features(
    words: Words, pairs: list[tuple[int, int]], keys: tuple[str, ...], phrases: Phrases, own: frozenset[str]
) -> npt.NDArray[np.int64]:
    counts = Counter(keys)
    in_title = {key for (_, last), key in zip(pairs, keys, strict=True) if last < words.title_words}
    short, long = _acronym_parts(words)
    shapes = _word_shapes(words)
    rows = []
    for (first, last), key in zip(pairs, keys, strict=True):
        keyword, share = phrases.buckets(key, own)
        part = 1 if (first, last) in long else 2 if (first, last) in short else 0
        seen = bisect_right(_COUNT_STEPS, counts[key])
        zone = 2 if last < words.title_words else int(key in in_title)
        rows.append((last - first, keyword, share, part, seen, zone, reduce(or_, shapes[first : last + 1])))
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(FEATURE_SIZES))


def _acronym_parts(words: Words) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    pairs = find_acronyms(words)
    return {short for short, _ in pairs}, {long for _, long in pairs}


def _word_shapes(words: Words) -> list[int]:
    """Four bits a word: an upper-case letter at its start, one inside it, a digit, a hyphen."""
    return [
        word[0].isupper()
        | (word[1:] != word[1:].lower()) << 1
        | any(character.isdigit() for character in word) << 2
        | (word == "-") << 3
        for word in words.surface
    ]
