"""From papers to training examples: words, candidates, windows, targets."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.extract.model.encode import Window, encode
from kg.extract.model.phrases import Phrases
from kg.extract.model.pieces import WordPieces
from kg.extract.model.spans import Spans, candidate_spans
from kg.extract.model.words import Words, split_words
from scripts.train.batches import Example
from scripts.train.corpus import RawPaper, keyword_keys
from scripts.train.gold import GoldPaper, label_spans


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper ready for the network."""

    words: Words
    spans: Spans
    windows: list[Window]


def prepare(
    title: str, abstract: str, phrases: Phrases, tokenizer: WordPieces, own: frozenset[str] = frozenset()
) -> Prepared:
    words = split_words(title, abstract)
    spans = candidate_spans(words, phrases, own)
    return Prepared(words, spans, encode(words, spans, tokenizer))


def gold_examples(paper: GoldPaper, prepared: Prepared) -> Iterator[Example]:
    types, roles = label_spans(paper, prepared.words, prepared.spans)
    for window in prepared.windows:
        rows = window.rows
        yield Example(window, types[rows], roles[rows], np.zeros(len(rows), dtype=np.int64))


def keyword_examples(paper: RawPaper, phrases: Phrases, tokenizer: WordPieces) -> Iterator[Example]:
    """Targets are the paper's own keywords, longest first, without overlap."""
    own = keyword_keys(paper)
    prepared = prepare(paper.title, paper.abstract, phrases, tokenizer, own)
    spans = prepared.spans
    marked = np.zeros(len(spans.keys), dtype=np.int64)
    taken = np.zeros(len(prepared.words), dtype=bool)
    hits = [row for row, key in enumerate(spans.keys) if key in own]
    for row in sorted(hits, key=lambda row: (spans.first[row] - spans.last[row], spans.first[row])):
        covered = slice(spans.first[row], spans.last[row] + 1)
        if not taken[covered].any():
            taken[covered] = True
            marked[row] = 1
    for window in prepared.windows:
        none = np.zeros(len(window.rows), dtype=np.int64)
        yield Example(window, none, none - 1, marked[window.rows])
