"""Candidate spans of a text, and what is known of each without the network."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extract.model.acronyms import find_acronyms
from kg.extract.model.phrases import Phrases
from kg.extract.model.words import Words

MOST_WORDS = 14
_LONGEST = 8
"""Words of a candidate: of the annotated things 99.7 % have a form of no more, and a third fewer are to be scored than
with the `MOST_WORDS` that the network can tell apart."""
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
    """All spans of up to `_LONGEST` words that could be a name, in reading order, shorter ones first.

    A span stays within the title or within the abstract, crosses no end of a sentence, holds a bracket with its
    partner or not at all, and neither begins nor ends
    with a function word or with punctuation that no name ends with.
    """
    pairs: list[tuple[int, int]] = []
    keys: list[str] = []
    for first in _firsts(words):
        begun, done = "", first
        for last in _lasts(words, first):
            begun += "".join(f"{word} " for word in words.lower[done:last] if word)
            done = last
            pairs.append((first, last))
            keys.append((begun + words.singular[last]).rstrip())
    return Spans(
        first=np.array([first for first, _ in pairs], dtype=np.int64),
        last=np.array([last for _, last in pairs], dtype=np.int64),
        features=_features(words, pairs, keys, phrases, own),
        keys=tuple(keys),
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
    for last in range(first, min(first + _LONGEST, len(words))):
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
    words: Words, pairs: list[tuple[int, int]], keys: list[str], phrases: Phrases, own: frozenset[str]
) -> npt.NDArray[np.int64]:
    features = np.zeros((len(pairs), len(FEATURE_SIZES)), dtype=np.int64)
    if not pairs:
        return features
    first, last = np.array(pairs, dtype=np.int64).T
    buckets = {key: phrases.buckets(key, own) for key in dict.fromkeys(keys)}
    counts = {key: bisect_right(_COUNT_STEPS, count) for key, count in Counter(keys).items()}
    in_title = {key for (_, last), key in zip(pairs, keys, strict=True) if last < words.title_words}
    short, long = _acronym_parts(words)
    features[:, 0] = last - first
    features[:, 1:3] = [buckets[key] for key in keys]
    features[:, 3] = [1 if pair in long else 2 if pair in short else 0 for pair in pairs]
    features[:, 4] = [counts[key] for key in keys]
    features[:, 5] = np.where(last < words.title_words, 2, [key in in_title for key in keys])
    features[:, 6] = _span_shapes(words, first, last)
    return features


def _acronym_parts(words: Words) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    pairs = find_acronyms(words)
    return {short for short, _ in pairs}, {long for _, long in pairs}


def _span_shapes(words: Words, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Four bits a span, set by any of its words: a capital at the start, one inside, a digit, a hyphen."""
    flags = [
        (
            word[0].isupper(),
            word[1:] != word[1:].lower(),
            any(map(str.isdigit, word)),
            word == "-",
        )
        for word in words.surface
    ]
    before = np.concatenate((np.zeros((1, 4), dtype=np.int64), np.cumsum(flags, axis=0)))
    return np.asarray((before[last + 1] > before[first]) @ np.array([1, 2, 4, 8]))
