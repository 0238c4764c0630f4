"""The network on a graphics card: the shipped graph made over for onnxruntime's CUDA provider, many windows at a time.

What ships has products of int8 numbers and reads one text, which is fastest on a processor. CUDA has no such products,
and one text does not fill a card. So when a session is made, the weights are widened to floats once, and windows are
padded to the longest of their batch, behind a mask. The function is the network's, without the rounding of what flows
between its layers to int8: probabilities are nearly those of the processor (see docs/how-to/speed.md).

`onnx` and `onnxruntime-gpu` come with the extra ``gpu``.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import EPFail, Fail, RuntimeException

from kg.errors import ModelError
from kg.extract.model.encode import TOKEN_FEATURE_SIZES, Window
from kg.extract.model.network import Read, network_inputs, session_options

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

CUDA = "CUDAExecutionProvider"
HOW = "docs/how-to/speed.md says how to install what it needs; without --device cuda the processor reads"
_SETTINGS = {CUDA: {"use_tf32": "0"}}
"""Whole floats: the card would else cut their fractions to ten bits, for time that the network does not take."""
_TEXTS = 32
_MOST_PIECES = 1 << 14
"""Word pieces of a batch, padding included: the scores of attention then take some 400 MB at most."""
_INDICES = ("start", "end", "before", "after")


@dataclass(frozen=True, slots=True)
class Together:
    """The network on a card, which reads padded batches."""

    session: onnxruntime.InferenceSession
    batch: int = _TEXTS

    def read(self, windows: Sequence[Window]) -> list[Read]:
        """What it says of each window. Raises `ModelError` if the card fails, for want of memory say."""
        read: dict[int, Read] = {}
        for rows in batches([len(window.pieces) for window in windows]):
            part = [windows[row] for row in rows]
            try:
                types, roles = self.session.run(None, batch_inputs(part))
            except (EPFail, Fail, RuntimeException) as error:
                raise ModelError(f"the graphics card failed ({error}); each of --jobs takes memory of it") from error
            ends = np.cumsum([len(window.rows) for window in part])[:-1]
            read.update(zip(rows, zip(np.split(types, ends), np.split(roles, ends), strict=True), strict=True))
        return [read[row] for row in range(len(windows))]


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of `lengths` in batches, longest first, so that little is padded.

    >>> [len(rows) for rows in batches([500] * 40 + [250] * 50)]
    [32, 57, 1]
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    while order:
        fitting = max(1, _MOST_PIECES // lengths[order[0]])
        yield order[:fitting]
        order = order[fitting:]


def batch_inputs(windows: Sequence[Window]) -> dict[str, npt.NDArray[np.integer]]:
    """Arrays by the names of the inputs of the graph made over.

    Pieces are numbered through the padded windows, one after the other.
    """
    width = max(len(window.pieces) for window in windows)
    pieces = np.zeros((len(windows), width), dtype=np.int64)
    features = np.zeros((len(windows), width, len(TOKEN_FEATURE_SIZES)), dtype=np.int64)
    mask = np.zeros((len(windows), width), dtype=np.int32)
    singly = [network_inputs(window) for window in windows]
    for row, window in enumerate(windows):
        length = len(window.pieces)
        pieces[row, :length], features[row, :length], mask[row, :length] = window.pieces, window.piece_features, 1
    spans = {
        name: np.concatenate([inputs[name] + row * width for row, inputs in enumerate(singly)]) for name in _INDICES
    }
    kinds = np.concatenate([window.span_features for window in windows])
    return {"pieces": pieces, "piece_features": features, "mask": mask, **spans, "span_features": kinds}


def open_together(path: Path, provider: str = CUDA) -> Together:
    """The network in the file `path`, made over. Raises `ModelError`, with the way out, if `provider` is not at hand.

    Another provider than CUDA's serves to look at the graph where there is no card.
    """
    try:
        import onnx  # noqa: PLC0415 - of the extra
    except ImportError as error:
        raise ModelError(f"a graphics card needs one more package ({error}); {HOW}") from error
    if provider not in onnxruntime.get_available_providers():
        raise ModelError(f"the onnxruntime that is installed is one without {provider}; {HOW}")
    graph = made_over(onnx.load(path)).SerializeToString()
    with redirect_stdout(io.StringIO()) as said:  # standard output is for records
        if provider == CUDA and hasattr(onnxruntime, "preload_dlls"):
            onnxruntime.preload_dlls()
        session = onnxruntime.InferenceSession(
            graph, session_options(1), providers=[(provider, _SETTINGS.get(provider, {}))]
        )
    session.disable_fallback()
    if provider not in session.get_providers():  # it has fallen back to the processor
        reason = " ".join(said.getvalue().split()) or "is there a card, and its driver?"
        raise ModelError(f"{provider} cannot be used: {reason}; {HOW}")
    return Together(session)


def made_over(model: "ModelProto") -> "ModelProto":
    """The graph of `scripts.train.export` for CUDA: products of floats, any number of padded texts, a mask."""
    from onnx import TensorProto, helper  # noqa: PLC0415 - of the extra

    graph = model.graph
    nodes = [_batched(node) for node in _widened(graph)]
    wanted = {output.name for output in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):  # what only quantised is no longer asked for
        if wanted & set(node.output):
            kept.append(node)
            wanted.update(node.input)
    weights = [weight for weight in graph.initializer if weight.name in wanted]
    texts = [given for given in graph.input if given.name in ("pieces", "piece_features")]
    for given in texts:
        given.type.tensor_type.shape.dim[0].dim_param = "texts"
    mask = helper.make_tensor_value_info("mask", TensorProto.INT32, ["texts", "length"])
    inputs = [*graph.input, mask]
    over = helper.make_graph(kept[::-1], graph.name, inputs, graph.output, weights)
    return helper.make_model(over, opset_imports=model.opset_import, ir_version=model.ir_version)


def _widened(graph: "GraphProto") -> "Iterator[NodeProto]":
    """The nodes with a plain product in the place of each quantised one, whose weights are widened in `graph`.

    A quantised product is four nodes: what comes in is quantised, multiplied, made float, and scaled.
    """
    from onnx import helper, numpy_helper  # noqa: PLC0415 - of the extra

    makers = {output: node for node in graph.node for output in node.output}
    weights = {weight.name: weight for weight in graph.initializer}
    for node in graph.node:
        product = _product_before(node, makers)
        if product is None:
            yield node
            continue
        plain, weight, zero = makers[product.input[0]].input[0], weights[product.input[1]], weights[product.input[3]]
        scale = weights[makers[node.input[1]].input[1]]
        steps = numpy_helper.to_array(weight).astype(np.float32) - numpy_helper.to_array(zero)
        wide = (steps * numpy_helper.to_array(scale)).astype(np.float32)
        weight.CopyFrom(numpy_helper.from_array(wide, weight.name))
        yield helper.make_node("MatMul", [plain, weight.name], node.output)


def _product_before(node: "NodeProto", makers: "dict[str, NodeProto]") -> "NodeProto | None":
    """The quantised product that `node` scales, if it does."""
    made_float = makers.get(node.input[0]) if node.op_type == "Mul" else None
    product = makers.get(made_float.input[0]) if made_float is not None and made_float.op_type == "Cast" else None
    return product if product is not None and product.op_type == "MatMulInteger" else None


def _batched(node: "NodeProto") -> "NodeProto":
    """The node for several texts: attention looks at the mask, and the pieces of all texts become one list."""
    from onnx import helper  # noqa: PLC0415 - of the extra

    if node.op_type == "MultiHeadAttention":
        node.input.extend(["", "mask"])
    if node.op_type == "Squeeze":
        return helper.make_node("Flatten", node.input[:1], node.output, axis=2)
    return node
