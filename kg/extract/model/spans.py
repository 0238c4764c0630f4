"""Candidate spans of a text, and what is known of each without the network."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

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
_PLAIN, _END, _OPEN, _CLOSE, _BREAK, _LAST_BREAK = range(6)
_BRACKETS = {**dict.fromkeys("([{", _OPEN), **dict.fromkeys(")]}", _CLOSE)}
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
    marks = [_mark(words, index) for index in range(len(words))]
    spaced = [f"{word} " if word else "" for word in words.lower]
    for first in _firsts(words):
        begun, done = "", first
        for last in _lasts(words, marks, first):
            while done < last:
                begun += spaced[done]
                done += 1
            pairs.append((first, last))
            keys.append(begun + words.singular[last] if words.singular[last] else begun.rstrip())
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


def _lasts(words: Words, marks: list[int], first: int) -> list[int]:
    lasts: list[int] = []
    depth = 0
    stop = words.title_words if first < words.title_words else len(words)
    for last in range(first, min(first + _LONGEST, stop)):
        mark = marks[last]
        if mark == _END:
            if not depth:
                lasts.append(last)
        elif mark == _OPEN:
            depth += 1
        elif mark == _CLOSE:
            depth -= 1
            if depth < 0:
                break
            if not depth and words.surface[last] in _LAST_PUNCTUATION:
                lasts.append(last)
        elif mark >= _BREAK:
            if mark == _LAST_BREAK:
                lasts.append(last)
            break
    return lasts


def _mark(words: Words, index: int) -> int:
    """What a word is to spans that reach it: nothing, a possible end, a bracket, or a break, maybe an end as well."""
    word, lower = words.surface[index], words.lower[index]
    if lower:
        return _END if lower not in _BAD_LAST or word.isupper() else _PLAIN
    if word in _BRACKETS:
        return _BRACKETS[word]
    if word in _BREAKS and _is_break(words, index):
        return _LAST_BREAK if word == "!" else _BREAK
    return _END if word in _LAST_PUNCTUATION else _PLAIN


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
    counts = Counter(keys)
    number = {key: index for index, key in enumerate(counts)}
    of_key = np.zeros((len(counts), 4), dtype=np.int64)
    for key in counts.keys() & phrases.counts.keys():
        of_key[number[key], :2] = phrases.buckets(key, own)
    of_key[:, 2] = np.searchsorted(_COUNT_STEPS, list(counts.values()), side="right")
    which = np.array([number[key] for key in keys])
    in_title = last < words.title_words
    of_key[which[in_title], 3] = 1
    features[:, 0] = last - first
    features[:, (1, 2, 4, 5)] = of_key[which]
    features[:, 3] = _acronym_parts(words, pairs)
    features[in_title, 5] = 2
    features[:, 6] = _span_shapes(words, first, last)
    return features


def _acronym_parts(words: Words, pairs: list[tuple[int, int]]) -> list[int] | int:
    """For each span: 1 for the long form of an acronym, 2 for the short form, else 0."""
    found = find_acronyms(words)
    if not found:
        return 0
    parts = {short: 2 for short, _ in found} | {long: 1 for _, long in found}
    return [parts.get(pair, 0) for pair in pairs]


def _span_shapes(words: Words, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Four bits a span, set by any of its words: a capital at the start, one inside, a digit, a hyphen."""
    flags = [_flags(word) for word in words.surface]
    before = np.concatenate((np.zeros((1, 4), dtype=np.int64), np.cumsum(flags, axis=0)))
    return np.asarray((before[last + 1] > before[first]) @ np.array([1, 2, 4, 8]))


@lru_cache(maxsize=1 << 15)
def _flags(word: str) -> tuple[bool, bool, bool, bool]:
    return word[0].isupper(), word[1:] != word[1:].lower(), any(map(str.isdigit, word)), word == "-"
