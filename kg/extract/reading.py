"""A paper cut into words and sentences, as all extractors see it.

Words are ours and not spaCy's tokens: names such as ``GPT-4o``, ``ScanNet++`` and ``pass@k`` stay whole, and the words
of the lexicon are cut by the same rule as the text.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from kg.data import Mention, Paper
from kg.extract.sentences import Span, split_sentences

READ_LIMIT = 50_000
"""Code points of a text that are read. No abstract is as long; what follows is reported, not searched."""

_WORD = re.compile(
    r"https?://\S{1,2000}"
    r"|\\?[^\W_](?:[^\s,;:!?()\[\]{}<>\"“”„«»/|…—–=.-]|-(?!-)|\.(?![A-Z][a-z]+[\s,])|[,:](?=\d)(?<=\d[,:]))*"
    r"|\S"
)
_TRAILING = ".'’`*\\-$^"
_FOLD = str.maketrans({"’": "'", "‐": "-", "‑": "-", "‒": "-", "−": "-"})


@dataclass(frozen=True, eq=False)
class Reading:
    """One paper, its words (parallel lists) and its sentences. ``words`` holds punctuation marks too.

    ``lower`` is case-folded; ``sentence_of`` numbers the sentence of each word.
    """

    paper: Paper
    text: str
    sentences: tuple[Span, ...]
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    title_words: int

    def mention(self, first: int, last: int, type_name: str, role: str, score: float, extractor: str) -> Mention:
        """Mention of the words ``first`` to ``last`` (inclusive)."""
        start, end = self.starts[first], self.ends[last]
        return Mention(start, end, self.text[start:end], type_name, role, score, (extractor,))

    def word_at(self, position: int) -> int:
        """Index of the last word that starts at or before a position of the text."""
        return max(0, bisect_right(self.starts, position) - 1)

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds a position of the text."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def quote(self, position: int) -> str:
        """The sentence that holds a position of the text."""
        start, end = self.sentences[self.sentence_at(position)]
        return self.text[start:end]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]


def read(paper: Paper) -> Reading:
    """Cut a paper into words and sentences. Lone surrogates, which no library takes, are read as U+FFFD."""
    text = paper.text[:READ_LIMIT]
    if not text.isascii():
        text = re.sub("[\ud800-\udfff]", "�", text)
    sentences = split_sentences(text, len(paper.title))
    words, starts, ends = _cut(text)
    sentence_of = _sentence_numbers(starts, sentences)
    lower = [word.casefold().translate(_FOLD) if not word.isascii() else word.lower() for word in words]
    title_words = bisect_right(starts, len(paper.title) - 1) if paper.title else 0
    return Reading(paper, text, sentences, words, lower, starts, ends, sentence_of, title_words)


def cut_words(name: str) -> list[str]:
    """The words of a name that stands alone, cut as those of a text."""
    return _cut(name)[0]


def _cut(text: str) -> tuple[list[str], list[int], list[int]]:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start > 1:
            while end - start > 1 and text[end - 1] in _TRAILING:
                end -= 1
        if end - start > 3 and text[end - 2] in "'’" and text[end - 1] == "s":
            words.append(text[start : end - 2])
            starts.append(start)
            ends.append(end - 2)
            start = end - 2
        words.append(text[start:end])
        starts.append(start)
        ends.append(end)
    return words, starts, ends


def _sentence_numbers(starts: list[int], sentences: tuple[Span, ...]) -> list[int]:
    numbers = []
    current, last = 0, len(sentences) - 1
    for start in starts:
        while current < last and start >= sentences[current + 1][0]:
            current += 1
        numbers.append(current)
    return numbers
