"""Words and spans as the arrays that the network reads, long texts in windows."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg.extract.model.pieces import WordPieces
from kg.extract.model.spans import Spans
from kg.extract.model.words import SHAPES, Words

Ints = npt.NDArray[np.int64]

MOST_PIECES = 510
OVERLAP_WORDS = 80
TOKEN_FEATURE_SIZES = (len(SHAPES) + 1, 4)
"""Number of values of each word piece feature: shape (0: none), zone (0: none, title, abstract, in parentheses)."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words as network input. All indices count from the window's own first word or piece.

    ``rows`` are the indices of its spans in the candidates of the text.
    """

    pieces: Ints
    piece_features: Ints
    word_first: Ints
    word_last: Ints
    span_first: Ints
    span_last: Ints
    span_features: Ints
    rows: Ints


def encode(words: Words, spans: Spans, tokenizer: WordPieces) -> list[Window]:
    """The windows of a text; one window unless it has more than `MOST_PIECES` word pieces."""
    parts = [_word_pieces(tokenizer, word) for word in words.surface]
    pieces = np.array([piece for part in parts for piece in part], dtype=np.int64)
    sizes = np.array([len(part) for part in parts], dtype=np.int64)
    owner = np.repeat(np.arange(len(words)), sizes)
    word_last = np.cumsum(sizes) - 1
    word_first = word_last - sizes + 1
    features = _word_features(words)
    windows = []
    for start, stop in _windows(word_first, len(pieces)):
        a, b = int(word_first[start]), int(word_last[stop - 1]) + 1
        rows = np.flatnonzero((spans.first >= start) & (spans.last < stop))
        first = np.minimum(word_first[start:stop] - a, b - a - 1) + 1
        windows.append(
            Window(
                pieces=np.concatenate(([101], pieces[a:b], [102])),
                piece_features=np.concatenate((_NONE, features[owner[a:b]], _NONE)),
                word_first=first,
                word_last=np.maximum(word_last[start:stop] - a + 1, first),
                span_first=spans.first[rows] - start,
                span_last=spans.last[rows] - start,
                span_features=spans.features[rows],
                rows=rows,
            )
        )
    return windows


@lru_cache(maxsize=1 << 15)
def _word_pieces(tokenizer: WordPieces, word: str) -> tuple[int, ...]:
    """Pieces of a word, which never depend on the words beside it; most words of a text were met before."""
    return tokenizer.ids(word)


_NONE = np.zeros((1, len(TOKEN_FEATURE_SIZES)), dtype=np.int64)


def _windows(word_first: Ints, pieces: int) -> list[tuple[int, int]]:
    """Word intervals of at most `MOST_PIECES` pieces that overlap by `OVERLAP_WORDS` words."""
    count = len(word_first)
    ends = np.append(word_first[1:], pieces)
    windows, start = [], 0
    while True:
        stop = int(np.searchsorted(ends, word_first[start] + MOST_PIECES, side="right"))
        stop = min(max(stop, start + 1), count)
        windows.append((start, stop))
        if stop >= count:
            return windows
        start = max(stop - OVERLAP_WORDS, start + 1)


def _word_features(words: Words) -> Ints:
    zones = []
    depth = 0
    for index, word in enumerate(words.surface):
        depth = 0 if index == words.title_words else depth
        depth += word in "([" if len(word) == 1 else 0
        zones.append(3 if depth else 1 if index < words.title_words else 2)
        depth = max(0, depth - 1) if len(word) == 1 and word in ")]" else depth
    return np.stack([np.array(words.shapes, dtype=np.int64) + 1, np.array(zones, dtype=np.int64)], axis=1)
