"""The network in onnxruntime: windows of texts in, probabilities of their spans out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from kg.errors import ModelError
from kg.extract.model.encode import Window

Floats = npt.NDArray[np.float32]
Read = tuple[Floats, Floats]
"""Probabilities of the types and of the roles of a window's spans, a row a span."""

DEVICES = ("cpu", "cuda")
_SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""The fused addition and normalisation takes twice the time of the two apart (onnxruntime 1.20 to 1.27, x86)."""


class Network(Protocol):
    """What reads windows."""

    @property
    def batch(self) -> int:
        """How many texts are best read at a time."""

    def read(self, windows: Sequence[Window]) -> list[Read]:
        """What it says of each window; none may be without spans."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """The network on the processor. A window is read alone, so that no other can change a bit of what is said of it."""

    session: onnxruntime.InferenceSession
    batch: int = 1

    def read(self, windows: Sequence[Window]) -> list[Read]:
        """What it says of each window."""
        return [tuple(self.session.run(None, network_inputs(window))) for window in windows]


def open_network(path: Path, device: str, threads: int) -> Network:
    """The network in the file `path`, on one of `DEVICES`. Raises `ModelError` if the device cannot be used."""
    if device not in DEVICES:
        raise ModelError(f"no device named {device}; there are: {', '.join(DEVICES)}")
    if device == "cuda":
        from kg.extract.model.device import open_together  # noqa: PLC0415 - what it imports is there only if asked for

        return open_together(path)
    return OneByOne(
        onnxruntime.InferenceSession(
            str(path),
            session_options(threads),
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_SLOW_FUSIONS,
        )
    )


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """So many threads, and errors are all that is said."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def network_inputs(window: Window) -> dict[str, npt.NDArray[np.int64]]:
    """Arrays by the names of the graph's inputs. ``start`` to ``after`` are word pieces of each span and beside it."""
    start = window.word_first[window.span_first]
    end = window.word_last[window.span_last]
    return {
        "pieces": window.pieces[None],
        "piece_features": window.piece_features[None],
        "start": start,
        "end": end,
        "before": start - 1,
        "after": end + 1,
        "span_features": window.span_features,
    }
