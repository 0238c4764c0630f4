"""Windows of many papers as padded batches of similar length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kg.extract.model.encode import Window
from scripts.train.network import Batch

_MASK_PIECE = 103
_POOL = 16


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its targets: type and role index a span, and whether it is a keyword (-1: not known)."""

    window: Window
    types: np.ndarray
    roles: np.ndarray
    keywords: np.ndarray


@dataclass(frozen=True, slots=True)
class Targets:
    types: torch.Tensor
    roles: torch.Tensor
    keywords: torch.Tensor


def batches(
    examples: Sequence[Example], size: int, rng: random.Random | None = None
) -> Iterator[tuple[Batch, Targets]]:
    """Batches of ``size`` windows; shuffled with ``rng``, and in pools of 16 batches sorted by length."""
    order = list(range(len(examples)))
    if rng:
        rng.shuffle(order)
    grouped = []
    for start in range(0, len(order), size * _POOL):
        pool = sorted(order[start : start + size * _POOL], key=lambda i: len(examples[i].window.pieces))
        grouped += [pool[i : i + size] for i in range(0, len(pool), size)]
    if rng:
        rng.shuffle(grouped)
    for group in grouped:
        chosen = [examples[i] for i in group]
        yield collate([example.window for example in chosen]), _targets(chosen)


def collate(windows: Sequence[Window]) -> Batch:
    """One batch; piece indices become indices into the flattened (B, T) grid."""
    width = max(len(window.pieces) for window in windows)
    pieces = np.zeros((len(windows), width), dtype=np.int64)
    features = np.zeros((len(windows), width, windows[0].piece_features.shape[1]), dtype=np.int64)
    edges = []
    for row, window in enumerate(windows):
        count = len(window.pieces)
        pieces[row, :count] = window.pieces
        features[row, :count] = window.piece_features
        edges.append(span_edges(window) + row * width)
    start, end, before, after = (torch.from_numpy(part) for part in np.concatenate(edges, axis=1))
    return Batch(
        pieces=torch.from_numpy(pieces),
        mask=torch.from_numpy((pieces != 0).astype(np.int64)),
        piece_features=torch.from_numpy(features),
        start=start,
        end=end,
        before=before,
        after=after,
        span_features=torch.from_numpy(np.concatenate([window.span_features for window in windows])),
    )


def span_edges(window: Window) -> np.ndarray:
    """Piece indices (4, N): first piece of the span, last, the piece before, the piece after."""
    start = window.word_first[window.span_first]
    end = window.word_last[window.span_last]
    return np.stack([start, end, start - 1, end + 1])


def mask_words(batch: Batch, share: float, generator: torch.Generator) -> None:
    """Hide a share of the word pieces in place, so that no single word is relied upon."""
    hidden = (torch.rand(batch.pieces.shape, generator=generator) < share) & (batch.pieces > 103)
    batch.pieces[hidden] = _MASK_PIECE


def _targets(chosen: Sequence[Example]) -> Targets:
    return Targets(
        types=torch.from_numpy(np.concatenate([example.types for example in chosen])),
        roles=torch.from_numpy(np.concatenate([example.roles for example in chosen])),
        keywords=torch.from_numpy(np.concatenate([example.keywords for example in chosen])),
    )
