"""Noun phrases after a cue, and the labels that they hold.

No tagger is needed: a noun phrase ends at the next function word or mark, and its label is what is left without plain
adjectives before it and a generic head after it ("a novel adaptive fusion scheme" → "adaptive fusion").
"""

import re

from kg.extract.reading import Reading
from kg.extract.wordlists import word_list
from kg.normalize import singular

_LOWER_TAIL = re.compile(r"(?<!\w)[^\WA-Z]*+[A-Z]\w*+-[a-z]++$")
_LONGEST = 8
_MOST_LABEL_WORDS = 5


def noun_phrases(reading: Reading) -> list[tuple[int, int]]:
    """Word spans (first, last) between function words and marks, plain adjectives in front left out."""
    stops, plain = word_list("stop_words"), word_list("plain_adjectives")
    spans: list[tuple[int, int]] = []
    first = -1
    lower, sentence_of = reading.lower, reading.sentence_of
    for index, word in enumerate(lower):
        ends = word in stops or not (word[0].isalnum() or word[0] == "\\") or word.endswith("ly")
        if first >= 0 and (ends or sentence_of[index] != sentence_of[first]):
            spans.append((first, index - 1))
            first = -1
        if first < 0 and not ends and word not in plain:
            first = index
    if first >= 0:
        spans.append((first, len(lower) - 1))
    return spans


def label(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """The part of a noun phrase that names: capitalised words where it begins so, else all but the generic head."""
    if last - first >= _LONGEST:
        last = first + _LONGEST - 1
    capitals = _capitals(reading, first, last)
    if capitals >= first:
        return first, capitals
    heads = word_list("generic_heads")
    had_head = False
    while last >= first and singular(reading.lower[last]) in heads:
        last -= 1
        had_head = True
    count = last - first + 1
    if count > _MOST_LABEL_WORDS or count < 1 or (count == 1 and not (had_head and "-" in reading.lower[first])):
        return None
    return first, last


def _capitals(reading: Reading, first: int, last: int) -> int:
    end = first - 1
    for index in range(first, last + 1):
        word = reading.words[index]
        if not (word[0].isupper() or word[0].isdigit()) or _LOWER_TAIL.search(word):
            break
        end = index
    return end if end > first or (end == first and reading.words[first][0].isupper()) else first - 1
